-- What Mailchimp states about e-mailing a member; a bulk import is no proof of consent.
-- grain: one row per audience member.
select
    'mailchimp' as tool,
    'contact' as record_type,
    -- an address is personal and an identifier is shown: without EUID its digest stands for it
    coalesce(euid, md5(lower(email))) as record_id,
    'email' as channel,
    case
        when status = 'unsubscribed' then 'withdrawn'
        -- an opt-in from the loopback address was written by an import
        when status = 'subscribed' and coalesce(optin_ip, '') != '127.0.0.1' then 'granted'
        else 'unknown'
    end as value,
    case
        when status = 'unsubscribed' then unsub_time
        when status = 'cleaned' then clean_time
        when status = 'subscribed' and coalesce(optin_ip, '') != '127.0.0.1' then coalesce(confirm_time, optin_time)
    end as stated_at,
    case
        when status = 'unsubscribed' then 'unsubscribed'
        when status = 'cleaned' then 'hard bounce'
        when status = 'nonsubscribed' then 'never subscribed'
        when status = 'subscribed' and optin_ip = '127.0.0.1' then 'bulk import'
        when status = 'subscribed' then 'sign-up form'
    end as evidence,
    _file_id,
    _row_number
from raw_mailchimp.audience
