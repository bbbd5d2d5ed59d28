-- Contacts of Brevo, their mobile number with the + that exports leave out.
-- grain: one row per Brevo contact.
select
    'brevo' as tool,
    'contact' as record_type,
    -- an address is personal and an identifier is shown: without CONTACT ID its digest stands for it
    coalesce(record_id, md5(lower(email)), md5(sms)) as record_id,
    email,
    coalesce(case when regexp_matches(sms, '^[1-9][0-9]{7,14}$') then '+' || sms else sms end, landline) as phone,
    first_name,
    last_name,
    nullif(concat_ws(' ', first_name, last_name), '') as full_name,
    company,
    job_title,
    city,
    postcode,
    country,
    birth_date,
    '{"ext_id": "' || replace(ext_id, '"', '') || '"}' as external_ids,
    created_at,
    updated_at,
    _file_id,
    _row_number
from raw_brevo.contacts
where coalesce(record_id, email, sms) is not null
qualify
    row_number() over (
        partition by coalesce(record_id, md5(lower(email)), md5(sms))
        order by updated_at desc nulls last, _file_id asc, _row_number desc
    ) = 1
