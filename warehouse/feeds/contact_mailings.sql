-- E-mails a tool says it sent to a contact, as its own fields name them.
-- grain: one row per contact record of a tool and e-mail stated.
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
    sent_at,
    campaign_name,
    evidence,
    _file_id,
    _row_number
from feed.fields
where sent_at is not null
