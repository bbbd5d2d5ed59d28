-- Several records of one tool are one company.
-- grain: one row per company record
-- severity: low
-- owner: tool
-- check: mart.company_identities
-- fix: Merge the records in the tool; mart.company_identities lists them by company.
with current_records as (
    select identities.*
    from mart.company_identities as identities
    inner join unified.companies as companies
        on identities.tool = companies.tool and identities.record_id = companies.record_id
    left join mart.company_identities as successors
        on companies.tool = successors.tool and companies.successor_id = successors.record_id
    -- what was merged is no record of its own any more
    where successors.company_id is null
)

select
    tool,
    'companies' as subject,
    'unified.companies' as row_table,
    concat_ws('/', tool, record_id) as row_key
from current_records
qualify count(*) over (partition by tool, company_id) > 1
