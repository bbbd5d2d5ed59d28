-- Company records that exact rules show to be one company, each linked to the first of its group or to its successor.
-- grain: one row per company record, linked record and rule
with keys as (
    select
        keys.company_key,
        keys.registration_key,
        keys.registration_form,
        keys.place_key,
        keys.phone_key,
        keys.country_code || '/' || keys.name_key as named,
        coalesce(names.is_distinctive, false) as is_distinctive,
        case when not domains.is_shared then keys.domain_key end as domain_key
    from unified.company_keys as keys
    left join unified.company_domains as domains on keys.domain_key = domains.domain_key
    left join unified.company_names as names
        on keys.country_code = names.country_code and keys.name_key = names.name_key
),

grouped as (
    select
        company_key,
        'same_registration_number' as match_rule,
        registration_key as shared_key
    from keys
    union all
    select
        company_key,
        'same_domain' as match_rule,
        domain_key as shared_key
    from keys
    union all
    -- a name that many could have says something together with the telephone or the town only
    select
        company_key,
        'same_name_and_phone' as match_rule,
        named || '/' || phone_key as shared_key
    from keys
    union all
    select
        company_key,
        'same_name_and_place' as match_rule,
        named || '/' || place_key as shared_key
    from keys
    union all
    select
        company_key,
        'same_name' as match_rule,
        named as shared_key
    from keys
    where is_distinctive
),

groups as (
    select
        grouped.match_rule,
        grouped.shared_key,
        min(grouped.company_key) as linked_key
    from grouped
    inner join keys on grouped.company_key = keys.company_key
    where grouped.shared_key is not null
    group by grouped.match_rule, grouped.shared_key
    having
        count(*) > 1
        -- a number under more domains is an accountant's, or stands in for one
        and (grouped.match_rule != 'same_registration_number' or count(distinct keys.domain_key) <= 3)
        -- a name is believed where nothing contradicts it: neither number nor domain nor town
        and (
            grouped.match_rule in ('same_registration_number', 'same_domain')
            or (
                count(distinct keys.registration_key) = count(distinct keys.registration_form)
                and count(distinct left(keys.registration_form, 2)) <= 1
                and count(distinct keys.domain_key) <= 1
                and (grouped.match_rule = 'same_name_and_phone' or count(distinct keys.place_key) <= 1)
            )
        )
)

select
    grouped.company_key,
    groups.linked_key,
    grouped.match_rule
from grouped
inner join groups on grouped.match_rule = groups.match_rule and grouped.shared_key = groups.shared_key
where grouped.company_key != groups.linked_key
union all
-- the tool itself says so
select
    concat_ws('/', companies.tool, companies.record_id) as company_key,
    concat_ws('/', successors.tool, successors.record_id) as linked_key,
    'same_record' as match_rule
from unified.companies as companies
inner join unified.companies as successors
    on companies.tool = successors.tool and companies.successor_id = successors.record_id
where companies.record_id != successors.record_id
