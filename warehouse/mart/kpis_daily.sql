-- The company's figures of each day, money in the base currency; figures stated only for a period are not in it.
-- grain: one row per day with figures
with ads as (
    select
        date,
        sum(spend_base) as spend_base,
        count(*) filter (where spend is not null and spend_base is null) as spend_unconverted_rows,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(conversions) as conversions
    from mart.campaign_performance
    where grain = 'day'
    group by date
),

sends as (
    select
        cast(sent_at as date) as date,
        sum(recipients) as recipients,
        sum(delivered) as delivered,
        sum(unique_opens) as unique_opens,
        sum(unique_clicks) as unique_clicks,
        sum(unsubscribes) as unsubscribes
    from mart.email_performance
    group by cast(sent_at as date)
),

created as (
    select
        cast(created_at as date) as date,
        count(*) as new_contacts
    from unified.contacts
    group by cast(created_at as date)
),

opened as (
    select
        cast(created_at as date) as date,
        count(*) as deals_created
    from mart.deals
    group by cast(created_at as date)
),

won as (
    select
        closed_on as date,
        count(*) as deals_won,
        sum(amount_base) as revenue_won_base
    from mart.deals
    where status = 'won'
    group by closed_on
),

days as (
    select date from ads
    union
    select date from sends
    union
    select date from created
    union
    select date from opened
    union
    select date from won
)

select
    days.date,
    ads.spend_base,
    ads.spend_unconverted_rows,
    ads.impressions,
    ads.clicks,
    ads.conversions,
    coalesce(created.new_contacts, 0) as new_contacts,
    sends.recipients,
    sends.delivered,
    sends.unique_opens,
    sends.unique_clicks,
    sends.unsubscribes,
    coalesce(opened.deals_created, 0) as deals_created,
    coalesce(won.deals_won, 0) as deals_won,
    won.revenue_won_base
from days
left join ads on days.date = ads.date
left join sends on days.date = sends.date
left join created on days.date = created.date
left join opened on days.date = opened.date
left join won on days.date = won.date
where days.date is not null
