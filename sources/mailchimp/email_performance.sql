-- What each e-mail campaign reached.
-- grain: one row per sent Mailchimp campaign.
select
    'mailchimp' as tool,
    campaign_id,
    campaign_name,
    subject,
    audience,
    sent_at,
    recipients,
    delivered,
    unique_opens,
    total_opens,
    unique_clicks,
    total_clicks,
    unsubscribes,
    coalesce(bounces, soft_bounces + hard_bounces) as bounces,
    complaints,
    orders,
    revenue,
    _file_id,
    _row_number
from raw_mailchimp.campaign_report
