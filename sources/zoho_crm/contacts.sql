-- Leads of Zoho CRM, each with the contact it was converted into; contacts are fed by the names of their fields.
-- grain: one row per Zoho lead.
select
    'zoho_crm' as tool,
    'lead' as record_type,
    record_id,
    email,
    coalesce(phone, mobile_phone) as phone,
    first_name,
    last_name,
    coalesce(lead_name, nullif(concat_ws(' ', first_name, last_name), '')) as full_name,
    company,
    converted_account_id as company_record_id,
    job_title,
    street,
    city,
    postcode,
    region,
    country,
    birth_date,
    'contact/' || converted_contact_id as successor_id,
    lifecycle_stage,
    source,
    owner,
    created_at,
    updated_at,
    _file_id,
    _row_number
from raw_zoho_crm.leads
qualify
    row_number() over (
        partition by record_id order by updated_at desc nulls last, _file_id asc, _row_number desc
    ) = 1
