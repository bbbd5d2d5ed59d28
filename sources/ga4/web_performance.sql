-- Visits as Google Analytics splits them, each table by one set of dimensions that must never be added to another's.
-- grain: one row per value of a table's dimensions, and day or period.
with figures as (
    select
        *,
        -- a day is stated by its distance from the first of the table's period
        coalesce(date, _period_start + cast(nth_day as integer)) as day,
        concat_ws(
            ',',
            case when users is not null then 'users' end,
            case when total_users is not null then 'total users' end,
            case when new_users is not null then 'new users' end,
            case when sessions is not null then 'sessions' end,
            case when engaged_sessions is not null then 'engaged sessions' end,
            case when views is not null then 'views' end,
            case when events is not null then 'events' end,
            case when key_events is not null then 'key events' end,
            case when revenue is not null then 'revenue' end
        ) as measures
    from raw_ga4.visits
)

select
    'ga4' as tool,
    account_name,
    _segments as dimension,
    _segment as dimension_value,
    channel,
    coalesce(source, nullif(split_part(source_medium, ' / ', 1), '')) as source,
    coalesce(medium, nullif(split_part(source_medium, ' / ', 2), '')) as medium,
    nullif(campaign_name, '(not set)') as campaign_name,
    case when day is null then 'period' else 'day' end as grain,
    day as date,
    case when day is null then _period_start end as period_start,
    case when day is null then _period_end end as period_end,
    coalesce(users, total_users) as users,
    new_users,
    sessions,
    engaged_sessions,
    views,
    events,
    key_events,
    revenue,
    currency,
    _file_id,
    _row_number
from figures
where measures != ''
-- one file may hold a table twice, and the days of two files may overlap: the longer look back counts
qualify
    row_number() over (
        partition by
            account_name,
            _segments,
            _segment,
            measures,
            day,
            case when day is null then _period_start end,
            case when day is null then _period_end end
        order by _period_end desc nulls last, _file_id asc, _row_number asc
    ) = 1
