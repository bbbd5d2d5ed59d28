-- What each file states of a campaign for a day or period at one level and split; the first of them by rank counts.
-- grain: one row per tool, account, currency, campaign, day or period, level, segments and file
with stated as (
    select
        figures.tool,
        campaigns.account as account_id,
        figures.currency,
        campaigns.campaign,
        figures.grain,
        -- a report of all time states no period
        coalesce(figures.date, figures.period_start, cast('0001-01-01' as date)) as first_day,
        coalesce(figures.date, figures.period_end, cast('9999-12-31' as date)) as last_day,
        figures.level,
        figures.segments,
        figures._file_id,
        sum(figures.spend) as spend
    from unified.ad_performance as figures
    inner join unified.ad_campaigns as campaigns
        on
            figures.tool = campaigns.tool
            and figures.account_id is not distinct from campaigns.account_id
            and figures.campaign_id is not distinct from campaigns.campaign_id
            and figures.campaign_name is not distinct from campaigns.campaign_name
    group by
        figures.tool, campaigns.account, figures.currency, campaigns.campaign, figures.grain,
        coalesce(figures.date, figures.period_start, cast('0001-01-01' as date)),
        coalesce(figures.date, figures.period_end, cast('9999-12-31' as date)),
        figures.level, figures.segments, figures._file_id
),

placed as (
    select
        stated.*,
        files.exported_at,
        case stated.level
            when 'campaign' then 0
            when 'account' then 1
            when 'campaign_group' then 1
            when 'ad_group' then 2
            when 'asset_group' then 3
            when 'ad' then 4
            when 'keyword' then 5
            when 'search_term' then 6
            else 7
        end as depth,
        length(coalesce(stated.segments, '')) - length(replace(coalesce(stated.segments, ''), ',', '')) as commas
    from stated
    left join ops.files as files on stated._file_id = files.file_id and files.status = 'loaded'
)

-- what states no spend comes last; then the coarsest level, the fewest segments, the latest export
select
    tool,
    account_id,
    currency,
    campaign,
    grain,
    first_day,
    last_day,
    level,
    segments,
    _file_id,
    spend,
    exported_at,
    row_number() over (
        partition by tool, account_id, currency, campaign, grain, first_day, last_day
        order by
            spend is null asc,
            depth asc,
            level asc,
            segments is not null asc,
            commas asc,
            segments asc,
            exported_at desc nulls last,
            _file_id desc
    ) as standing
from placed
