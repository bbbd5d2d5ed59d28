-- Rows of ads reports whose figures another report states already, so that they would count twice.
-- grain: one row per row of an ads report that is left out
with named as (
    select distinct
        tool,
        account_id,
        currency,
        first_day,
        last_day
    from unified.ad_statements
    where campaign is not null and standing = 1
),

-- an account's own figures, or a finer report's that does not say of which campaign they are
unnamed as (
    select distinct
        statements.tool,
        statements.account_id,
        statements.currency,
        statements.campaign,
        statements.level,
        statements.first_day,
        statements.last_day
    from unified.ad_statements as statements
    inner join named
        on
            statements.tool = named.tool
            and statements.account_id is not distinct from named.account_id
            and statements.currency is not distinct from named.currency
            and statements.last_day >= named.first_day
            and statements.first_day <= named.last_day
    where statements.campaign is null and statements.level != 'campaign'
),

judged as (
    select
        statements.*,
        unnamed.tool is not null as is_unnamed,
        coalesce(periods.has_days, false) as has_days,
        coalesce(periods.is_overlapped, false) as is_overlapped,
        row_number() over (
            partition by
                statements.tool, statements.account_id, statements.currency, statements.campaign, statements.grain,
                statements.first_day, statements.last_day, statements.level, statements.segments
            order by statements.standing
        ) as edition
    from unified.ad_statements as statements
    left join unnamed
        on
            statements.tool = unnamed.tool
            and statements.account_id is not distinct from unnamed.account_id
            and statements.currency is not distinct from unnamed.currency
            and statements.campaign is not distinct from unnamed.campaign
            and statements.level = unnamed.level
            and statements.first_day = unnamed.first_day
            and statements.last_day = unnamed.last_day
    left join unified.ad_periods as periods
        on
            statements.tool = periods.tool
            and statements.grain = periods.grain
            and statements.account_id is not distinct from periods.account_id
            and statements.currency is not distinct from periods.currency
            and statements.campaign is not distinct from periods.campaign
            and statements.first_day = periods.first_day
            and statements.last_day = periods.last_day
),

reasoned as (
    select
        *,
        is_unnamed or (standing > 1 and edition = 1) as is_other_level,
        case
            when is_unnamed then 'a report that names the campaigns states the same figures'
            when edition > 1 then 'a newer report states the same figures'
            when standing > 1 then 'a coarser report states the same figures'
            when is_overlapped then 'a report of a longer or the same period states the same figures'
            when has_days then 'a daily report states days of the same period'
        end as reason
    from judged
)

select
    figures._file_id,
    figures._row_number,
    reasoned.reason,
    reasoned.is_other_level
from unified.ad_performance as figures
inner join unified.ad_campaigns as campaigns
    on
        figures.tool = campaigns.tool
        and figures.account_id is not distinct from campaigns.account_id
        and figures.campaign_id is not distinct from campaigns.campaign_id
        and figures.campaign_name is not distinct from campaigns.campaign_name
inner join reasoned
    on
        figures.tool = reasoned.tool
        and campaigns.account is not distinct from reasoned.account_id
        and figures.currency is not distinct from reasoned.currency
        and campaigns.campaign is not distinct from reasoned.campaign
        and figures.grain = reasoned.grain
        and coalesce(figures.date, figures.period_start, cast('0001-01-01' as date)) = reasoned.first_day
        and coalesce(figures.date, figures.period_end, cast('9999-12-31' as date)) = reasoned.last_day
        and figures.level is not distinct from reasoned.level
        and figures.segments is not distinct from reasoned.segments
        and figures._file_id = reasoned._file_id
where reasoned.reason is not null
