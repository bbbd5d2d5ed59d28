-- What Klaviyo states about e-mailing a profile; a suppression outweighs a subscription.
-- grain: one row per Klaviyo profile with a statement.
with told as (
    select
        -- as in the feed of contacts
        coalesce(record_id, md5(lower(email))) as record_id,
        consent,
        consent_at,
        upper(suppressions) as reasons,
        created_at,
        _file_id,
        _row_number
    from raw_klaviyo.profiles
    where email is not null and (consent is not null or suppressions is not null)
),

stated as (
    select
        *,
        case
            when reasons like '%SPAM%' then 'spam complaint'
            -- USER_SUPPRESSED has no word of leaving in it
            when consent = 'unsubscribed' or reasons like '%UNSUBSCRIBE%' then 'unsubscribed'
            when reasons like '%BOUNCE%' then 'hard bounce'
            when reasons like '%INVALID%' then 'invalid address'
            when reasons is not null then 'suppressed'
            when consent = 'subscribed' then 'sign-up form'
            else consent
        end as evidence
    from told
)

select
    'klaviyo' as tool,
    'contact' as record_type,
    record_id,
    'email' as channel,
    case
        when evidence in ('spam complaint', 'unsubscribed', 'suppressed') then 'withdrawn'
        when evidence = 'sign-up form' then 'granted'
        else 'unknown'
    end as value,
    -- the time is the consent's, not the suppression's
    case when evidence = 'sign-up form' or consent = 'unsubscribed' then consent_at end as stated_at,
    evidence,
    _file_id,
    _row_number
from stated
qualify
    row_number() over (
        partition by record_id order by created_at desc nulls last, _file_id asc, _row_number desc
    ) = 1
