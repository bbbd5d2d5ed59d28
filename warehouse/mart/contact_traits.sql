-- What contacts have in common, without what it is: where two have the same number, they state the same.
-- grain: one row per contact record of a tool
with numbered as (
    select
        contact_key,
        name_key,
        last_key,
        birth_date,
        email_key,
        phone_e164,
        employer_key,
        is_organisation,
        case
            when street_key is not null then concat_ws('/', street_key, coalesce(postcode_key, city_key))
        end as address_key,
        row_number() over (order by contact_key) as number
    from unified.contact_keys
),

-- what several state is called by the number of the first of them
names as (
    select
        name_key,
        min(number) as first_number
    from numbered
    group by name_key
    having count(name_key) > 1
),

last_names as (
    select
        last_key,
        min(number) as first_number
    from numbered
    group by last_key
    having count(last_key) > 1
),

birth_dates as (
    select
        birth_date,
        min(number) as first_number
    from numbered
    group by birth_date
    having count(birth_date) > 1
),

emails as (
    select
        email_key,
        min(number) as first_number
    from numbered
    group by email_key
    having count(email_key) > 1
),

phones as (
    select
        phone_e164,
        min(number) as first_number
    from numbered
    group by phone_e164
    having count(phone_e164) > 1
),

addresses as (
    select
        address_key,
        min(number) as first_number
    from numbered
    group by address_key
    having count(address_key) > 1
),

companies as (
    select
        employer_key,
        min(number) as first_number
    from numbered
    group by employer_key
    having count(employer_key) > 1
)

select
    numbered.contact_key,
    case
        when numbered.name_key is not null then coalesce(names.first_number, numbered.number)
    end as name_group,
    case
        when numbered.last_key is not null then coalesce(last_names.first_number, numbered.number)
    end as last_name_group,
    case
        when numbered.birth_date is not null then coalesce(birth_dates.first_number, numbered.number)
    end as birth_date_group,
    case
        when numbered.email_key is not null then coalesce(emails.first_number, numbered.number)
    end as email_group,
    case
        when numbered.phone_e164 is not null then coalesce(phones.first_number, numbered.number)
    end as phone_group,
    case
        when numbered.address_key is not null then coalesce(addresses.first_number, numbered.number)
    end as address_group,
    case
        when numbered.employer_key is not null then coalesce(companies.first_number, numbered.number)
    end as company_group,
    inboxes.contact_count as email_contact_count,
    inboxes.name_count as email_name_count,
    inboxes.is_role as is_role_email,
    inboxes.is_shared as is_shared_email,
    lines.contact_count as phone_contact_count,
    lines.is_placeholder as is_placeholder_phone,
    lines.is_shared as is_shared_phone,
    numbered.is_organisation
from numbered
left join unified.inboxes as inboxes on numbered.email_key = inboxes.email_key
left join unified.phone_lines as lines on numbered.phone_e164 = lines.phone_e164
left join names on numbered.name_key = names.name_key
left join last_names on numbered.last_key = last_names.last_key
left join birth_dates on numbered.birth_date = birth_dates.birth_date
left join emails on numbered.email_key = emails.email_key
left join phones on numbered.phone_e164 = phones.phone_e164
left join addresses on numbered.address_key = addresses.address_key
left join companies on numbered.employer_key = companies.employer_key
