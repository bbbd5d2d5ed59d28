-- Which campaign of which account every identifier and name in ads reports stands for, as some exports state one only.
-- grain: one row per tool, account, campaign identifier and name
with stated as (
    select distinct
        tool,
        account_id,
        campaign_id,
        campaign_name
    from unified.ad_performance
),

-- an export that leaves the account out is of the only account that others know the campaign in
owners as (
    select
        tool,
        campaign_name,
        min(account_id) as account_id
    from stated
    where account_id is not null and campaign_name is not null
    group by tool, campaign_name
    having count(distinct account_id) = 1
),

placed as (
    select
        stated.tool,
        stated.account_id,
        stated.campaign_id,
        stated.campaign_name,
        coalesce(stated.account_id, owners.account_id) as account
    from stated
    left join owners on stated.tool = owners.tool and stated.campaign_name = owners.campaign_name
),

named as (
    select
        tool,
        account,
        campaign_name,
        min(campaign_id) as campaign_id
    from placed
    where campaign_id is not null and campaign_name is not null
    group by tool, account, campaign_name
)

select
    placed.tool,
    placed.account_id,
    placed.campaign_id,
    placed.campaign_name,
    placed.account,
    coalesce(placed.campaign_id, named.campaign_id, placed.campaign_name) as campaign
from placed
left join named
    on
        placed.tool = named.tool
        and placed.account is not distinct from named.account
        and placed.campaign_name = named.campaign_name
