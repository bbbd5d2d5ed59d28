-- Every statement a tool makes about a person's consent, beside the person it is about.
-- grain: one row per contact record, channel and purpose
select
    identities.customer_id,
    consents.tool,
    consents.record_type,
    consents.record_id,
    consents.channel,
    consents.purpose,
    consents.value,
    consents.stated_at,
    consents.evidence
from unified.consents as consents
inner join mart.customer_identities as identities
    on
        consents.tool = identities.tool
        and consents.record_type = identities.record_type
        and consents.record_id = identities.record_id
