-- Every name under which a tool knows a campaign, whether it stands in figures, sends, visits, plans or on deals.
-- grain: one row per tool, account, campaign identifier and name
with named as (
    select
        tool,
        account_id,
        campaign_id,
        campaign_name,
        channel,
        objective,
        coalesce(date, period_start) as started_on,
        coalesce(date, period_end) as ended_on,
        cast(null as date) as planned_start,
        cast(null as date) as planned_end
    from unified.ad_performance
    union all
    select
        tool,
        null as account_id,
        campaign_id,
        campaign_name,
        'email' as channel,
        null as objective,
        cast(sent_at as date) as started_on,
        cast(sent_at as date) as ended_on,
        null as planned_start,
        null as planned_end
    from unified.email_performance
    union all
    select
        tool,
        null as account_id,
        null as campaign_id,
        campaign_name,
        null as channel,
        null as objective,
        cast(created_at as date) as started_on,
        cast(created_at as date) as ended_on,
        null as planned_start,
        null as planned_end
    from unified.deals
    union all
    select
        tool,
        null as account_id,
        campaign_id,
        campaign_name,
        channel,
        objective,
        null as started_on,
        null as ended_on,
        started_on as planned_start,
        coalesce(ended_on, started_on) as planned_end
    from unified.campaigns
    union all
    select
        members.tool,
        null as account_id,
        members.campaign_id,
        coalesce(members.campaign_name, campaigns.campaign_name) as campaign_name,
        null as channel,
        null as objective,
        null as started_on,
        null as ended_on,
        null as planned_start,
        null as planned_end
    from unified.campaign_members as members
    left join unified.campaigns as campaigns
        on members.tool = campaigns.tool and members.campaign_id = campaigns.campaign_id
    union all
    select
        tool,
        account_id,
        null as campaign_id,
        campaign_name,
        null as channel,
        null as objective,
        coalesce(date, period_start) as started_on,
        coalesce(date, period_end) as ended_on,
        null as planned_start,
        null as planned_end
    from unified.web_performance
    -- analytics put into brackets what is no campaign: (direct), (not set)
    where campaign_name not like '(%)'
)

select
    tool,
    account_id,
    campaign_id,
    campaign_name,
    max(channel) as channel,
    max(objective) as objective,
    min(started_on) as started_on,
    max(ended_on) as ended_on,
    min(planned_start) as planned_start,
    max(planned_end) as planned_end
from named
where campaign_name is not null
group by tool, account_id, campaign_id, campaign_name
