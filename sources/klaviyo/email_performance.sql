-- What each e-mail campaign of Klaviyo reached; text and push messages are none.
-- grain: one row per Klaviyo campaign sent by e-mail.
select
    'klaviyo' as tool,
    coalesce(campaign_id, md5(concat_ws('/', campaign_name, cast(sent_at as varchar)))) as campaign_id,
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
    bounces,
    complaints,
    orders,
    revenue,
    _file_id,
    _row_number
from raw_klaviyo.campaigns
where lower(coalesce(campaign_channel, 'email')) in ('email', 'e-mail')
-- an export may repeat a campaign for each variation, its own row the largest
qualify
    row_number() over (
        partition by coalesce(campaign_id, md5(concat_ws('/', campaign_name, cast(sent_at as varchar))))
        order by recipients desc nulls last, _file_id asc, _row_number desc
    ) = 1
