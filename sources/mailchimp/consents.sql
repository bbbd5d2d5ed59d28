-- What Mailchimp states about e-mailing and texting a member; a bulk import is no proof of consent.
-- grain: one row per audience member and statement.
with members as (
    select
        *,
        -- an address is personal and an identifier is shown: without EUID its digest stands for it
        coalesce(euid, md5(lower(email))) as record_id,
        -- an opt-in from the loopback address was written by an import
        coalesce(optin_ip, '') = '127.0.0.1' as is_imported
    from raw_mailchimp.audience
),

stated as (
    -- who left is still known to have come
    select
        *,
        'email' as channel,
        case when is_imported then 'unknown' else 'granted' end as value,
        coalesce(confirm_time, optin_time) as stated_at,
        case when is_imported then 'bulk import' else 'sign-up form' end as evidence
    from members
    where status = 'subscribed' or (status = 'unsubscribed' and coalesce(confirm_time, optin_time) is not null)
    union all
    select
        *,
        'email' as channel,
        case when status = 'unsubscribed' then 'withdrawn' else 'unknown' end as value,
        case when status = 'unsubscribed' then unsub_time when status = 'cleaned' then clean_time end as stated_at,
        case
            when status = 'unsubscribed' then 'unsubscribed'
            when status = 'cleaned' then 'hard bounce'
            when status = 'nonsubscribed' then 'never subscribed'
        end as evidence
    from members
    where status is distinct from 'subscribed'
    union all
    select
        *,
        'sms' as channel,
        case
            when lower(sms_status) like 'unsub%' or lower(sms_status) like 'désab%' then 'withdrawn'
            when lower(sms_status) in ('subscribed', 'abonné') then 'granted'
            else 'unknown'
        end as value,
        cast(null as timestamp) as stated_at,
        lower(sms_status) as evidence
    from members
    where sms_status is not null
)

select
    'mailchimp' as tool,
    'contact' as record_type,
    record_id,
    channel,
    value,
    stated_at,
    evidence,
    _file_id,
    _row_number
from stated
