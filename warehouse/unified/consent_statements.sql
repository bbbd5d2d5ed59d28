-- Everything that exports state about consent, or stated before a newer export replaced them; each statement once.
-- grain: one row per statement about a contact's record
with exports as (
    select
        file_id,
        min(exported_at) as exported_at
    from ops.files
    where status = 'loaded'
    group by file_id
),

stated as (
    select
        consents.tool,
        consents.record_type,
        consents.record_id,
        consents.channel,
        consents.purpose,
        consents.value,
        consents.stated_at,
        consents.evidence,
        true as is_current,
        exports.exported_at as first_exported_at,
        exports.exported_at as last_exported_at
    from unified.consents as consents
    left join exports on consents._file_id = exports.file_id
    union all
    select
        tool,
        record_type,
        record_id,
        channel,
        purpose,
        value,
        stated_at,
        evidence,
        false as is_current,
        first_exported_at,
        last_exported_at
    from ops.consent_ledger
)

select
    tool,
    record_type,
    record_id,
    channel,
    purpose,
    value,
    stated_at,
    evidence,
    bool_or(is_current) as is_current,
    min(first_exported_at) as first_exported_at,
    max(last_exported_at) as last_exported_at
from stated
group by tool, record_type, record_id, channel, purpose, value, stated_at, evidence
