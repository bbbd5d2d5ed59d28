-- The campaigns a CRM plans and follows, as its own fields name them.
-- grain: one row per campaign record of a tool.
with keyed as (
    select
        tool,
        coalesce(campaign_id, md5(lower(campaign_name)), md5(concat_ws('/', _file_id, _row_number))) as campaign_id,
        campaign_name,
        channel,
        objective,
        status,
        started_on,
        ended_on,
        budget,
        spend,
        currency,
        created_at,
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
        order by created_at desc nulls last, _file_id asc, _row_number desc
    ) = 1
