-- What HubSpot states about e-mailing a contact; a contact of whom it states nothing has no row.
-- grain: one row per HubSpot contact and statement.
with stated as (
    select
        record_id,
        'withdrawn' as value,
        'unsubscribed' as evidence,
        _file_id,
        _row_number
    from raw_hubspot.contacts
    where unsubscribed_from_all
    union all
    select
        record_id,
        'withdrawn' as value,
        'opted out' as evidence,
        _file_id,
        _row_number
    from raw_hubspot.contacts
    where opted_out
    union all
    select
        record_id,
        case
            when lower(concat_ws(';', legal_basis, gdpr_consent)) like '%freely given consent%' then 'granted'
            when lower(concat_ws(';', legal_basis, gdpr_consent)) like '%consentement libre%' then 'granted'
            else 'unknown'
        end as value,
        'legal basis' as evidence,
        _file_id,
        _row_number
    from raw_hubspot.contacts
    where legal_basis is not null or gdpr_consent is not null
    union all
    select
        record_id,
        -- an address that bounces says nothing about its owner's will
        'unknown' as value,
        'hard bounce' as evidence,
        _file_id,
        _row_number
    from raw_hubspot.contacts
    where hard_bounce_reason is not null
)

select
    'hubspot' as tool,
    'contact' as record_type,
    record_id,
    'email' as channel,
    value,
    -- the export dates the contact, not the statement
    cast(null as timestamp) as stated_at,
    evidence,
    _file_id,
    _row_number
from stated
