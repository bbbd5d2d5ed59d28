-- What Salesforce states about e-mailing a contact or lead: who opted out, and whose address bounced.
-- grain: one row per Salesforce contact or lead with a statement.
with keyed as (
    select
        *,
        -- as in the contacts
        coalesce(
            left(record_id, 15),
            md5(lower(email)),
            md5(coalesce(phone, mobile_phone) || '/' || lower(coalesce(full_name, last_name))),
            md5(concat_ws('/', _file_id, _row_number))
        ) as person_id,
        case left(record_id, 3) when '00Q' then 'lead' when '003' then 'contact' else record_type end as person_type
    from raw_salesforce.people
),

newest as (
    select *
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
)

select
    'salesforce' as tool,
    person_type as record_type,
    person_id as record_id,
    'email' as channel,
    -- an address that bounces says nothing about its owner's will, and a box left empty is no consent
    case when has_opted_out_of_email then 'withdrawn' else 'unknown' end as value,
    -- when somebody opted out is not stated
    case when not coalesce(has_opted_out_of_email, false) then email_bounced_at end as stated_at,
    case when has_opted_out_of_email then 'opted out' else 'hard bounce' end as evidence,
    _file_id,
    _row_number
from newest
where
    not coalesce(is_deleted, false)
    and (
        has_opted_out_of_email
        or is_email_bounced
        or email_bounced_at is not null
        or email_bounced_reason is not null
    )
