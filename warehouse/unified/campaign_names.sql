-- Every name under which a tool knows a campaign, whether it stands in figures, in sends or on deals.
-- grain: one row per tool, account, campaign identifier and name
with named as (
    select
        tool,
        account_id,
        campaign_id,
        campaign_name,
        channel,
        coalesce(date, period_start) as started_on,
        coalesce(date, period_end) as ended_on
    from unified.ad_performance
    union all
    select
        tool,
        null as account_id,
        campaign_id,
        campaign_name,
        'email' as channel,
        cast(sent_at as date) as started_on,
        cast(sent_at as date) as ended_on
    from unified.email_performance
    union all
    select
        tool,
        null as account_id,
        null as campaign_id,
        campaign_name,
        null as channel,
        cast(created_at as date) as started_on,
        cast(created_at as date) as ended_on
    from unified.deals
)

select
    tool,
    account_id,
    campaign_id,
    campaign_name,
    max(channel) as channel,
    min(started_on) as started_on,
    max(ended_on) as ended_on
from named
where campaign_name is not null
group by tool, account_id, campaign_id, campaign_name
