-- Money was spent on no campaign that the report names.
-- grain: one row per day or period with such spend
-- severity: high
-- owner: tool
-- check: mart.campaign_performance
-- fix: Export again with removed campaigns shown, or name the campaign in the tool.
select
    tool,
    account_id as subject,
    'mart.campaign_performance' as row_table,
    concat_ws('/', tool, coalesce(account_id, ''), coalesce(date, period_start), coalesce(campaign_id, '')) as row_key,
    sum(spend) as amount,
    currency
from mart.campaign_performance
where campaign_name is null and spend != 0
group by tool, account_id, coalesce(date, period_start), coalesce(campaign_id, ''), currency
