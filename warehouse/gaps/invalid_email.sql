-- What stands in the e-mail field is no address.
-- grain: one row per contact record
-- severity: medium
-- owner: tool
-- check: unified.contacts
-- fix: Correct the address in the tool, or empty the field.
select
    contacts.tool,
    'contacts' as subject,
    'unified.contacts' as row_table,
    keys.contact_key as row_key
from unified.contacts as contacts
inner join unified.contact_keys as keys
    on
        contacts.tool = keys.tool
        and contacts.record_type = keys.record_type
        and contacts.record_id = keys.record_id
where contacts.email is not null and keys.email_key is null
