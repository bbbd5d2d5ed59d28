-- Deals of Salesforce: its opportunities, with their campaign's name and their main contact from whichever export says.
-- grain: one row per Salesforce opportunity.
with keyed as (
    select
        *,
        -- exports state one opportunity with 15 or, a checksum added, 18 characters
        coalesce(left(record_id, 15), md5(concat_ws('/', lower(name), lower(company), created_at))) as deal_id,
        left(campaign_id, 15) as known_campaign_id,
        lower(stage) as stage_label
    from raw_salesforce.opportunities
),

-- a report with contact roles repeats the opportunity for each contact
newest as (
    select *
    from keyed
    qualify
        row_number() over (
            partition by deal_id
            order by
                coalesce(updated_at, created_at) desc nulls last,
                length(record_id) desc nulls last,
                is_primary desc nulls last,
                _file_id asc,
                _row_number asc
        ) = 1
),

campaigns as (
    select
        left(campaign_id, 15) as known_campaign_id,
        arg_max(campaign_name, coalesce(updated_at, created_at, timestamp '1970-01-01')) as campaign_name
    from raw_salesforce.campaigns
    group by left(campaign_id, 15)
),

named as (
    select
        left(deal_record_id, 15) as deal_id,
        left(contact_record_id, 15) as contact_id,
        coalesce(is_primary, false) as is_primary,
        created_at
    from raw_salesforce.contact_roles
    where not coalesce(is_deleted, false)
    union all
    -- the contact that the opportunity's lead became
    select
        left(converted_deal_id, 15) as deal_id,
        left(converted_contact_id, 15) as contact_id,
        false as is_primary,
        converted_at as created_at
    from raw_salesforce.people
    where converted_deal_id is not null and converted_contact_id is not null
),

main_contacts as (
    select
        deal_id,
        contact_id
    from named
    qualify
        row_number() over (
            partition by deal_id order by is_primary desc, created_at asc nulls last, contact_id asc
        ) = 1
)

select
    'salesforce' as tool,
    newest.deal_id as record_id,
    newest.name,
    newest.stage,
    case
        when newest.is_won then 'won'
        when regexp_matches(newest.stage_label, '(^|[^a-zé])(lost|perdue?)([^a-zé]|$)') then 'lost'
        when regexp_matches(newest.stage_label, '(^|[^a-zé])(won|gagn[ée]e?)([^a-zé]|$)') then 'won'
        when newest.is_closed and newest.is_won is null and newest.probability = 100 then 'won'
        when newest.is_closed then 'lost'
        else 'open'
    end as status,
    coalesce(newest.amount, newest.converted_amount) as amount,
    case when newest.amount is null then newest.converted_currency else newest.currency end as currency,
    newest.created_at,
    newest.closed_on,
    newest.source,
    coalesce(newest.campaign_name, campaigns.campaign_name) as campaign_name,
    left(newest.company_record_id, 15) as company_record_id,
    coalesce(left(newest.contact_record_id, 15), main_contacts.contact_id) as contact_record_id,
    coalesce(newest.owner, newest.owner_id) as owner,
    newest._file_id,
    newest._row_number
from newest
left join campaigns on newest.known_campaign_id = campaigns.known_campaign_id
left join main_contacts on newest.deal_id = main_contacts.deal_id
where not coalesce(newest.is_deleted, false)
