-- What Salesforce states about a contact or lead: who opted out or wants no calls, and whose address bounced.
-- grain: one row per Salesforce contact or lead and statement.
with people as (
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
    where not coalesce(is_deleted, false)
),

stated as (
    select
        *,
        'email' as channel,
        'withdrawn' as value,
        -- when somebody opted out is not stated
        cast(null as timestamp) as stated_at,
        'opted out' as evidence
    from people
    -- a box left empty is no consent
    where has_opted_out_of_email
    union all
    select
        *,
        'email' as channel,
        -- an address that bounces says nothing about its owner's will
        'unknown' as value,
        email_bounced_at as stated_at,
        'hard bounce' as evidence
    from people
    where is_email_bounced or email_bounced_at is not null or email_bounced_reason is not null
    union all
    select
        *,
        'phone' as channel,
        'withdrawn' as value,
        cast(null as timestamp) as stated_at,
        'do not call' as evidence
    from people
    where do_not_call
)

select
    'salesforce' as tool,
    person_type as record_type,
    person_id as record_id,
    channel,
    value,
    stated_at,
    evidence,
    _file_id,
    _row_number
from stated
