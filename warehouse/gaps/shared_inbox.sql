-- One address is used by several people, so it says nothing about who they are.
-- grain: one row per contact record
-- severity: medium
-- owner: tool
-- check: unified.inboxes
-- fix: Ask each person for an address of their own; nobody was merged on this one.
select
    keys.tool,
    case when inbox.is_role then 'a function''s address' else 'names that contradict' end as subject,
    'unified.contacts' as row_table,
    keys.contact_key as row_key
from unified.inboxes as inbox
inner join unified.contact_keys as keys on inbox.email_key = keys.email_key
where inbox.is_shared and inbox.name_count > 1
