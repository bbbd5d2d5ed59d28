-- A contact states a last name, an employer or a country that a newer record of the same person states otherwise.
-- grain: one row per contact record and field
-- severity: low
-- owner: tool
-- check: unified.contacts
-- fix: Correct the record; `mart.customer_values` names the newer one.
with golden as (
    select
        shown.customer_id,
        shown.field,
        shown.stated_at,
        keys.contact_key,
        keys.name_key,
        keys.last_key,
        keys.employer_key,
        countries.country_code
    from mart.customer_values as shown
    inner join unified.contact_keys as keys
        on
            shown.tool = keys.tool
            and shown.record_type = keys.record_type
            and shown.record_id = keys.record_id
    left join ref.countries as countries on lower(strip_accents(trim(shown.value))) = countries.name
    where shown.field in ('last_name', 'company', 'country') and shown.value_count > 1
),

stated as (
    select
        golden.*,
        contacts.tool,
        contacts.successor_id,
        keys.contact_key as other_key,
        keys.name_key as other_name_key,
        keys.last_key as other_last_key,
        keys.employer_key as other_employer_key,
        countries.country_code as other_country_code
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
    left join ref.countries as countries on lower(strip_accents(trim(contacts.country))) = countries.name
    where golden.stated_at > coalesce(contacts.updated_at, contacts.created_at)
)

select
    stated.tool,
    stated.field as subject,
    'unified.contacts' as row_table,
    stated.other_key as row_key
from stated
left join unified.contact_keys as successors
    on concat_ws('/', stated.tool, stated.successor_id) = successors.contact_key
where
    -- what was converted or merged is no record of its own any more
    successors.contact_key is null
    and (
        (stated.field = 'country' and stated.country_code != stated.other_country_code)
        -- a name is another one if neither is part of the other nor a slip of the pen
        or (
            stated.field = 'last_name'
            and not list_has_any(string_split(stated.last_key, ' '), string_split(stated.other_name_key, ' '))
            and not list_has_any(string_split(stated.other_last_key, ' '), string_split(stated.name_key, ' '))
            and levenshtein(stated.last_key, stated.other_last_key) > 2
        )
        or (
            stated.field = 'company'
            and not list_has_all(
                string_split(stated.employer_key, ' '), string_split(stated.other_employer_key, ' ')
            )
            and not list_has_all(
                string_split(stated.other_employer_key, ' '), string_split(stated.employer_key, ' ')
            )
            and levenshtein(stated.employer_key, stated.other_employer_key) > 2
        )
    )
