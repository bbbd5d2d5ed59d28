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

-- of periods that overlap, the longest stands; of equally long ones, the one of the latest export
periods as (
    select
        figures.*,
        concat_ws('/', files.exported_at, figures._file_id) as age,
        coalesce(date_diff('day', figures.period_start, figures.period_end), 1000000) as days
    from unified.ad_performance as figures
    inner join ops.files as files on figures._file_id = files.file_id and files.status = 'loaded'
    where figures.grain = 'period' and figures.level = 'campaign'
),

overlapped as (
    select
        shorter._file_id,
        shorter._row_number,
        'a report of a longer or the same period states the same figures' as reason
    from periods as shorter
    inner join periods as longer
        on
            shorter.tool = longer.tool
            and shorter.account_id is not distinct from longer.account_id
            and shorter.currency is not distinct from longer.currency
            and shorter.campaign_name is not distinct from longer.campaign_name
            and shorter._file_id != longer._file_id
            and (longer.period_start is null or shorter.period_end >= longer.period_start)
            and (longer.period_end is null or shorter.period_start <= longer.period_end)
            and (shorter.days < longer.days or (shorter.days = longer.days and shorter.age < longer.age))
),

repeated as (
    select * from finer
    union all
    select * from coarser
    union all
    select * from overlapped
)

select
    _file_id,
    _row_number,
    min(reason) as reason
from repeated
group by _file_id, _row_number
