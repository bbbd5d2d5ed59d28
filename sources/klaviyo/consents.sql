-- What Klaviyo states about e-mailing a profile: the consent, and beside it why the address is suppressed.
-- grain: one row per Klaviyo profile and statement.
with told as (
    select
        -- as in the feed of contacts
        coalesce(record_id, md5(lower(email))) as record_id,
        consent,
        consent_at,
        upper(suppressions) as reasons,
        _file_id,
        _row_number
    from raw_klaviyo.profiles
    where email is not null
),

stated as (
    select
        *,
        case
            when consent = 'subscribed' then 'granted'
            when consent = 'unsubscribed' then 'withdrawn'
            else 'unknown'
        end as value,
        case when consent = 'subscribed' then 'sign-up form' else consent end as evidence,
        case when consent in ('subscribed', 'unsubscribed') then consent_at end as stated_at
    from told
    where consent is not null
    union all
    select
        *,
        'withdrawn' as value,
        case
            when reasons like '%SPAM%' then 'spam complaint'
            -- USER_SUPPRESSED has no word of leaving in it
            when reasons like '%UNSUBSCRIBE%' then 'unsubscribed'
            else 'suppressed'
        end as evidence,
        -- the time is the consent's, not the suppression's
        cast(null as timestamp) as stated_at
    from told
    where
        reasons is not null
        and (
            reasons like '%SPAM%'
            or reasons like '%UNSUBSCRIBE%'
            or reasons like '%USER_SUPPRESSED%'
            or (reasons not like '%BOUNCE%' and reasons not like '%INVALID%')
        )
    union all
    select
        *,
        -- an address that does not work is no statement of a person
        'unknown' as value,
        case when reasons like '%BOUNCE%' then 'hard bounce' else 'invalid address' end as evidence,
        cast(null as timestamp) as stated_at
    from told
    where reasons like '%BOUNCE%' or reasons like '%INVALID%'
)

select
    'klaviyo' as tool,
    'contact' as record_type,
    record_id,
    'email' as channel,
    value,
    stated_at,
    evidence,
    _file_id,
    _row_number
from stated
