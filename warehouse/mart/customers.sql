-- The people behind the contacts, each with the most complete name and the most recent of every other value.
-- grain: one row per customer
with ranked as (
    select
        identities.customer_id,
        contacts.tool,
        contacts.first_name,
        contacts.last_name,
        contacts.phone,
        contacts.company,
        contacts.job_title,
        contacts.city,
        contacts.postcode,
        contacts.country,
        keys.phone_e164,
        coalesce(contacts.full_name, nullif(concat_ws(' ', contacts.first_name, contacts.last_name), '')) as full_name,
        -- an address that is somebody's own stands before one that is shared, and any address before what is none
        case when keys.email_key is null then null else trim(contacts.email) end as email,
        case when inbox.is_shared then 0 else 1 end as is_own_address,
        contacts.created_at as first_seen_at,
        coalesce(contacts.updated_at, contacts.created_at) as last_seen_at,
        case
            when length(keys.first_key) > 1 and length(keys.last_key) > 1 then 2
            when keys.name_key like '% %' then 1
            else 0
        end as name_completeness,
        row_number() over (
            partition by identities.customer_id
            order by coalesce(contacts.updated_at, contacts.created_at) asc nulls first, keys.contact_key asc
        ) as recency
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
    left join unified.inboxes as inbox on keys.email_key = inbox.email_key
),

ordered as (
    select
        *,
        is_own_address * 1000000000 + recency as email_rank
    from ranked
),

-- the whole name and its parts come from one record, never half from each
named as (
    select
        customer_id,
        full_name,
        first_name,
        last_name
    from ranked
    where full_name is not null
    qualify row_number() over (partition by customer_id order by name_completeness desc, recency desc) = 1
),

stated as (
    select
        customer_id,
        bool_or(value = 'granted') as is_granted,
        bool_or(value = 'withdrawn') as is_withdrawn
    from mart.consents
    where channel = 'email'
    group by customer_id
)

select
    ordered.customer_id,
    max(named.full_name) as full_name,
    max(named.first_name) as first_name,
    max(named.last_name) as last_name,
    arg_max(ordered.email, ordered.email_rank) filter (where ordered.email is not null) as email,
    coalesce(
        arg_max(ordered.phone_e164, ordered.recency) filter (where ordered.phone_e164 is not null),
        arg_max(ordered.phone, ordered.recency) filter (where ordered.phone is not null)
    ) as phone,
    arg_max(ordered.company, ordered.recency) filter (where ordered.company is not null) as company,
    arg_max(ordered.job_title, ordered.recency) filter (where ordered.job_title is not null) as job_title,
    arg_max(ordered.city, ordered.recency) filter (where ordered.city is not null) as city,
    arg_max(ordered.postcode, ordered.recency) filter (where ordered.postcode is not null) as postcode,
    arg_max(ordered.country, ordered.recency) filter (where ordered.country is not null) as country,
    case
        when max(stated.is_granted) and max(stated.is_withdrawn) then 'conflict'
        when max(stated.is_withdrawn) then 'withdrawn'
        when max(stated.is_granted) then 'granted'
        else 'unknown'
    end as email_consent,
    count(distinct ordered.tool) as source_count,
    count(*) as contact_count,
    min(ordered.first_seen_at) as first_seen_at,
    max(ordered.last_seen_at) as last_seen_at
from ordered
left join named on ordered.customer_id = named.customer_id
left join stated on ordered.customer_id = stated.customer_id
group by ordered.customer_id
