-- Ids that customers were published under and none is any more, each with the customer that it leads to today.
-- grain: one row per former customer id
with former as (
    select
        ids.contact_key,
        ids.customer_id as old_customer_id,
        -- what a contact was until tonight it was last
        coalesce(ids.until_night, 1000000000) as until_night
    from ops.customer_ids as ids
    left join mart.customer_identities as holders on ids.customer_id = holders.customer_id
    where holders.customer_id is null
),

whereabouts as (
    select
        former.old_customer_id,
        former.until_night,
        identities.customer_id
    from former
    left join mart.customer_identities as identities
        on former.contact_key = concat_ws('/', identities.tool, identities.record_type, identities.record_id)
),

-- who left it earlier was not this customer any more when it ended; who is in no export is nobody today
last_contacts as (
    select
        old_customer_id,
        customer_id
    from whereabouts
    where customer_id is not null
    qualify rank() over (partition by old_customer_id order by until_night desc) = 1
),

counted as (
    select
        old_customer_id,
        customer_id,
        count(*) as contact_count
    from last_contacts
    group by old_customer_id, customer_id
),

led as (
    select
        *,
        count(*) over (partition by old_customer_id) as customer_count
    from counted
    qualify row_number() over (partition by old_customer_id order by contact_count desc, customer_id asc) = 1
),

ids as (
    select distinct old_customer_id
    from former
)

select
    ids.old_customer_id,
    led.customer_id,
    coalesce(led.contact_count, 0) as contact_count,
    coalesce(led.customer_count, 0) as customer_count
from ids
left join led on ids.old_customer_id = led.old_customer_id
