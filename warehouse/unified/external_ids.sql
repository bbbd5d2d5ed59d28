-- Identifiers of other systems that contacts state, one by one.
-- grain: one row per contact record of a tool and name of an identifier
with stated as (
    select
        concat_ws('/', tool, record_type, record_id) as contact_key,
        tool,
        -- two lists of equal length are unnested side by side
        unnest(regexp_extract_all(external_ids, '"([^"]*)":\s*"([^"]*)"', 1)) as id_name,
        unnest(regexp_extract_all(external_ids, '"([^"]*)":\s*"([^"]*)"', 2)) as external_id
    from unified.contacts
    where external_ids is not null
)

select
    contact_key,
    tool,
    id_name,
    trim(external_id) as external_id
from stated
-- a short number is an identifier in any number of systems
where length(trim(external_id)) >= 6
