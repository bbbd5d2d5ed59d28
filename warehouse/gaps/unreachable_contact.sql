-- A contact has neither an e-mail address nor a phone number.
-- grain: one row per contact record
-- severity: low
-- owner: tool
-- check: unified.contacts
-- fix: Complete the record in the tool, or archive it.
select
    tool,
    'contacts' as subject,
    'unified.contacts' as row_table,
    concat_ws('/', tool, record_type, record_id) as row_key
from unified.contacts
where email is null and phone is null
