-- Of a period only some days are stated, and the period states more money than they do.
-- grain: one row per campaign and period
-- severity: high
-- owner: tool
-- check: unified.ad_periods
-- fix: Export the whole period by day; its days count, and the difference is in no figure.
with residual as (
    select
        _file_id,
        _row_number
    from unified.ad_residual
),

counted as (
    select
        campaigns.tool,
        campaigns.account as account_id,
        campaigns.campaign,
        figures.currency,
        coalesce(figures.date, figures.period_start) as first_day,
        coalesce(figures.date, figures.period_end) as last_day,
        sum(figures.spend) as spend
    from unified.ad_performance as figures
    inner join unified.ad_campaigns as campaigns
        on
            figures.tool = campaigns.tool
            and figures.account_id is not distinct from campaigns.account_id
            and figures.campaign_id is not distinct from campaigns.campaign_id
            and figures.campaign_name is not distinct from campaigns.campaign_name
    left join residual on figures._file_id = residual._file_id and figures._row_number = residual._row_number
    where residual._file_id is null
    group by
        campaigns.tool, campaigns.account, campaigns.campaign, figures.currency,
        coalesce(figures.date, figures.period_start), coalesce(figures.date, figures.period_end)
),

compared as (
    select
        periods.tool,
        periods.account_id,
        periods.currency,
        periods.campaign,
        periods.first_day,
        periods.last_day,
        periods.spend - coalesce(sum(counted.spend), 0) as difference,
        0.005 * (count(*) + 1) as rounding
    from unified.ad_periods as periods
    left join counted
        on
            periods.tool = counted.tool
            and periods.account_id is not distinct from counted.account_id
            and periods.currency is not distinct from counted.currency
            and periods.campaign is not distinct from counted.campaign
            and periods.first_day <= counted.first_day
            and periods.last_day >= counted.last_day
    where periods.has_days and not periods.is_overlapped
    group by
        periods.tool, periods.account_id, periods.currency, periods.campaign, periods.first_day, periods.last_day,
        periods.spend
)

select
    tool,
    case
        when last_day = cast('9999-12-31' as date) then concat_ws(' ', account_id, 'all time')
        else concat_ws(' ', account_id, first_day, '…', last_day)
    end as subject,
    'unified.ad_periods' as row_table,
    concat_ws('/', tool, coalesce(account_id, ''), coalesce(campaign, ''), first_day, last_day) as row_key,
    difference as amount,
    currency
from compared
where difference > rounding
