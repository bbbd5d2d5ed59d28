-- What HubSpot states about e-mailing a contact; a contact of whom it states nothing has no row.
-- grain: one row per HubSpot contact with a statement.
with statements as (
    select
        *,
        lower(concat_ws(';', legal_basis, gdpr_consent)) as basis
    from raw_hubspot.contacts
    where
        unsubscribed_from_all
        or opted_out
        or legal_basis is not null
        or gdpr_consent is not null
)

select
    'hubspot' as tool,
    'contact' as record_type,
    record_id,
    'email' as channel,
    case
        when unsubscribed_from_all or opted_out then 'withdrawn'
        when basis like '%freely given consent%' or basis like '%consentement libre%' then 'granted'
        else 'unknown'
    end as value,
    updated_at as stated_at,
    case
        when unsubscribed_from_all then 'unsubscribed'
        when opted_out then 'opted out'
        else 'legal basis'
    end as evidence,
    _file_id,
    _row_number
from statements
