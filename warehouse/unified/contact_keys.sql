-- Contacts with the keys by which the same person can be recognised in another tool.
-- grain: one row per contact record of a tool
with successors as (
    select distinct
        tool,
        successor_id
    from unified.contacts
    where successor_id is not null
),

-- a converted or merged record is its successor's, who states what is true of the person
heirs as (
    select
        successors.tool,
        successors.successor_id,
        contacts.birth_date
    from successors
    inner join unified.contacts as contacts
        on
            successors.tool = contacts.tool
            and successors.successor_id = concat_ws('/', contacts.record_type, contacts.record_id)
    where contacts.birth_date is not null
),

named as (
    select
        concat_ws('/', contacts.tool, contacts.record_type, contacts.record_id) as contact_key,
        contacts.tool,
        contacts.record_type,
        contacts.record_id,
        contacts.email,
        contacts.house_number,
        contacts.street,
        contacts.address_line_2,
        contacts.city,
        contacts.postcode,
        contacts.region,
        contacts.company,
        contacts.birth_date,
        contacts.successor_id,
        first_name.words as first_words,
        first_name.first_root,
        last_name.words as last_words,
        coalesce(last_name.generation_key, first_name.generation_key) as generation_key,
        first_name.is_organisation or last_name.is_organisation as is_organisation,
        first_name.is_function as is_first_function,
        last_name.is_function as is_last_function,
        -- the field that holds both first and last name, if one does
        coalesce(case
            when first_name.words is not null and last_name.words is not null then ''
            when contacts.first_name is null and contacts.last_name is null then contacts.full_name
            when contacts.first_name is not null and contacts.last_name is not null
                then case
                    when contains(last_name.words, ' ') then contacts.last_name
                    when contains(first_name.words, ' ') then contacts.first_name
                end
            when
                contains(coalesce(first_name.words, last_name.words), ' ')
                or contacts.full_name != coalesce(contacts.first_name, contacts.last_name)
                then contacts.full_name
        end, '') as whole_name
    from unified.contacts as contacts
    -- joins that find a row for each contact, be it for an empty text, are twice as quick as those that do not
    left join unified.stated_names as first_name on coalesce(contacts.first_name, '') = first_name.as_stated
    left join unified.stated_names as last_name on coalesce(contacts.last_name, '') = last_name.as_stated
),

located as (
    select
        named.contact_key,
        named.tool,
        named.record_type,
        named.record_id,
        case when mended.as_stated is null then lower(named.email) else mended.email_key end as email_key,
        phones.phone_e164,
        phones.country_code,
        case when named.whole_name = '' then named.first_words else whole.first_key end as first_key,
        case
            when named.whole_name = '' then named.first_root
            when whole.first_key is not null then whole.first_root
        end as first_root,
        case when named.whole_name = '' then named.last_words else whole.last_key end as last_key,
        coalesce(named.generation_key, whole.generation_key) as generation_key,
        case
            when street.line_key is not null
                then concat_ws(' ', coalesce(street.house_number, house.house_number), street.line_key)
        end as street_key,
        nullif(concat_ws(' ', line_2.house_number, line_2.line_key), '') as address_2_key,
        city.text_key as city_key,
        postcode.text_key as postcode_key,
        region.text_key as region_key,
        employer.text_key as employer_key,
        coalesce(heirs.birth_date, named.birth_date) as stated_birth_date,
        coalesce(whole.is_whole_name, false) as is_whole_name,
        named.is_organisation
        or whole.is_organisation
        or (
            coalesce(named.is_first_function, named.is_last_function, whole.is_function, false)
            and coalesce(named.is_last_function, true)
            and coalesce(whole.is_function, true)
        ) as is_organisation
    from named
    left join unified.stated_names as whole on named.whole_name = whole.as_stated
    left join unified.address_lines as street on coalesce(named.street, '') = street.as_stated
    left join unified.address_lines as house on coalesce(named.house_number, '') = house.as_stated
    left join unified.address_lines as line_2 on coalesce(named.address_line_2, '') = line_2.as_stated
    left join unified.field_keys as city on coalesce(named.city, '') = city.as_stated and city.field = 'city'
    left join unified.field_keys as postcode
        on coalesce(named.postcode, '') = postcode.as_stated and postcode.field = 'postcode'
    left join unified.field_keys as region on coalesce(named.region, '') = region.as_stated and region.field = 'region'
    left join unified.field_keys as employer
        on coalesce(named.company, '') = employer.as_stated and employer.field = 'company'
    left join unified.contact_phones as phones on named.contact_key = phones.contact_key
    left join unified.mended_emails as mended on named.email = mended.as_stated
    left join heirs on named.tool = heirs.tool and named.successor_id = heirs.successor_id
),

-- when people who are known can have been born, and what is typed where nobody knows
births as (
    select
        settings.run_date,
        -- where spreadsheets begin to count; nobody alive was born earlier
        date '1900-01-01' as earliest,
        list(try_cast(placeholders.word as date)) as placeholders
    from ref.settings as settings
    left join ref.placeholders as placeholders on placeholders.field = 'birth_date'
    group by settings.run_date
),

told as (
    select
        located.*,
        -- a year of two digits was read as one of this century
        case
            when located.stated_birth_date > births.run_date
                then cast(located.stated_birth_date - interval 100 year as date)
            else located.stated_birth_date
        end as birth_date,
        -- who states an own company's name as first and last name is a person all the same
        coalesce(
            located.is_organisation
            or (
                located.employer_key = concat_ws(' ', located.first_key, located.last_key)
                and (located.is_whole_name or located.first_key is null or located.last_key is null)
            ), false
        ) as is_nobody
    from located
    cross join births
)

select
    told.contact_key,
    told.tool,
    told.record_type,
    told.record_id,
    told.email_key,
    case
        when told.email_key like '+%' then told.email_key
        when told.email_key like '%@gmail.com' or told.email_key like '%@googlemail.com'
            then replace(split_part(split_part(told.email_key, '@', 1), '+', 1), '.', '') || '@gmail.com'
        when contains(told.email_key, '+')
            then split_part(split_part(told.email_key, '@', 1), '+', 1) || '@' || split_part(told.email_key, '@', 2)
        else told.email_key
    end as mailbox_key,
    told.phone_e164,
    told.country_code,
    case when not told.is_nobody then told.first_key end as first_key,
    case when not told.is_nobody then told.first_root end as first_root,
    case when told.is_nobody then nullif(concat_ws(' ', told.first_key, told.last_key), '') else told.last_key end
        as last_key,
    case
        when contains(told.first_key, ' ') or contains(told.last_key, ' ')
            then array_to_string(list_sort(string_split(concat_ws(' ', told.first_key, told.last_key), ' ')), ' ')
        when told.first_key < told.last_key then concat_ws(' ', told.first_key, told.last_key)
        else nullif(concat_ws(' ', told.last_key, told.first_key), '')
    end as name_key,
    told.generation_key,
    told.street_key,
    told.address_2_key,
    told.city_key,
    told.postcode_key,
    told.region_key,
    told.employer_key,
    case
        when
            told.birth_date between births.earliest and births.run_date
            and not list_contains(births.placeholders, told.birth_date)
            then told.birth_date
    end as birth_date,
    told.is_whole_name,
    told.is_nobody as is_organisation
from told
cross join births
