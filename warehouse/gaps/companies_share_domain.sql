-- Several companies are known under one domain, so it says nothing about which of them is meant.
-- grain: one row per company record
-- severity: low
-- owner: tool
-- check: unified.company_domains
-- fix: Check the registration numbers; if a group shares the domain, accept the gap: its companies stay apart.
with records as (
    select
        keys.tool,
        keys.company_key,
        keys.domain_key,
        identities.company_id,
        case when domains.registration_count > 1 then 'several registration numbers' else 'many names' end as subject
    from unified.company_domains as domains
    inner join unified.company_keys as keys on domains.domain_key = keys.domain_key
    inner join mart.company_identities as identities
        on keys.tool = identities.tool and keys.record_id = identities.record_id
    where domains.is_shared
),

shared as (
    select domain_key
    from records
    group by domain_key
    having count(distinct company_id) > 1
)

select
    records.tool,
    records.subject,
    'unified.companies' as row_table,
    records.company_key as row_key
from records
inner join shared on records.domain_key = shared.domain_key
