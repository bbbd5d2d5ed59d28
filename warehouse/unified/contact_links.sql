-- Contacts that exact keys show to be one person, each linked to the first of its group or to what it was made into.
-- grain: one row per contact, linked contact and rule
with grouped as (
    select
        keys.contact_key,
        keys.birth_date,
        'same_email' as match_rule,
        keys.email_key as shared_key
    from unified.contact_keys as keys
    inner join unified.inboxes as inbox on keys.email_key = inbox.email_key
    where not inbox.is_shared
    union all
    select
        keys.contact_key,
        keys.birth_date,
        'same_shared_email_and_name' as match_rule,
        concat_ws('/', keys.email_key, keys.name_key) as shared_key
    from unified.contact_keys as keys
    inner join unified.inboxes as inbox on keys.email_key = inbox.email_key
    where inbox.is_shared and keys.name_key like '% %'
    union all
    select
        contact_key,
        birth_date,
        'same_phone_and_name' as match_rule,
        concat_ws('/', phone_e164, name_key) as shared_key
    from unified.contact_keys
    where phone_e164 is not null and name_key like '% %'
),

-- two birth dates are two people, whatever else they share
groups as (
    select
        match_rule,
        shared_key,
        min(contact_key) as linked_key
    from grouped
    group by match_rule, shared_key
    having count(*) > 1 and count(distinct birth_date) <= 1
)

select
    grouped.contact_key,
    groups.linked_key,
    grouped.match_rule
from grouped
inner join groups on grouped.match_rule = groups.match_rule and grouped.shared_key = groups.shared_key
where grouped.contact_key != groups.linked_key
group by grouped.contact_key, groups.linked_key, grouped.match_rule
union all
-- the tool itself says so, whatever else the records state
select
    concat_ws('/', contacts.tool, contacts.record_type, contacts.record_id) as contact_key,
    successors.contact_key as linked_key,
    'same_record' as match_rule
from unified.contacts as contacts
inner join unified.contact_keys as successors
    on concat_ws('/', contacts.tool, contacts.successor_id) = successors.contact_key
where concat_ws('/', contacts.record_type, contacts.record_id) != contacts.successor_id
