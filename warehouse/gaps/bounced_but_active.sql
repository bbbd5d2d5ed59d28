-- An address that bounced for good in one tool is still mailed to by another, or by another record of the same one.
-- grain: one row per contact record that is still active
-- severity: medium
-- owner: tool
-- check: mart.consents
-- fix: Take the address off the list, or ask the person for one that works.
with addressed as (
    select
        consents.*,
        keys.email_key
    from mart.consents as consents
    inner join unified.contact_keys as keys
        on
            consents.tool = keys.tool
            and consents.record_type = keys.record_type
            and consents.record_id = keys.record_id
    where consents.channel = 'email' and consents.is_current and keys.email_key is not null
),

bounced as (
    select
        email_key,
        tool,
        max(known_at) as bounced_at
    from addressed
    where evidence = 'hard bounce'
    group by email_key, tool
),

records as (
    select
        email_key,
        tool,
        record_type,
        record_id,
        max(case when value = 'granted' and is_date_reliable then stated_at end) as granted_at
    from addressed
    group by email_key, tool, record_type, record_id
    -- what an import put on a list is mailed to, whether or not it proves consent
    having
        bool_or(value = 'granted' or coalesce(evidence = 'bulk import', false))
        and not bool_or(value = 'withdrawn' or coalesce(evidence = 'hard bounce', false))
)

select
    records.tool,
    'bounced in ' || bounced.tool as subject,
    'unified.contacts' as row_table,
    concat_ws('/', records.tool, records.record_type, records.record_id) as row_key
from records
inner join bounced on records.email_key = bounced.email_key
-- who agreed after the bounce has a mailbox again
where not coalesce(records.granted_at > bounced.bounced_at, false)
