-- Several records of one tool are one person.
-- grain: one row per contact record
-- severity: medium
-- owner: tool
-- check: mart.customer_identities
-- fix: Merge the records in the tool; the customer lists them.
with current_records as (
    select identities.*
    from mart.customer_identities as identities
    inner join unified.contacts as contacts
        on
            identities.tool = contacts.tool
            and identities.record_type = contacts.record_type
            and identities.record_id = contacts.record_id
    left join mart.customer_identities as successors
        on
            contacts.tool = successors.tool
            and contacts.successor_id = concat_ws('/', successors.record_type, successors.record_id)
    -- what was converted or merged is no record of its own any more
    where successors.customer_id is null
)

select
    tool,
    'contacts' as subject,
    'unified.contacts' as row_table,
    concat_ws('/', tool, record_type, record_id) as row_key
from current_records
qualify count(*) over (partition by tool, record_type, customer_id) > 1
