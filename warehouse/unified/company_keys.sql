-- Companies with the key by which the same company can be recognised: its domain, or else its name without legal form.
-- grain: one row per company record of a tool
with named as (
    select
        tool,
        record_id,
        regexp_replace(regexp_replace(lower(trim(domain)), '^(https?://)?(www\.)?', ''), '[/?#].*$', '') as domain_key,
        trim(regexp_replace(lower(strip_accents(name)), '[^\p{L}\p{N}]+', ' ', 'g')) as name_key
    from unified.companies
),

trimmed as (
    select
        tool,
        record_id,
        nullif(domain_key, '') as domain_key,
        nullif(trim(regexp_replace(
            ' ' || name_key || ' ',
            ' (sarl|sasu|sas|sa|eurl|snc|sci|gie|ltd|limited|plc|llc|inc|corp|gmbh|ag|bv|nv|srl|spa) ',
            ' ',
            'g'
        )), '') as name_key
    from named
)

select
    tool,
    record_id,
    coalesce(domain_key, name_key, concat_ws('/', tool, record_id)) as company_key
from trimmed
