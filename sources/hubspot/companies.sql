-- Companies as HubSpot knows them.
-- grain: one row per HubSpot company.
select
    'hubspot' as tool,
    record_id,
    name,
    coalesce(domain, website) as domain,
    industry,
    city,
    country,
    owner,
    created_at,
    _file_id,
    _row_number
from raw_hubspot.companies
