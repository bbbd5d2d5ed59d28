-- The people behind the contacts: their golden record, what they consented to, and how well they are known.
-- grain: one row per customer
with golden as (
    select
        customer_id,
        max(case when field = 'full_name' then value end) as full_name,
        max(case when field = 'first_name' then value end) as first_name,
        max(case when field = 'last_name' then value end) as last_name,
        max(case when field = 'email' then value end) as email,
        max(case when field = 'phone' then value end) as phone,
        max(case when field = 'company' then value end) as company,
        max(case when field = 'job_title' then value end) as job_title,
        max(case when field = 'city' then value end) as city,
        max(case when field = 'postcode' then value end) as postcode,
        max(case when field = 'country' then value end) as country
    from mart.customer_values
    group by customer_id
),

known as (
    select
        identities.customer_id,
        count(distinct identities.tool) as source_count,
        count(*) as contact_count,
        min(contacts.created_at) as first_seen_at,
        max(coalesce(contacts.updated_at, contacts.created_at)) as last_seen_at
    from mart.customer_identities as identities
    inner join unified.contacts as contacts
        on
            identities.tool = contacts.tool
            and identities.record_type = contacts.record_type
            and identities.record_id = contacts.record_id
    group by identities.customer_id
)

select
    known.customer_id,
    golden.full_name,
    golden.first_name,
    golden.last_name,
    golden.email,
    golden.phone,
    golden.company,
    golden.job_title,
    golden.city,
    golden.postcode,
    golden.country,
    coalesce(consents.state, 'unknown') as email_consent,
    known.source_count,
    known.contact_count,
    known.first_seen_at,
    known.last_seen_at
from known
left join golden on known.customer_id = golden.customer_id
left join mart.customer_consents as consents
    on known.customer_id = consents.customer_id and consents.channel = 'email' and consents.purpose is null
