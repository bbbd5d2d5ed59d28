-- What a tool's own fields state about consent; who states nothing has no row.
-- grain: one row per statement of a tool about a contact record.
select
    tool,
    coalesce(record_type, 'contact') as record_type,
    -- as in the feed of contacts
    coalesce(
        record_id,
        md5(lower(email)),
        md5(
            coalesce(phone, mobile_phone) || '/'
            || lower(coalesce(full_name, concat_ws(' ', first_name, last_name)))
        ),
        md5(concat_ws('/', _file_id, _row_number))
    ) as record_id,
    -- E-mail and email are one channel
    coalesce(nullif(replace(lower(trim(channel)), '-', ''), ''), 'email') as channel,
    purpose,
    case when value in ('granted', 'withdrawn') then value else 'unknown' end as value,
    stated_at,
    evidence,
    _file_id,
    _row_number
from feed.fields
where value is not null
