-- Members of Mailchimp audiences, whatever their status.
-- grain: one row per audience member.
select
    'mailchimp' as tool,
    'contact' as record_type,
    -- an address is personal and an identifier is shown: without EUID its digest stands for it
    coalesce(euid, md5(lower(email))) as record_id,
    email,
    coalesce(phone, sms_phone) as phone,
    first_name,
    last_name,
    nullif(concat_ws(' ', first_name, last_name), '') as full_name,
    company,
    job_title,
    address as street,
    city,
    postcode,
    region,
    country,
    birth_date,
    coalesce(optin_time, confirm_time) as created_at,
    coalesce(last_changed, unsub_time, clean_time) as updated_at,
    _file_id,
    _row_number
from raw_mailchimp.audience
