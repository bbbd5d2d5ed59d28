-- Every row of every ads report that no newer export has replaced, at its own level; add up within one level only.
-- grain: one row per row of an ads report
select
    figures.date,
    figures.tool,
    figures.account_id,
    figures.account_name,
    figures.level,
    figures.segments,
    figures.segment,
    figures.campaign_id,
    figures.campaign_name,
    identities.campaign_key,
    figures.ad_group_id,
    figures.ad_group_name,
    figures.ad_id,
    figures.ad_name,
    figures.keyword,
    figures.search_term,
    figures.channel,
    figures.objective,
    figures.currency,
    figures.spend,
    figures.impressions,
    figures.clicks,
    figures.conversions,
    figures.conversion_value,
    figures.grain,
    figures.period_start,
    figures.period_end,
    figures._file_id,
    figures._row_number,
    rates.rate_date,
    residual._file_id is null as is_counted,
    case when figures.currency = settings.base_currency then 1 else rates.rate end as rate,
    cast(
        figures.spend * case when figures.currency = settings.base_currency then 1 else rates.rate end
        as decimal(18, 6)
    ) as spend_base
from unified.ad_performance as figures
cross join ref.settings as settings
left join unified.ad_residual as residual
    on figures._file_id = residual._file_id and figures._row_number = residual._row_number
left join mart.campaign_identities as identities
    on
        figures.tool = identities.tool
        and figures.account_id is not distinct from identities.account_id
        and figures.campaign_id is not distinct from identities.campaign_id
        and figures.campaign_name = identities.campaign_name
left join unified.rates as rates
    on figures.currency = rates.currency and coalesce(figures.date, figures.period_end) = rates.date
