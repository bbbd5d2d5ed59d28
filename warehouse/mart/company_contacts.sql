-- Contacts beside the company they belong to: by its record in their tool, the domain of their address, or its name.
-- grain: one row per contact of a company
with domains as (
    select
        keys.domain_key,
        min(identities.company_id) as company_id
    from unified.company_keys as keys
    inner join unified.company_domains as domains on keys.domain_key = domains.domain_key
    inner join mart.company_identities as identities
        on keys.tool = identities.tool and keys.record_id = identities.record_id
    where not domains.is_shared
    group by keys.domain_key
    -- what two companies have says of nobody which of them is meant
    having count(distinct identities.company_id) = 1
),

names as (
    select
        keys.country_code,
        keys.name_key,
        min(identities.company_id) as company_id
    from unified.company_keys as keys
    inner join mart.company_identities as identities
        on keys.tool = identities.tool and keys.record_id = identities.record_id
    where keys.name_key is not null
    group by keys.country_code, keys.name_key
    having count(distinct identities.company_id) = 1
),

placed as (
    select
        keys.tool,
        keys.record_type,
        keys.record_id,
        coalesce(recorded.company_id, domains.company_id, names.company_id) as company_id,
        case
            when recorded.company_id is not null then 'same_record'
            when domains.company_id is not null then 'same_domain'
            else 'same_name'
        end as match_rule
    from unified.contact_keys as keys
    inner join unified.contacts as contacts
        on
            keys.tool = contacts.tool
            and keys.record_type = contacts.record_type
            and keys.record_id = contacts.record_id
    left join mart.company_identities as recorded
        on contacts.tool = recorded.tool and contacts.company_record_id = recorded.record_id
    left join domains on regexp_extract(keys.email_key, '@(.*)$', 1) = domains.domain_key
    left join unified.organisation_names as employers on contacts.company = employers.name
    left join names on keys.country_code = names.country_code and employers.name_key = names.name_key
)

select
    placed.company_id,
    placed.tool,
    placed.record_type,
    placed.record_id,
    identities.customer_id,
    placed.match_rule
from placed
inner join mart.customer_identities as identities
    on
        placed.tool = identities.tool
        and placed.record_type = identities.record_type
        and placed.record_id = identities.record_id
where placed.company_id is not null
