-- Figures of every ads campaign: of a day where the tool states days, else of a period; spend in two currencies.
-- grain: one row per tool, account, campaign, channel, currency and day or period
with counted as (
    select figures.*
    from unified.ad_performance as figures
    left join unified.ad_residual as residual
        on figures._file_id = residual._file_id and figures._row_number = residual._row_number
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
        min(segments) as segments,
        -- finer rows do not always show all of their campaign
        coalesce(bool_or(level != 'campaign' or segments is not null), false) as is_partial,
        case when count(distinct _file_id) = 1 then min(_file_id) end as file_id,
        sum(spend) as spend,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(conversions) as conversions,
        sum(conversion_value) as conversion_value
    from counted
    group by
        tool, account_id, campaign_id, campaign_name, channel, currency, grain, date, period_start, period_end
),

-- the total of a file of one table and one currency: the widest it states
totals as (
    select
        file_id,
        min(currency) as currency,
        coalesce(max(stated) filter (where total = 'wider'), max(stated)) as stated_spend
    from mart.control_totals
    where field = 'spend' and total != 'part'
    group by file_id
    having count(distinct table_number) = 1
),

rated as (
    select
        summed.*,
        settings.run_date,
        coalesce(tools.restatement_days, settings.provisional_days) as provisional_days,
        case when summed.currency = settings.base_currency then 1 else rates.rate end as rate,
        rates.rate_date
    from summed
    cross join ref.settings as settings
    left join ops.tools as tools on summed.tool = tools.tool
    left join unified.rates as rates
        on summed.currency = rates.currency and coalesce(summed.date, summed.period_end) = rates.date
)

select
    rated.date,
    rated.tool,
    rated.account_id,
    rated.campaign_id,
    rated.campaign_name,
    identities.campaign_key,
    rated.channel,
    rated.currency,
    rated.spend,
    rated.impressions,
    rated.clicks,
    rated.conversions,
    rated.conversion_value,
    rated.is_partial,
    rated.grain,
    rated.level,
    rated.segments,
    rated.period_start,
    rated.period_end,
    rated.rate,
    rated.rate_date,
    cast(rated.spend * rated.rate as decimal(18, 6)) as spend_base,
    case when rated.is_partial then totals.stated_spend end as stated_spend,
    coalesce(coalesce(rated.date, rated.period_end) > rated.run_date - rated.provisional_days, false) as is_provisional
from rated
left join totals on rated.file_id = totals.file_id and rated.currency = totals.currency
left join mart.campaign_identities as identities
    on
        rated.tool = identities.tool
        and rated.account_id is not distinct from identities.account_id
        and rated.campaign_id is not distinct from identities.campaign_id
        and rated.campaign_name = identities.campaign_name
