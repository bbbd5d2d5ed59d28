-- Money was spent in a currency that the export does not state.
-- grain: one row per day or period with such spend
-- severity: high
-- owner: tool
-- check: mart.campaign_performance
-- fix: Export again with the currency column; until then no total in the base currency has the amount.
select
    tool,
    coalesce(account_id, 'no account stated') as subject,
    'mart.campaign_performance' as row_table,
    concat_ws(
        '/', tool, coalesce(account_id, ''), coalesce(date, period_start), coalesce(campaign_id, ''),
        coalesce(campaign_name, '')
    ) as row_key,
    sum(spend) as amount
from mart.campaign_performance
where spend != 0 and currency is null
group by tool, account_id, coalesce(date, period_start), coalesce(campaign_id, ''), coalesce(campaign_name, '')
