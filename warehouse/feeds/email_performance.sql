-- What each e-mail sent reached, as a tool's own fields name it.
-- grain: one row per campaign sent.
with keyed as (
    select
        tool,
        coalesce(
            campaign_id,
            nullif(md5(concat_ws('/', campaign_name, subject, audience, cast(sent_at as varchar))), md5('')),
            md5(concat_ws('/', _file_id, _row_number))
        ) as campaign_id,
        coalesce(campaign_name, subject) as campaign_name,
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
        currency,
        _file_id,
        _row_number
    from feed.fields
)

-- a file may state one campaign twice
select *
from keyed
qualify
    row_number() over (
        partition by tool, campaign_id
        order by sent_at desc nulls last, recipients desc nulls last, _file_id asc, _row_number desc
    ) = 1
