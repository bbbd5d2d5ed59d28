-- Deals of HubSpot, won and lost told by the label of their stage.
-- grain: one row per HubSpot deal.
with deals as (
    select
        *,
        lower(stage) as stage_label,
        -- an amount without its own currency is in the company's, where HubSpot restates it
        case when currency is null then coalesce(company_amount, amount) else amount end as stated_amount,
        coalesce(currency, company_currency) as stated_currency
    from raw_hubspot.deals
)

select
    'hubspot' as tool,
    record_id,
    name,
    pipeline,
    stage,
    case
        when regexp_matches(stage_label, '^(closed ?|ferm[ée]e? )?(lost|perdue?)([^a-z]|$)') then 'lost'
        when regexp_matches(stage_label, '^(closed ?|ferm[ée]e? )?(won|gagn[ée]e?)([^a-z]|$)') then 'won'
        else 'open'
    end as status,
    stated_amount as amount,
    stated_currency as currency,
    created_at,
    close_date as closed_on,
    source,
    campaign_name,
    nullif(trim(split_part(company_record_id, ';', 1)), '') as company_record_id,
    nullif(trim(split_part(contact_record_ids, ';', 1)), '') as contact_record_id,
    owner,
    _file_id,
    _row_number
from deals
