-- An account has no figures for days between others that have some.
-- grain: one row per missing day
-- severity: high
-- owner: tool
-- check: mart.campaign_performance
-- fix: Export the missing days again and drop the file beside the others.
with days as (
    select distinct
        tool,
        account_id,
        currency,
        date
    from mart.campaign_performance
    where grain = 'day'
),

holes as (
    select
        tool,
        account_id,
        currency,
        date + interval 1 day as first_missing,
        lead(date) over (partition by tool, account_id, currency order by date) - interval 1 day as last_missing
    from days
),

missing as (
    select
        tool,
        account_id,
        currency,
        first_missing,
        last_missing,
        unnest(generate_series(first_missing, last_missing, interval 1 day)) as missing_day
    from holes
    where last_missing >= first_missing
)

select
    tool,
    concat_ws(' ', account_id, cast(first_missing as date), '…', cast(last_missing as date)) as subject,
    'mart.campaign_performance' as row_table,
    concat_ws('/', tool, coalesce(account_id, ''), cast(missing_day as date)) as row_key,
    currency
from missing
