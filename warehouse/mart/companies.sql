-- The companies behind the tools' company records, with the customers that work there.
-- grain: one row per company
with stated as (
    select
        keys.company_key,
        companies.tool,
        companies.record_id,
        companies.name,
        companies.domain,
        companies.industry,
        companies.city,
        companies.country,
        row_number() over (
            partition by keys.company_key
            order by companies.created_at asc nulls first, companies.tool asc, companies.record_id asc
        ) as recency
    from unified.companies as companies
    inner join unified.company_keys as keys
        on companies.tool = keys.tool and companies.record_id = keys.record_id
),

employed as (
    select
        stated.company_key,
        count(distinct identities.customer_id) as customer_count
    from stated
    inner join unified.contacts as contacts
        on stated.tool = contacts.tool and stated.record_id = contacts.company_record_id
    inner join mart.customer_identities as identities
        on
            contacts.tool = identities.tool
            and contacts.record_type = identities.record_type
            and contacts.record_id = identities.record_id
    group by stated.company_key
)

select
    'o_' || left(md5(stated.company_key), 16) as company_id,
    arg_max(stated.name, stated.recency) filter (where stated.name is not null) as name,
    arg_max(stated.domain, stated.recency) filter (where stated.domain is not null) as domain,
    arg_max(stated.industry, stated.recency) filter (where stated.industry is not null) as industry,
    arg_max(stated.city, stated.recency) filter (where stated.city is not null) as city,
    arg_max(stated.country, stated.recency) filter (where stated.country is not null) as country,
    count(distinct stated.tool) as source_count,
    coalesce(max(employed.customer_count), 0) as customer_count
from stated
left join employed on stated.company_key = employed.company_key
group by stated.company_key
