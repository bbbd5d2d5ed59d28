-- Deals of Pipedrive, linked to person and organization by identifier, or else by a name that only one of them bears.
-- grain: one row per Pipedrive deal.
with persons as (
    select
        lower(coalesce(full_name, concat_ws(' ', first_name, last_name))) as name_key,
        -- as in contacts
        coalesce(
            record_id,
            case
                when row_number() over (
                    partition by record_id is null, lower(email) order by lower(full_name) asc, _row_number asc
                ) = 1 then md5(lower(email))
            end,
            md5(lower(concat_ws('/', coalesce(email, phone), full_name, first_name, last_name)))
        ) as person_id
    from raw_pipedrive.persons
),

named_persons as (
    select
        name_key,
        min(person_id) as person_id
    from persons
    group by name_key
    having count(distinct person_id) = 1
),

organizations as (
    select
        lower(name) as name_key,
        -- as in contacts
        coalesce(
            record_id, md5(lower(registration_number)), md5(lower(domain)), md5(lower(name))
        ) as organization_id
    from raw_pipedrive.organizations
),

named_organizations as (
    select
        name_key,
        min(organization_id) as organization_id
    from organizations
    group by name_key
    having count(distinct organization_id) = 1
)

select
    'pipedrive' as tool,
    -- deals of one title are told apart by their order
    coalesce(
        deals.record_id,
        md5(concat_ws('/', lower(deals.name), cast(row_number() over (
            partition by deals.record_id is null, lower(deals.name) order by deals._file_id asc, deals._row_number asc
        ) as varchar)))
    ) as record_id,
    deals.name,
    deals.pipeline,
    deals.stage,
    coalesce(
        deals.status,
        case when deals.won_at is not null then 'won' when deals.lost_at is not null then 'lost' else 'open' end
    ) as status,
    deals.amount,
    deals.currency,
    deals.created_at,
    coalesce(cast(coalesce(deals.closed_at, deals.won_at, deals.lost_at) as date), deals.expected_on) as closed_on,
    deals.source,
    deals.campaign_name,
    coalesce(deals.company_record_id, named_organizations.organization_id) as company_record_id,
    coalesce(deals.contact_record_id, named_persons.person_id) as contact_record_id,
    deals.owner,
    deals._file_id,
    deals._row_number
from raw_pipedrive.deals as deals
left join named_persons on lower(deals.contact) = named_persons.name_key
left join named_organizations on lower(deals.company) = named_organizations.name_key
qualify
    deals.record_id is null
    or row_number() over (
        partition by deals.record_id
        order by deals.updated_at desc nulls last, deals._file_id asc, deals._row_number desc
    ) = 1
