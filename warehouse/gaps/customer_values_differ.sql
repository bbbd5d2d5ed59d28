-- Two contacts of one customer state another birth date, or names with nothing in common.
-- grain: one row per contact record that states one side, and field
-- severity: medium
-- owner: marketing
-- check: mart.customer_values
-- fix: Correct the tool that is wrong; if they are two people, say so with `unsilo decide not-same`.
with golden as (
    select
        shown.customer_id,
        shown.field,
        keys.contact_key,
        keys.name_key,
        keys.first_key,
        keys.last_key,
        keys.is_organisation,
        shown.value
    from mart.customer_values as shown
    inner join unified.contact_keys as keys
        on
            shown.tool = keys.tool
            and shown.record_type = keys.record_type
            and shown.record_id = keys.record_id
    where shown.field in ('full_name', 'birth_date') and shown.value_count > 1
),

otherwise as (
    select
        golden.field,
        golden.contact_key as golden_key,
        keys.contact_key
    from golden
    inner join mart.customer_identities as identities on golden.customer_id = identities.customer_id
    inner join unified.contacts as contacts
        on
            identities.tool = contacts.tool
            and identities.record_type = contacts.record_type
            and identities.record_id = contacts.record_id
    inner join unified.contact_keys as keys
        on
            identities.tool = keys.tool
            and identities.record_type = keys.record_type
            and identities.record_id = keys.record_id
    where
        (golden.field = 'birth_date' and golden.value != cast(contacts.birth_date as varchar))
        -- no word is the same or nearly so, and they are words: initials and departments contradict nobody
        or (
            golden.field = 'full_name'
            and not coalesce(golden.is_organisation or keys.is_organisation, false)
            and least(length(golden.name_key), length(keys.name_key)) > 4
            and not list_has_any(string_split(golden.name_key, ' '), string_split(keys.name_key, ' '))
            and levenshtein(coalesce(golden.last_key, golden.name_key), coalesce(keys.last_key, keys.name_key)) > 2
            and levenshtein(coalesce(golden.first_key, golden.name_key), coalesce(keys.first_key, keys.name_key)) > 2
        )
)

select
    field as subject,
    'unified.contacts' as row_table,
    contact_key as row_key
from otherwise
union
select
    field as subject,
    'unified.contacts' as row_table,
    golden_key as row_key
from otherwise
