-- Figures of every e-mail campaign sent.
-- grain: one row per campaign sent
select
    sends.tool,
    sends.campaign_id,
    sends.campaign_name,
    identities.campaign_key,
    sends.subject,
    sends.audience,
    sends.sent_at,
    sends.recipients,
    sends.delivered,
    sends.unique_opens,
    sends.total_opens,
    sends.unique_clicks,
    sends.total_clicks,
    sends.unsubscribes,
    sends.bounces,
    sends.complaints,
    sends.orders,
    sends.revenue,
    sends.currency
from unified.email_performance as sends
left join mart.campaign_identities as identities
    on
        sends.tool = identities.tool
        and identities.account_id is null
        and sends.campaign_id is not distinct from identities.campaign_id
        and sends.campaign_name = identities.campaign_name
