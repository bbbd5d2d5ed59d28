-- Money in a currency for which no rate into the base currency is known.
-- grain: one row per figure or deal
-- severity: high
-- owner: finance
-- check: mart.campaign_performance
-- fix: Drop a file of rates that has this currency; until then no total in the base currency has the amount.
select
    tool,
    currency as subject,
    'mart.campaign_performance' as row_table,
    concat_ws(
        '/', tool, coalesce(account_id, ''), coalesce(date, period_start), coalesce(campaign_id, ''),
        coalesce(campaign_name, '')
    ) as row_key,
    sum(spend) as amount,
    currency
from mart.campaign_performance
where spend is not null and currency is not null and rate is null
group by
    tool, currency, account_id, coalesce(date, period_start), coalesce(campaign_id, ''), coalesce(campaign_name, '')
union all
select
    tool,
    currency as subject,
    'mart.deals' as row_table,
    concat_ws('/', tool, record_id) as row_key,
    amount,
    currency
from mart.deals
where amount is not null and currency is not null and rate is null
