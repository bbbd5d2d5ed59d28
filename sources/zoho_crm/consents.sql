-- What Zoho CRM states about e-mailing a contact or lead; a box nobody ticked states nothing.
-- grain: one row per Zoho contact or lead with a statement.
with people as (
    select
        'contact' as record_type,
        record_id,
        email_opt_out,
        unsubscribed_at,
        updated_at,
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
        updated_at,
        lower(processing_basis) as basis,
        _file_id,
        _row_number
    from raw_zoho_crm.leads
),

told as (
    select
        *,
        -- who was let in again keeps the day of leaving, but not the tick
        coalesce(email_opt_out, unsubscribed_at is not null) as opted_out
    from people
)

select
    'zoho_crm' as tool,
    record_type,
    record_id,
    'email' as channel,
    case
        when opted_out then 'withdrawn'
        when basis like '%obtained%' or basis like '%obtenu%' then 'granted'
        else 'unknown'
    end as value,
    case when opted_out then unsubscribed_at end as stated_at,
    case
        when opted_out and unsubscribed_at is not null then 'unsubscribed'
        when opted_out then 'opted out'
        else 'legal basis'
    end as evidence,
    _file_id,
    _row_number
from told
where opted_out or basis is not null
qualify
    row_number() over (
        partition by record_type, record_id order by updated_at desc nulls last, _file_id asc, _row_number desc
    ) = 1
