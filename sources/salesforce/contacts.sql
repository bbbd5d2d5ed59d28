-- People as Salesforce knows them; a converted lead names the contact it became.
-- grain: one row per Salesforce contact or lead.
with keyed as (
    select
        *,
        -- 18 characters are the 15 that tell records apart, by case, and a checksum
        coalesce(
            left(record_id, 15),
            md5(lower(email)),
            md5(coalesce(phone, mobile_phone) || '/' || lower(coalesce(full_name, last_name))),
            md5(concat_ws('/', _file_id, _row_number))
        ) as person_id,
        case left(record_id, 3) when '00Q' then 'lead' when '003' then 'contact' else record_type end as person_type
    from raw_salesforce.people
),

-- exports state one record in both lengths, and joined reports more than once
newest as (
    select
        *,
        left(coalesce(company_record_id, converted_company_id), 15) as company_id
    from keyed
    qualify
        row_number() over (
            partition by person_type, person_id
            order by
                coalesce(updated_at, created_at) desc nulls last,
                length(record_id) desc nulls last,
                _file_id asc,
                _row_number asc
        ) = 1
),

accounts as (
    select
        left(record_id, 15) as company_id,
        arg_max(name, coalesce(updated_at, created_at, timestamp '1970-01-01')) as name
    from raw_salesforce.accounts
    group by left(record_id, 15)
)

select
    'salesforce' as tool,
    newest.person_type as record_type,
    newest.person_id as record_id,
    newest.email,
    coalesce(newest.phone, newest.mobile_phone) as phone,
    newest.first_name,
    newest.last_name,
    coalesce(newest.full_name, nullif(concat_ws(' ', newest.first_name, newest.last_name), '')) as full_name,
    coalesce(newest.company, accounts.name) as company,
    newest.company_id as company_record_id,
    newest.job_title,
    newest.street,
    newest.address_line_2,
    newest.city,
    newest.postcode,
    newest.region,
    newest.country,
    newest.birth_date,
    newest.gender,
    'contact/' || left(newest.converted_contact_id, 15) as successor_id,
    newest.lead_status as lifecycle_stage,
    newest.source,
    coalesce(newest.owner, newest.owner_id) as owner,
    newest.created_at,
    newest.updated_at,
    newest._file_id,
    newest._row_number
from newest
left join accounts on newest.company_id = accounts.company_id
-- a deleted record replaces the one that older exports still hold, and is then left out
where not coalesce(newest.is_deleted, false)
