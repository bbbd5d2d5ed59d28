-- What Zoho CRM states about e-mailing a contact or lead; a box nobody ticked states nothing.
-- grain: one row per Zoho contact or lead and statement.
with people as (
    select
        'contact' as record_type,
        record_id,
        email_opt_out,
        unsubscribed_at,
        lower(processing_basis) as basis,
        _file_id,
        _row_number
    from raw_zoho_crm.contacts
    union all
    select
        'lead' as record_type,
        record_id,
        email_opt_out,
        unsubscribed_at,
        lower(processing_basis) as basis,
        _file_id,
        _row_number
    from raw_zoho_crm.leads
),

stated as (
    select
        *,
        'withdrawn' as value,
        unsubscribed_at as stated_at,
        case when unsubscribed_at is null then 'opted out' else 'unsubscribed' end as evidence
    from people
    -- who was let in again keeps the day of leaving, but not the tick
    where coalesce(email_opt_out, unsubscribed_at is not null)
    union all
    select
        *,
        case when basis like '%obtained%' or basis like '%obtenu%' then 'granted' else 'unknown' end as value,
        cast(null as timestamp) as stated_at,
        'legal basis' as evidence
    from people
    where basis is not null
)

select
    'zoho_crm' as tool,
    record_type,
    record_id,
    'email' as channel,
    value,
    stated_at,
    evidence,
    _file_id,
    _row_number
from stated
