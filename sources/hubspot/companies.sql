-- Companies as HubSpot knows them, each with the one it was merged into.
-- grain: one row per HubSpot company.
with merged as (
    select
        trim(merged_ids.merged_id) as record_id,
        min(companies.record_id) as successor_id
    from raw_hubspot.companies as companies
    cross join unnest(string_split(companies.merged_record_ids, ';')) as merged_ids (merged_id)
    where trim(merged_ids.merged_id) != companies.record_id
    group by trim(merged_ids.merged_id)
)

select
    'hubspot' as tool,
    companies.record_id,
    companies.name,
    coalesce(companies.domain, companies.website) as domain,
    companies.registration_number,
    companies.phone,
    companies.industry,
    companies.street,
    companies.postcode,
    companies.city,
    companies.country,
    merged.successor_id,
    companies.owner,
    companies.created_at,
    companies.updated_at,
    companies._file_id,
    companies._row_number
from raw_hubspot.companies as companies
left join merged on companies.record_id = merged.record_id
