-- What ads cost and brought, per day where the report has days, otherwise over the period of its file.
-- grain: one row per campaign or ad group, and day or period.
with reports as (
    select
        'campaign' as level,
        account_id,
        campaign_id,
        campaign_name,
        campaign_type,
        date,
        currency,
        spend,
        impressions,
        clicks,
        conversions,
        conversion_value,
        _file_id,
        _row_number
    from raw_google_ads.campaign_report
    union all
    select
        'ad_group' as level,
        account_id,
        campaign_id,
        campaign_name,
        campaign_type,
        date,
        currency,
        spend,
        impressions,
        clicks,
        conversions,
        conversion_value,
        _file_id,
        _row_number
    from raw_google_ads.ad_group_report
)

select
    'google_ads' as tool,
    reports.account_id,
    reports.level,
    reports.campaign_id,
    reports.campaign_name,
    reports.campaign_type as channel,
    reports.date,
    case when reports.date is null then files.period_start end as period_start,
    case when reports.date is null then files.period_end end as period_end,
    case when reports.date is null then 'period' else 'day' end as grain,
    reports.currency,
    reports.spend,
    reports.impressions,
    reports.clicks,
    reports.conversions,
    reports.conversion_value,
    reports._file_id,
    reports._row_number
from reports
left join ops.files as files on reports._file_id = files.file_id and files.status = 'loaded'
