-- Contacts that exact rules show to be one person, each linked to the first of its group or to what it was made into.
-- grain: one row per contact, linked contact and rule
with mailboxes as (
    select mailbox_key
    from unified.contact_keys
    where mailbox_key is not null and name_key like '% %'
    group by mailbox_key
    having min(email_key) != max(email_key)
),

grouped as (
    select
        keys.contact_key,
        keys.birth_date,
        case when inbox.is_shared then 'same_shared_email_and_name' else 'same_email' end as match_rule,
        keys.email_key as shared_key,
        -- branches of one organisation bear its name and share its inbox
        case
            when inbox.is_shared and keys.is_organisation
                then concat_ws(' ', keys.name_key, coalesce(keys.postcode_key, keys.city_key, keys.contact_key))
            when inbox.is_shared then concat_ws(' ', keys.name_key, keys.generation_key)
            else ''
        end as shared_name
    from unified.contact_keys as keys
    inner join unified.inboxes as inbox on keys.email_key = inbox.email_key
    where inbox.contact_count > 1 and (not inbox.is_shared or keys.name_key like '% %')
    union all
    select
        keys.contact_key,
        keys.birth_date,
        'same_phone_and_name' as match_rule,
        keys.phone_e164 as shared_key,
        concat_ws(' ', keys.name_key, keys.generation_key) as shared_name
    from unified.contact_keys as keys
    inner join unified.phone_lines as line on keys.phone_e164 = line.phone_e164
    -- a family's line may be a father's and his son's of one name
    where line.contact_count > 1 and line.name_count = 1 and not line.is_shared and keys.name_key like '% %'
    union all
    select
        keys.contact_key,
        keys.birth_date,
        'same_mailbox_and_name' as match_rule,
        keys.mailbox_key as shared_key,
        concat_ws(' ', keys.name_key, keys.generation_key) as shared_name
    from unified.contact_keys as keys
    inner join mailboxes on keys.mailbox_key = mailboxes.mailbox_key
    where keys.name_key like '% %'
),

-- two birth dates are two people, whatever else they share
groups as (
    select
        match_rule,
        shared_key,
        shared_name,
        min(contact_key) as linked_key
    from grouped
    group by match_rule, shared_key, shared_name
    having count(*) > 1 and count(distinct birth_date) <= 1
)

select
    grouped.contact_key,
    groups.linked_key,
    grouped.match_rule
from grouped
inner join groups
    on
        grouped.match_rule = groups.match_rule
        and grouped.shared_key = groups.shared_key
        and grouped.shared_name = groups.shared_name
where grouped.contact_key != groups.linked_key
group by grouped.contact_key, groups.linked_key, grouped.match_rule
union all
select
    contact_key,
    linked_key,
    'same_external_id' as match_rule
from unified.external_links
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
union all
-- people settled it
select distinct
    contacts.contact_key,
    linked.contact_key as linked_key,
    'decided' as match_rule
from ops.decisions as decisions
inner join unified.contact_keys as contacts on decisions.subject = contacts.contact_key
inner join unified.contact_keys as linked on decisions.other_subject = linked.contact_key
where decisions.kind = 'same_customer' and decisions.undone_at is null
