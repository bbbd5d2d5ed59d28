-- What Brevo states about e-mailing and texting a contact; being on no blocklist is no consent.
-- grain: one row per Brevo contact and statement.
with contacts as (
    select
        *,
        -- as in contacts
        coalesce(record_id, md5(lower(email)), md5(sms)) as contact_id
    from raw_brevo.contacts
    where coalesce(record_id, email, sms) is not null
),

stated as (
    select
        *,
        'email' as channel,
        'withdrawn' as value,
        'blocklisted' as evidence
    from contacts
    where blocklisted
    union all
    select
        *,
        'email' as channel,
        case when 'yes' in (double_opt_in, opt_in) then 'granted' else 'unknown' end as value,
        case
            when double_opt_in = 'yes' then 'double opt-in'
            when opt_in = 'yes' then 'opt-in'
            else 'no opt-in'
        end as evidence
    from contacts
    where double_opt_in is not null or opt_in is not null
    union all
    select
        *,
        'sms' as channel,
        'withdrawn' as value,
        'blocklisted' as evidence
    from contacts
    where sms_blocklisted
)

select
    'brevo' as tool,
    'contact' as record_type,
    contact_id as record_id,
    channel,
    value,
    -- the export dates the contact, not the statement
    cast(null as timestamp) as stated_at,
    evidence,
    _file_id,
    _row_number
from stated
