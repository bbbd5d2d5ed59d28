-- A company's registration number cannot be one: its check digit is wrong, or it is too short or a stand-in.
-- grain: one row per company record
-- severity: low
-- owner: tool
-- check: unified.companies
-- fix: Correct the number in the tool; it is the surest sign of which company a record is.
select
    companies.tool,
    'companies' as subject,
    'unified.companies' as row_table,
    keys.company_key as row_key
from unified.companies as companies
inner join unified.company_keys as keys
    on companies.tool = keys.tool and companies.record_id = keys.record_id
where regexp_matches(companies.registration_number, '[0-9]') and keys.registration_key is null
