-- Who was put into which campaign and how they responded, beside the customer and the campaign.
-- grain: one row per campaign and contact of a tool
with addressed as (
    select
        keys.email_key,
        min(identities.customer_id) as customer_id
    from unified.contact_keys as keys
    inner join unified.inboxes as inbox on keys.email_key = inbox.email_key and not inbox.is_shared
    inner join mart.customer_identities as identities
        on
            keys.tool = identities.tool
            and keys.record_type = identities.record_type
            and keys.record_id = identities.record_id
    group by keys.email_key
    having count(distinct identities.customer_id) = 1
),

named as (
    select
        members.* exclude (campaign_name),
        coalesce(members.campaign_name, campaigns.campaign_name) as campaign_name
    from unified.campaign_members as members
    left join unified.campaigns as campaigns
        on members.tool = campaigns.tool and members.campaign_id = campaigns.campaign_id
)

select
    named.tool,
    named.record_id,
    named.campaign_id,
    named.campaign_name,
    campaigns.campaign_key,
    named.record_type,
    named.contact_record_id,
    named.email,
    named.full_name,
    named.member_status,
    named.has_responded,
    named.responded_at,
    named.created_at,
    coalesce(recorded.customer_id, addressed.customer_id) as customer_id
from named
left join mart.customer_identities as recorded
    on
        named.tool = recorded.tool
        and coalesce(named.record_type, 'contact') = recorded.record_type
        and named.contact_record_id = recorded.record_id
left join addressed on lower(trim(named.email)) = addressed.email_key
left join mart.campaign_identities as campaigns
    on
        named.tool = campaigns.tool
        and campaigns.account_id is null
        and named.campaign_id is not distinct from campaigns.campaign_id
        and named.campaign_name = campaigns.campaign_name
