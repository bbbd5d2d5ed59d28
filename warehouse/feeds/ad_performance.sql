-- What ads cost and brought, as a tool's own fields name it; a row without a day stands for its period.
-- grain: one row per row of an ads report.
select
    tool,
    account_id,
    account_name,
    case
        when level is not null then level
        when search_term is not null then 'search_term'
        when keyword is not null then 'keyword'
        when coalesce(ad_id, ad_name) is not null then 'ad'
        when coalesce(ad_group_id, ad_group_name) is not null then 'ad_group'
        else 'campaign'
    end as level,
    _segments as segments,
    _segment as segment,
    campaign_id,
    campaign_name,
    ad_group_id,
    ad_group_name,
    ad_id,
    ad_name,
    keyword,
    search_term,
    channel,
    objective,
    case when date is null then 'period' else 'day' end as grain,
    date,
    case when date is null then _period_start end as period_start,
    case when date is null then _period_end end as period_end,
    currency,
    spend,
    impressions,
    clicks,
    conversions,
    conversion_value,
    _file_id,
    _row_number
from feed.fields
