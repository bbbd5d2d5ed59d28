-- The e-mail by which a member is known to have been mailed: the one they left by, or that bounced for good.
-- grain: one row per audience member who left or bounced by a campaign.
with members as (
    select
        coalesce(euid, md5(lower(email))) as record_id,
        coalesce(unsub_campaign_id, clean_campaign_id) as campaign_id,
        coalesce(unsub_campaign_title, clean_campaign_title) as campaign_name,
        case when status = 'unsubscribed' then 'left by it' else 'bounced' end as evidence,
        -- a bounce comes with its e-mail; who leaves may do so by an old one
        case when status = 'cleaned' then clean_time end as bounced_at,
        _file_id,
        _row_number
    from raw_mailchimp.audience
    where
        status in ('unsubscribed', 'cleaned')
        and coalesce(unsub_campaign_id, clean_campaign_id, unsub_campaign_title, clean_campaign_title) is not null
),

sent as (
    select
        campaign_id,
        max(sent_at) as sent_at
    from raw_mailchimp.campaign_report
    group by campaign_id
)

select
    'mailchimp' as tool,
    'contact' as record_type,
    members.record_id,
    coalesce(sent.sent_at, members.bounced_at) as sent_at,
    members.campaign_name,
    members.evidence,
    members._file_id,
    members._row_number
from members
left join sent on members.campaign_id = sent.campaign_id
where coalesce(sent.sent_at, members.bounced_at) is not null
