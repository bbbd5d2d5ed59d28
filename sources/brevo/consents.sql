-- What Brevo states about e-mailing a contact; being on no blocklist is no consent.
-- grain: one row per Brevo contact with a statement.
select
    'brevo' as tool,
    'contact' as record_type,
    -- as in contacts
    coalesce(record_id, md5(lower(email)), md5(sms)) as record_id,
    'email' as channel,
    case
        when blocklisted then 'withdrawn'
        when double_opt_in = 'yes' or opt_in = 'yes' then 'granted'
        else 'unknown'
    end as value,
    -- the export dates the contact, not the statement
    cast(null as timestamp) as stated_at,
    case
        when blocklisted then 'blocklisted'
        when double_opt_in = 'yes' then 'double opt-in'
        when opt_in = 'yes' then 'opt-in'
        else 'no opt-in'
    end as evidence,
    _file_id,
    _row_number
from raw_brevo.contacts
where
    coalesce(record_id, email, sms) is not null
    and (blocklisted or double_opt_in is not null or opt_in is not null)
qualify
    row_number() over (
        partition by coalesce(record_id, md5(lower(email)), md5(sms))
        order by updated_at desc nulls last, _file_id asc, _row_number desc
    ) = 1
