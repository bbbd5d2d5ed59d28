-- What each e-mail campaign of Brevo reached.
-- grain: one row per sent Brevo campaign.
select
    'brevo' as tool,
    coalesce(campaign_id, md5(concat_ws('/', campaign_name, cast(sent_at as varchar)))) as campaign_id,
    campaign_name,
    subject,
    audience,
    sent_at,
    recipients,
    delivered,
    unique_opens,
    total_opens,
    -- the screen calls people clickers; the API calls all clicks so, beside the unique ones
    coalesce(unique_clicks, clickers) as unique_clicks,
    coalesce(total_clicks, case when unique_clicks is not null then clickers end) as total_clicks,
    unsubscribes,
    coalesce(bounces, soft_bounces + hard_bounces) as bounces,
    complaints,
    _file_id,
    _row_number
from raw_brevo.campaign_statistics
-- drafts are listed as well
where sent_at is not null or recipients > 0 or delivered > 0
qualify
    row_number() over (
        partition by coalesce(campaign_id, md5(concat_ws('/', campaign_name, cast(sent_at as varchar))))
        order by recipients desc nulls last, _file_id asc, _row_number desc
    ) = 1
