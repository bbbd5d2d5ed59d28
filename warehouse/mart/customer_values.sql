-- The golden record, value by value: the record it comes from, when that was stated, and the rule by which it stands.
-- grain: one row per customer and field that any of the customer's contacts states
with sizes as (
    select
        customer_id,
        count(*) as contact_count
    from mart.customer_identities
    group by customer_id
),

given as (
    select
        contact_key,
        bool_or(part = 'name') as name,
        bool_or(part = 'email') as email,
        bool_or(part = 'phone') as phone,
        bool_or(part = 'employment') as employment,
        bool_or(part = 'address') as address,
        bool_or(part = 'birth_date') as birth_date,
        bool_or(part = 'gender') as gender
    from unified.survivors
    group by contact_key
),

stated as (
    select
        keys.contact_key,
        contacts.*,
        keys.phone_e164,
        keys.name_key,
        keys.first_key,
        keys.last_key,
        keys.email_key,
        keys.employer_key,
        keys.street_key,
        keys.address_2_key,
        keys.postcode_key,
        keys.city_key,
        keys.region_key,
        countries.country_code as stated_country,
        identities.customer_id,
        sizes.contact_count = 1 as is_only
    from unified.contacts as contacts
    inner join unified.contact_keys as keys
        on
            contacts.tool = keys.tool
            and contacts.record_type = keys.record_type
            and contacts.record_id = keys.record_id
    inner join mart.customer_identities as identities
        on
            contacts.tool = identities.tool
            and contacts.record_type = identities.record_type
            and contacts.record_id = identities.record_id
    inner join sizes on identities.customer_id = sizes.customer_id
    left join ref.countries as countries on lower(strip_accents(trim(contacts.country))) = countries.name
),

counted as (
    select
        customer_id,
        count(distinct name_key) as full_name,
        count(distinct first_key) as first_name,
        count(distinct last_key) as last_name,
        count(distinct email_key) as email,
        count(distinct coalesce(phone_e164, phone)) as phone,
        count(distinct employer_key) as company,
        count(distinct lower(trim(job_title))) as job_title,
        count(distinct street_key) as street,
        count(distinct lower(trim(house_number))) as house_number,
        count(distinct address_2_key) as address_line_2,
        count(distinct postcode_key) as postcode,
        count(distinct city_key) as city,
        count(distinct region_key) as region,
        count(distinct coalesce(stated_country, lower(trim(country)))) as country,
        count(distinct birth_date) as birth_date,
        count(distinct lower(trim(gender))) as gender
    from stated
    where not is_only
    group by customer_id
),

shown as (
    select
        stated.customer_id,
        stated.tool,
        stated.record_type,
        stated.record_id,
        coalesce(stated.updated_at, stated.created_at) as stated_at,
        rules.field,
        rules.survivorship_rule,
        case rules.field
            when 'full_name'
                then coalesce(stated.full_name, nullif(concat_ws(' ', stated.first_name, stated.last_name), ''))
            when 'first_name' then stated.first_name
            when 'last_name' then stated.last_name
            when 'email' then case when stated.email_key is not null then trim(stated.email) end
            when 'phone' then coalesce(stated.phone_e164, stated.phone)
            when 'company' then stated.company
            when 'job_title' then stated.job_title
            when 'street' then stated.street
            when 'house_number' then stated.house_number
            when 'address_line_2' then stated.address_line_2
            when 'postcode' then stated.postcode
            when 'city' then stated.city
            when 'region' then stated.region
            when 'country' then stated.country
            when 'birth_date' then cast(stated.birth_date as varchar)
            when 'gender' then stated.gender
        end as value,
        greatest(
            1,
            case rules.field
                when 'full_name' then counted.full_name
                when 'first_name' then counted.first_name
                when 'last_name' then counted.last_name
                when 'email' then counted.email
                when 'phone' then counted.phone
                when 'company' then counted.company
                when 'job_title' then counted.job_title
                when 'street' then counted.street
                when 'house_number' then counted.house_number
                when 'address_line_2' then counted.address_line_2
                when 'postcode' then counted.postcode
                when 'city' then counted.city
                when 'region' then counted.region
                when 'country' then counted.country
                when 'birth_date' then counted.birth_date
                when 'gender' then counted.gender
            end
        ) as value_count
    from stated
    left join counted on stated.customer_id = counted.customer_id
    left join given on stated.contact_key = given.contact_key
    -- a customer's only contact gives all it states
    inner join ref.survivorship as rules
        on
            stated.is_only
            or case rules.part
                when 'name' then given.name
                when 'email' then given.email
                when 'phone' then given.phone
                when 'employment' then given.employment
                when 'address' then given.address
                when 'birth_date' then given.birth_date
                when 'gender' then given.gender
            end
)

select *
from shown
where value is not null
