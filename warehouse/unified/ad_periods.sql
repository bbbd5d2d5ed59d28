-- The periods for which a campaign's figures are stated, and what else states figures of the same time.
-- grain: one row per tool, account, currency, campaign and period
with periods as (
    select
        periods.tool,
        periods.account_id,
        periods.currency,
        periods.campaign,
        periods.first_day,
        periods.last_day,
        periods.spend,
        concat_ws('/', periods.exported_at, periods._file_id) as age,
        count(days.tool) > 0 as has_days
    from unified.ad_statements as periods
    left join unified.ad_statements as days
        on
            periods.tool = days.tool
            and periods.account_id is not distinct from days.account_id
            and periods.currency is not distinct from days.currency
            and periods.campaign is not distinct from days.campaign
            and periods.first_day <= days.first_day
            and periods.last_day >= days.first_day
            and days.grain = 'day'
            and days.standing = 1
    where periods.grain = 'period' and periods.standing = 1
    group by
        periods.tool, periods.account_id, periods.currency, periods.campaign, periods.first_day,
        periods.last_day, periods.spend, concat_ws('/', periods.exported_at, periods._file_id)
)

-- of periods that overlap the longest stands, of equally long ones that of the latest export
select
    shorter.tool,
    shorter.account_id,
    shorter.currency,
    shorter.campaign,
    'period' as grain,
    shorter.first_day,
    shorter.last_day,
    shorter.spend,
    shorter.has_days,
    count(longer.tool) > 0 as is_overlapped
from periods as shorter
left join periods as longer
    on
        shorter.tool = longer.tool
        and shorter.account_id is not distinct from longer.account_id
        and shorter.currency is not distinct from longer.currency
        and shorter.campaign is not distinct from longer.campaign
        and shorter.has_days = longer.has_days
        and shorter.last_day >= longer.first_day
        and shorter.first_day <= longer.last_day
        and (
            shorter.last_day - shorter.first_day < longer.last_day - longer.first_day
            or (
                shorter.last_day - shorter.first_day = longer.last_day - longer.first_day
                and shorter.age < longer.age
            )
        )
group by
    shorter.tool, shorter.account_id, shorter.currency, shorter.campaign, shorter.first_day, shorter.last_day,
    shorter.spend, shorter.has_days
