-- People as HubSpot knows them.
-- grain: one row per HubSpot contact.
select
    'hubspot' as tool,
    'contact' as record_type,
    record_id,
    email,
    coalesce(phone, mobile_phone) as phone,
    first_name,
    last_name,
    nullif(concat_ws(' ', first_name, last_name), '') as full_name,
    company,
    nullif(trim(split_part(company_record_id, ';', 1)), '') as company_record_id,
    job_title,
    street,
    city,
    postcode,
    region,
    country,
    birth_date,
    gender,
    lifecycle_stage,
    source,
    owner,
    created_at,
    updated_at,
    _file_id,
    _row_number
from raw_hubspot.contacts
