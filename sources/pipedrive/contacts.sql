-- People as Pipedrive knows them, each with its organization: by identifier, or else by name.
-- grain: one row per Pipedrive person.
with persons as (
    select
        *,
        -- an address is personal and an identifier is shown: without ID its digest stands for the first who uses it
        coalesce(
            record_id,
            case
                when row_number() over (
                    partition by record_id is null, lower(email) order by lower(full_name) asc, _row_number asc
                ) = 1 then md5(lower(email))
            end,
            md5(lower(concat_ws('/', coalesce(email, phone), full_name, first_name, last_name)))
        ) as person_id
    from raw_pipedrive.persons
),

organizations as (
    select
        lower(name) as name_key,
        -- as in the feed of companies
        coalesce(
            record_id, md5(lower(registration_number)), md5(lower(domain)), md5(lower(name))
        ) as organization_id
    from raw_pipedrive.organizations
),

named_organizations as (
    select
        name_key,
        min(organization_id) as organization_id
    from organizations
    group by name_key
    having count(distinct organization_id) = 1
)

select
    'pipedrive' as tool,
    'contact' as record_type,
    persons.person_id as record_id,
    nullif(trim(split_part(persons.email, ',', 1)), '') as email,
    nullif(trim(split_part(persons.phone, ',', 1)), '') as phone,
    persons.first_name,
    persons.last_name,
    coalesce(persons.full_name, nullif(concat_ws(' ', persons.first_name, persons.last_name), '')) as full_name,
    persons.company,
    coalesce(persons.company_record_id, named_organizations.organization_id) as company_record_id,
    persons.job_title,
    persons.street,
    persons.house_number,
    persons.address_line_2,
    persons.city,
    persons.postcode,
    persons.region,
    persons.country,
    persons.source,
    persons.owner,
    persons.created_at,
    persons.updated_at,
    persons._file_id,
    persons._row_number
from persons
left join named_organizations on lower(persons.company) = named_organizations.name_key
qualify
    row_number() over (
        partition by persons.person_id
        order by persons.updated_at desc nulls last, persons._file_id asc, persons._row_number desc
    ) = 1
