-- Deals beside the customer, company and campaign they belong to, with the amount in its own and the base currency.
-- grain: one row per deal record of a tool
select
    deals.tool,
    deals.record_id,
    deals.name,
    identities.customer_id,
    companies.company_id,
    campaigns.campaign_key,
    deals.pipeline,
    deals.stage,
    deals.status,
    deals.amount,
    deals.currency,
    deals.created_at,
    deals.closed_on,
    deals.source,
    deals.owner,
    rates.rate_date,
    case when deals.currency = settings.base_currency then 1 else rates.rate end as rate,
    cast(
        deals.amount * case when deals.currency = settings.base_currency then 1 else rates.rate end as decimal(18, 6)
    ) as amount_base
from unified.deals as deals
cross join ref.settings as settings
left join mart.customer_identities as identities
    on
        deals.tool = identities.tool
        and identities.record_type = 'contact'
        and deals.contact_record_id = identities.record_id
left join mart.company_identities as companies
    on deals.tool = companies.tool and deals.company_record_id = companies.record_id
left join mart.campaign_identities as campaigns
    on
        deals.tool = campaigns.tool
        and campaigns.account_id is null
        and campaigns.campaign_id is null
        and deals.campaign_name = campaigns.campaign_name
left join unified.rates as rates
    on deals.currency = rates.currency and coalesce(deals.closed_on, cast(deals.created_at as date)) = rates.date
