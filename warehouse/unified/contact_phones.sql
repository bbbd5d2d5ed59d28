-- Contacts with the country by which their numbers are read, and their phone number in E.164 form.
-- grain: one row per contact record of a tool
-- kept: tonight
with spellings as (
    select coalesce(country, '') as country from unified.contacts
    union
    select coalesce(country, '') as country from unified.companies
),

countries as (
    select
        spellings.country,
        known.country_code
    from spellings
    left join ref.countries as known on lower(strip_accents(trim(spellings.country))) = known.name
),

contacts as (
    select
        concat_ws('/', c.tool, c.record_type, c.record_id) as contact_key,
        coalesce(own.country_code, employers.country_code, settings.country_code) as country_code,
        replace(case when ends_with(c.phone, '.0') then left(c.phone, length(c.phone) - 2) else c.phone end, '(0)', '')
            as phone
    from unified.contacts as c
    cross join ref.settings as settings
    left join unified.companies as companies on c.tool = companies.tool and c.company_record_id = companies.record_id
    left join countries as own on coalesce(c.country, '') = own.country
    left join countries as employers on coalesce(companies.country, '') = employers.country
),

stripped as (
    select
        contact_key,
        country_code,
        phone,
        translate(phone, ' .-()/', '') as digits
    from contacts
),

-- words before a number and extensions behind it are no part of it
dialled as (
    select
        contact_key,
        country_code,
        case
            when regexp_full_match(digits, '\+?[0-9]+') then digits
            else regexp_replace(regexp_extract(phone, '\+?[0-9][0-9\s\p{Z}\p{Pd}+()./]*'), '[^0-9+]', '', 'g')
        end as dialled
    from stripped
),

-- a number dialled with + or 00 names its country itself
directed as (
    select
        contact_key,
        country_code,
        case
            when starts_with(dialled, '+') then replace(dialled, '+', '')
            when starts_with(dialled, '00') then substr(dialled, 3)
            else ''
        end as from_abroad,
        case when not starts_with(dialled, '+') and not starts_with(dialled, '00') then dialled end as at_home
    from dialled
),

calling_codes as (
    select
        calling_code,
        min(national_prefix) as national_prefix,
        min(min_length) as min_length,
        max(max_length) as max_length
    from ref.phone_plans
    group by calling_code
),

beginnings as (
    select lpad(cast(unnest(range(0, 1000)) as varchar), 3, '0') as beginning
    union all
    select '' as beginning
),

-- no calling code begins with another
abroad as (
    select
        beginnings.beginning,
        codes.calling_code,
        codes.national_prefix,
        codes.min_length,
        codes.max_length
    from beginnings
    left join calling_codes as codes on starts_with(beginnings.beginning, codes.calling_code)
),

planned as (
    select
        directed.contact_key,
        directed.country_code,
        coalesce(abroad.calling_code, home.calling_code) as calling_code,
        case when abroad.calling_code is null then home.national_prefix else abroad.national_prefix end
            as national_prefix,
        coalesce(abroad.min_length, home.min_length) as min_length,
        coalesce(abroad.max_length, home.max_length) as max_length,
        case
            when abroad.calling_code is not null then substr(directed.from_abroad, length(abroad.calling_code) + 1)
            when length(directed.at_home) > home.max_length and starts_with(directed.at_home, home.calling_code)
                then substr(directed.at_home, length(home.calling_code) + 1)
            else directed.at_home
        end as national
    from directed
    left join abroad on left(directed.from_abroad, 3) = abroad.beginning
    left join ref.phone_plans as home on directed.country_code = home.country_code
),

trimmed as (
    select
        contact_key,
        country_code,
        calling_code,
        min_length,
        max_length,
        case
            when starts_with(national, national_prefix) and length(national) - length(national_prefix) >= min_length
                then substr(national, length(national_prefix) + 1)
            else national
        end as national
    from planned
)

select
    contact_key,
    country_code,
    case
        when
            length(national) between min_length and max_length
            -- one digit over and over, or all of them in order, is typed and not dialled
            and replace(substr(national, 2), right(national, 1), '') != ''
            and not contains('01234567890123456789', national)
            and not contains('98765432109876543210', national)
            then '+' || calling_code || national
    end as phone_e164
from trimmed
