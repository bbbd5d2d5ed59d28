-- The last marketing e-mail HubSpot sent to each contact; of the ones before it the export says nothing.
-- grain: one row per HubSpot contact that was ever sent one.
select
    'hubspot' as tool,
    'contact' as record_type,
    record_id,
    last_email_sent_at as sent_at,
    last_email_name as campaign_name,
    'last e-mail sent' as evidence,
    _file_id,
    _row_number
from raw_hubspot.contacts
where last_email_sent_at is not null
