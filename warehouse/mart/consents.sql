-- Every statement a tool makes or once made about a person's consent, and how far its date proves anything.
-- grain: one row per statement about a contact's record
with told as (
    select
        statements.*,
        identities.customer_id,
        -- the record's last change is one for what it states now
        case when statements.is_current then contacts.updated_at end as changed_at,
        coalesce(statements.evidence = 'bulk import', false)
        or by_date.tool is not null
        -- a record that an import made, and that nobody has touched since, states what the import brought
        or (
            statements.stated_at is null
            and by_record.tool is not null
            and coalesce(contacts.updated_at <= contacts.created_at, true)
        ) as is_bulk_import
    from unified.consent_statements as statements
    inner join mart.customer_identities as identities
        on
            statements.tool = identities.tool
            and statements.record_type = identities.record_type
            and statements.record_id = identities.record_id
    left join unified.contacts as contacts
        on
            statements.tool = contacts.tool
            and statements.record_type = contacts.record_type
            and statements.record_id = contacts.record_id
    left join unified.bulk_imports as by_date
        on statements.tool = by_date.tool and statements.stated_at = by_date.imported_at
    left join unified.bulk_imports as by_record
        on contacts.tool = by_record.tool and contacts.created_at = by_record.imported_at
)

select
    left(md5(concat_ws(
        '/', tool, record_type, record_id, channel, value, coalesce(cast(stated_at as varchar), '-'),
        coalesce(evidence, '-'), coalesce(purpose, '-')
    )), 16) as statement_id,
    customer_id,
    tool,
    record_type,
    record_id,
    channel,
    purpose,
    value,
    stated_at,
    evidence,
    is_bulk_import,
    stated_at is not null and not is_bulk_import as is_date_reliable,
    least(stated_at, changed_at, first_exported_at) as known_at,
    is_current,
    first_exported_at,
    last_exported_at
from told
