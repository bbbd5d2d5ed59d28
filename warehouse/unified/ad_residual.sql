-- Rows of ads reports whose figures another report states already, so that they would count twice.
-- grain: one row per row of an ads report that is left out
with campaigns as (
    select distinct
        tool,
        account_id,
        currency,
        campaign_name,
        date,
        period_start
    from unified.ad_performance
    where level = 'campaign'
),

days as (
    select distinct
        tool,
        account_id,
        currency,
        campaign_name,
        date
    from unified.ad_performance
    where grain = 'day'
),

finer as (
    select
        figures._file_id,
        figures._row_number,
        'a campaign report states the same figures' as reason
    from unified.ad_performance as figures
    inner join campaigns
        on
            figures.tool = campaigns.tool
            and figures.account_id is not distinct from campaigns.account_id
            and figures.currency is not distinct from campaigns.currency
            and figures.campaign_name = campaigns.campaign_name
            and figures.date is not distinct from campaigns.date
            and figures.period_start is not distinct from campaigns.period_start
    where figures.level != 'campaign'
),

coarser as (
    select
        figures._file_id,
        figures._row_number,
        'a daily report states days of the same period' as reason
    from unified.ad_performance as figures
    inner join days
        on
            figures.tool = days.tool
            and figures.account_id is not distinct from days.account_id
            and figures.currency is not distinct from days.currency
            and figures.campaign_name is not distinct from days.campaign_name
            -- a report of all time states no period
            and (figures.period_start is null or days.date between figures.period_start and figures.period_end)
    where figures.grain = 'period'
),

repeated as (
    select * from finer
    union all
    select * from coarser
)

select
    _file_id,
    _row_number,
    min(reason) as reason
from repeated
group by _file_id, _row_number
