-- The campaigns behind the names the tools give them, each under its most recent name.
-- grain: one row per campaign
select
    identities.campaign_key,
    arg_max(
        identities.campaign_name,
        concat_ws(
            '/', coalesce(cast(coalesce(names.ended_on, names.planned_end) as varchar), ''), identities.tool,
            identities.campaign_name
        )
    ) as name,
    string_agg(distinct names.channel, ', ' order by names.channel) as channel,
    string_agg(distinct names.objective, ', ' order by names.objective) as objective,
    coalesce(min(names.started_on), min(names.planned_start)) as started_on,
    coalesce(max(names.ended_on), max(names.planned_end)) as ended_on,
    count(distinct identities.campaign_name) as name_variants,
    count(distinct identities.tool) as source_count
from mart.campaign_identities as identities
inner join unified.campaign_names as names
    on
        identities.tool = names.tool
        and identities.account_id is not distinct from names.account_id
        and identities.campaign_id is not distinct from names.campaign_id
        and identities.campaign_name = names.campaign_name
group by identities.campaign_key
