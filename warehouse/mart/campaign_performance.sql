-- Figures of every ads campaign: of a day where the tool states days, else of a period; spend in two currencies.
-- grain: one row per tool, account, campaign, channel, currency and day or period
with residual as (
    select
        _file_id,
        _row_number
    from unified.ad_residual
),

counted as (
    select figures.*
    from unified.ad_performance as figures
    left join residual on figures._file_id = residual._file_id and figures._row_number = residual._row_number
    where residual._file_id is null
),

summed as (
    select
        tool,
        account_id,
        campaign_id,
        campaign_name,
        channel,
        currency,
        grain,
        date,
        period_start,
        period_end,
        min(level) as level,
        sum(spend) as spend,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(conversions) as conversions,
        sum(conversion_value) as conversion_value
    from counted
    group by
        tool, account_id, campaign_id, campaign_name, channel, currency, grain, date, period_start, period_end
)

select
    summed.date,
    summed.tool,
    summed.account_id,
    summed.campaign_id,
    summed.campaign_name,
    identities.campaign_key,
    summed.channel,
    summed.currency,
    summed.spend,
    summed.impressions,
    summed.clicks,
    summed.conversions,
    summed.conversion_value,
    summed.grain,
    summed.level,
    summed.period_start,
    summed.period_end,
    rates.rate_date,
    case when summed.currency = settings.base_currency then 1 else rates.rate end as rate,
    cast(
        summed.spend * case when summed.currency = settings.base_currency then 1 else rates.rate end
        as decimal(18, 6)
    ) as spend_base,
    coalesce(
        coalesce(summed.date, summed.period_end) > settings.run_date - settings.provisional_days, false
    ) as is_provisional
from summed
cross join ref.settings as settings
left join mart.campaign_identities as identities
    on
        summed.tool = identities.tool
        and summed.account_id is not distinct from identities.account_id
        and summed.campaign_id is not distinct from identities.campaign_id
        and summed.campaign_name = identities.campaign_name
left join unified.rates as rates
    on summed.currency = rates.currency and coalesce(summed.date, summed.period_end) = rates.date
