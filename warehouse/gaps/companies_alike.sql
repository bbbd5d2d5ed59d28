-- Companies of one country have the same name, and nothing says whether they are one company.
-- grain: one row per company record
-- severity: low
-- owner: tool
-- check: mart.company_identities
-- fix: Add domain or registration number in the tool; where they agree the records become one company.
with records as (
    select
        identities.company_id,
        keys.company_key,
        keys.tool,
        keys.country_code,
        keys.name_key,
        -- a number says which company it is, and so does a domain under a name that many could have
        max(keys.registration_key) over (partition by identities.company_id) is null
        and (names.is_distinctive or max(keys.domain_key) over (partition by identities.company_id) is null)
            as is_uncertain
    from mart.company_identities as identities
    inner join unified.company_keys as keys
        on identities.tool = keys.tool and identities.record_id = keys.record_id
    inner join unified.company_names as names
        on keys.country_code = names.country_code and keys.name_key = names.name_key
),

-- a name that more than ten have is no sign of anything
alike as (
    select
        country_code,
        name_key
    from records
    group by country_code, name_key
    having count(distinct company_id) between 2 and 10 and bool_or(is_uncertain)
)

select
    records.tool,
    'companies' as subject,
    'unified.companies' as row_table,
    records.company_key as row_key
from records
inner join alike on records.country_code = alike.country_code and records.name_key = alike.name_key
