-- The companies behind the tools' records, each with its usual name, its newest values and how many customers it has.
-- grain: one row per company
with stated as (
    select
        identities.company_id,
        companies.*,
        keys.domain_key,
        keys.registration_key,
        row_number() over (
            partition by identities.company_id
            order by
                coalesce(companies.updated_at, companies.created_at) asc nulls first,
                companies.tool asc,
                companies.record_id asc
        ) as recency
    from unified.companies as companies
    inner join unified.company_keys as keys
        on companies.tool = keys.tool and companies.record_id = keys.record_id
    inner join mart.company_identities as identities
        on companies.tool = identities.tool and companies.record_id = identities.record_id
),

-- the name that most records have, rather one that is not in capitals
spelled as (
    select
        company_id,
        name
    from stated
    where name is not null
    group by company_id, name
    qualify
        row_number() over (
            partition by company_id
            order by count(*) desc, case when name = upper(name) then 1 else 0 end asc, max(recency) desc
        ) = 1
),

-- an address comes from one record, never half from each
addressed as (
    select
        company_id,
        street,
        postcode,
        city,
        country
    from stated
    qualify
        row_number() over (
            partition by company_id
            order by
                case when city is null and postcode is null then 0 else 1 end desc,
                case when street is null then 0 else 1 end desc,
                case when postcode is null then 0 else 1 end desc,
                case when country is null then 0 else 1 end desc,
                recency desc
        ) = 1
),

employed as (
    select
        company_id,
        count(distinct customer_id) as customer_count
    from mart.company_contacts
    group by company_id
)

select
    stated.company_id,
    max(spelled.name) as name,
    arg_max(stated.domain_key, stated.recency) filter (where stated.domain_key is not null) as domain,
    arg_max(stated.registration_key, stated.recency)
    filter (where stated.registration_key is not null) as registration_number,
    arg_max(stated.phone, stated.recency) filter (where stated.phone is not null) as phone,
    arg_max(stated.industry, stated.recency) filter (where stated.industry is not null) as industry,
    max(addressed.street) as street,
    max(addressed.postcode) as postcode,
    max(addressed.city) as city,
    coalesce(
        max(addressed.country), arg_max(stated.country, stated.recency) filter (where stated.country is not null)
    ) as country,
    count(distinct stated.tool) as source_count,
    count(*) as record_count,
    coalesce(max(employed.customer_count), 0) as customer_count,
    min(stated.created_at) as first_seen_at,
    max(coalesce(stated.updated_at, stated.created_at)) as last_seen_at
from stated
inner join addressed on stated.company_id = addressed.company_id
left join spelled on stated.company_id = spelled.company_id
left join employed on stated.company_id = employed.company_id
group by stated.company_id
