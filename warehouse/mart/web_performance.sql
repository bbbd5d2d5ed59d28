-- What web analytics state about visits, each row by one dimension; rows of different dimensions never add up.
-- grain: one row per row of a web analytics report
select
    visits.date,
    visits.tool,
    visits.account_id,
    visits.account_name,
    visits.dimension,
    visits.dimension_value,
    visits.segments,
    visits.segment,
    visits.channel,
    visits.source,
    visits.medium,
    visits.campaign_name,
    identities.campaign_key,
    visits.users,
    visits.new_users,
    visits.sessions,
    visits.engaged_sessions,
    visits.views,
    visits.events,
    visits.key_events,
    visits.revenue,
    visits.currency,
    visits.grain,
    visits.period_start,
    visits.period_end,
    visits._file_id,
    visits._row_number
from unified.web_performance as visits
left join mart.campaign_identities as identities
    on
        visits.tool = identities.tool
        and visits.account_id is not distinct from identities.account_id
        and identities.campaign_id is null
        and visits.campaign_name = identities.campaign_name
