-- Several records of one tool are one person.
-- grain: one row per contact record
-- severity: medium
-- owner: tool
-- check: mart.customer_identities
-- fix: Merge the records in the tool; the customer lists them.
select
    identities.tool,
    'contacts' as subject,
    'unified.contacts' as row_table,
    concat_ws('/', identities.tool, identities.record_type, identities.record_id) as row_key
from mart.customer_identities as identities
qualify count(*) over (partition by identities.tool, identities.record_type, identities.customer_id) > 1
