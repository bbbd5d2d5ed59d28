-- Contacts with the keys by which the same person can be recognised in another tool.
-- grain: one row per contact record of a tool
with contacts as (
    select
        c.tool,
        c.record_type,
        c.record_id,
        -- a converted or merged record is its successor's, who states what is true of the person
        coalesce(successor.birth_date, c.birth_date) as birth_date,
        concat_ws('/', c.tool, c.record_type, c.record_id) as contact_key,
        lower(trim(c.email)) as address,
        regexp_replace(replace(c.phone, '(0)', ''), '[^0-9+]', '', 'g') as dialled,
        coalesce(countries.country_code, settings.country_code) as country_code,
        nullif(trim(regexp_replace(lower(strip_accents(c.first_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as first_key,
        nullif(trim(regexp_replace(lower(strip_accents(c.last_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as last_key,
        nullif(trim(regexp_replace(lower(strip_accents(c.full_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as full_key
    from unified.contacts as c
    cross join ref.settings as settings
    left join unified.contacts as successor
        on c.tool = successor.tool and c.successor_id = concat_ws('/', successor.record_type, successor.record_id)
    left join ref.countries as countries on lower(strip_accents(trim(c.country))) = countries.name
),

-- a number dialled with + or 00 names its country itself
calling_codes as (
    select
        calling_code,
        min(national_prefix) as national_prefix,
        min(min_length) as min_length,
        max(max_length) as max_length
    from ref.phone_plans
    group by calling_code
),

international as (
    select
        contact_key,
        case when starts_with(dialled, '+') then substr(dialled, 2) else substr(dialled, 3) end as digits
    from contacts
    where starts_with(dialled, '+') or starts_with(dialled, '00')
),

numbers as (
    select
        i.contact_key,
        code.calling_code,
        code.min_length,
        code.max_length,
        code.national_prefix,
        substr(i.digits, length(code.calling_code) + 1) as national
    from international as i
    inner join calling_codes as code
        on code.calling_code in (left(i.digits, 1), left(i.digits, 2), left(i.digits, 3))
    union all
    select
        c.contact_key,
        plan.calling_code,
        plan.min_length,
        plan.max_length,
        plan.national_prefix,
        case
            when length(c.dialled) > plan.max_length and starts_with(c.dialled, plan.calling_code)
                then substr(c.dialled, length(plan.calling_code) + 1)
            else c.dialled
        end as national
    from contacts as c
    inner join ref.phone_plans as plan on c.country_code = plan.country_code
    where not starts_with(c.dialled, '+') and not starts_with(c.dialled, '00')
),

trimmed as (
    select
        contact_key,
        calling_code,
        min_length,
        max_length,
        case
            when starts_with(national, national_prefix) then substr(national, length(national_prefix) + 1)
            else national
        end as national
    from numbers
),

phones as (
    select
        contact_key,
        min('+' || calling_code || national) as phone_e164
    from trimmed
    where length(national) between min_length and max_length
    group by contact_key
)

select
    contacts.contact_key,
    contacts.tool,
    contacts.record_type,
    contacts.record_id,
    phones.phone_e164,
    contacts.country_code,
    contacts.first_key,
    contacts.last_key,
    contacts.birth_date,
    case
        when regexp_full_match(contacts.address, '[^@\s,;<>()]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}')
            then contacts.address
    end as email_key,
    array_to_string(
        list_sort(
            string_split(
                coalesce(nullif(concat_ws(' ', contacts.first_key, contacts.last_key), ''), contacts.full_key), ' '
            )
        ),
        ' '
    ) as name_key
from contacts
left join phones on contacts.contact_key = phones.contact_key
