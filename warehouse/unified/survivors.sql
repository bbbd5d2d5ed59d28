-- Where a customer has several contacts: which of them each part of the golden record is taken from.
-- grain: one row per customer of several contacts and part that any of them states
with several as (
    select customer_id
    from mart.customer_identities
    group by customer_id
    having count(*) > 1
),

shared_inboxes as (
    select email_key
    from unified.inboxes
    where is_shared
),

shared_lines as (
    select
        phone_e164,
        is_placeholder
    from unified.phone_lines
    where is_shared or is_placeholder
),

known as (
    select
        identities.customer_id,
        keys.contact_key,
        coalesce(contacts.updated_at, contacts.created_at) as stated_at,
        coalesce(1000000 - tools.trust_rank, 0) as trust,
        -- what is one value however it is written
        coalesce(keys.name_key, lower(contacts.full_name)) as name_key,
        keys.email_key,
        coalesce(keys.phone_e164, contacts.phone) as phone_key,
        coalesce(keys.employer_key, lower(contacts.company), lower(contacts.job_title)) as employment_key,
        coalesce(keys.city_key, keys.postcode_key, keys.region_key, keys.street_key, lower(contacts.country))
            as place_key,
        cast(contacts.birth_date as varchar) as birth_date_key,
        lower(trim(contacts.gender)) as gender_key,
        -- what comes first under any rule: the person's own, and what says where
        case when keys.is_organisation then 0 else 1 end as name_standing,
        case when inbox.email_key is null then 1 else 0 end as email_standing,
        case
            when line.is_placeholder then 0
            when keys.phone_e164 is null then 1
            when line.phone_e164 is not null then 2
            else 3
        end as phone_standing,
        case when contacts.company is null then 0 else 1 end as employment_standing,
        case when keys.city_key is not null then 2 when keys.postcode_key is not null then 1 else 0 end
            as address_standing,
        -- how much of the part is stated
        case
            when length(keys.first_key) > 1 and length(keys.last_key) > 1 and keys.is_whole_name is not true then 2
            when keys.name_key like '% %' then 1
            else 0
        end as name_fullness,
        case when contacts.job_title is null then 0 else 1 end as employment_fullness,
        case when keys.street_key is null then 0 else 2 end
        + case when keys.postcode_key is null then 0 else 1 end as address_fullness
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
    inner join several on identities.customer_id = several.customer_id
    left join shared_inboxes as inbox on keys.email_key = inbox.email_key
    left join shared_lines as line on keys.phone_e164 = line.phone_e164
    left join ops.tools as tools on contacts.tool = tools.tool
),

ages as (
    select
        contact_key,
        row_number() over (order by stated_at asc nulls first, contact_key asc) as recency
    from known
),

parts as (
    select distinct
        part,
        survivorship_rule
    from ref.survivorship
),

statements as (
    select
        known.customer_id,
        known.contact_key,
        known.trust,
        ages.recency,
        parts.part,
        parts.survivorship_rule,
        case parts.part
            when 'name' then known.name_key
            when 'email' then known.email_key
            when 'phone' then known.phone_key
            when 'employment' then known.employment_key
            when 'address' then known.place_key
            when 'birth_date' then known.birth_date_key
            when 'gender' then known.gender_key
        end as value_key,
        case parts.part
            when 'name' then known.name_standing
            when 'email' then known.email_standing
            when 'phone' then known.phone_standing
            when 'employment' then known.employment_standing
            when 'address' then known.address_standing
            else 0
        end as standing,
        case parts.part
            when 'name' then known.name_fullness
            when 'employment' then known.employment_fullness
            when 'address' then known.address_fullness
            else 0
        end as fullness
    from known
    inner join ages on known.contact_key = ages.contact_key
    cross join parts
),

-- one number to compare by: the standing first, then what the rule asks for, then recency
compared as (
    select
        customer_id,
        part,
        value_key,
        max(
            standing * 100000000000000000
            + case survivorship_rule when 'most_trusted' then trust when 'most_complete' then fullness else 0 end
            * 10000000000
            + recency
        ) as preference,
        max(case when survivorship_rule = 'most_frequent' then 10000000000 else 0 end) * count(*) as frequency,
        -- the fullest record that states the value gives its words
        arg_max(contact_key, fullness * 10000000000 + recency) as contact_key
    from statements
    where value_key is not null
    group by customer_id, part, value_key
)

select
    customer_id,
    part,
    arg_max(contact_key, preference + frequency) as contact_key
from compared
group by customer_id, part
