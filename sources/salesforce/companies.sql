-- Companies as Salesforce knows them: its accounts, also those that were merged into another.
-- grain: one row per Salesforce account.
with keyed as (
    select
        *,
        -- exports state one account with 15 or, a checksum added, 18 characters
        coalesce(left(record_id, 15), md5(lower(name)), md5(concat_ws('/', _file_id, _row_number))) as company_id
    from raw_salesforce.accounts
),

newest as (
    select *
    from keyed
    qualify
        row_number() over (
            partition by company_id
            order by
                coalesce(updated_at, created_at) desc nulls last,
                length(record_id) desc nulls last,
                _file_id asc,
                _row_number asc
        ) = 1
)

select
    'salesforce' as tool,
    company_id as record_id,
    name,
    website as domain,
    registration_number,
    phone,
    industry,
    street,
    postcode,
    city,
    country,
    left(master_record_id, 15) as successor_id,
    coalesce(owner, owner_id) as owner,
    created_at,
    updated_at,
    _file_id,
    _row_number
from newest
where not coalesce(is_deleted, false) or master_record_id is not null
