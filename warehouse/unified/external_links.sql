-- Contacts that state one identifier of another system, or one the other's own, and whose names do not say otherwise.
-- grain: one row per contact and linked contact
-- an identifier counts where one record of each tool states it
with owned as (
    select
        external_id,
        tool,
        min(contact_key) as contact_key
    from unified.external_ids
    group by external_id, tool
    having count(*) = 1
    union all
    select
        ids.external_id,
        keys.tool,
        keys.contact_key
    from unified.external_ids as ids
    inner join unified.contact_keys as keys on ids.external_id = keys.record_id
    where ids.tool != keys.tool
),

matched as (
    select distinct
        a.contact_key,
        b.contact_key as linked_key
    from owned as a
    inner join owned as b on a.external_id = b.external_id
    where a.contact_key > b.contact_key
)

select
    matched.contact_key,
    matched.linked_key
from matched
inner join unified.contact_keys as a on matched.contact_key = a.contact_key
inner join unified.contact_keys as b on matched.linked_key = b.contact_key
-- two systems may count alike
where
    a.name_key is null
    or b.name_key is null
    or a.last_key = b.last_key
    or a.email_key = b.email_key
    or jaro_winkler_similarity(a.name_key, b.name_key) >= 0.9
