-- A tool e-mailed somebody who had opted out before, there or in another tool.
-- grain: one row per contact record that was mailed
-- severity: high
-- owner: tool
-- check: mart.consents
-- fix: Stop mailing them, and carry the opt-out over into the tool that mailed.
with mailed as (
    select
        identities.customer_id,
        mailings.tool,
        mailings.record_type,
        mailings.record_id,
        mailings.sent_at
    from unified.contact_mailings as mailings
    inner join mart.customer_identities as identities
        on
            mailings.tool = identities.tool
            and mailings.record_type = identities.record_type
            and mailings.record_id = identities.record_id
),

-- an opt-out of one purpose forbids no mail for another, and no tool states what an e-mail was for
withdrawn as (
    select
        customer_id,
        tool,
        known_at as withdrawn_at,
        -- every tool states times in a zone of its own, and some days only
        known_at
        + case when known_at = date_trunc('day', known_at) then interval 24 hour else interval 12 hour end as heard_at
    from mart.consents
    where channel = 'email' and value = 'withdrawn' and purpose is null
),

granted as (
    select
        customer_id,
        tool,
        stated_at as granted_at
    from mart.consents
    where channel = 'email' and value = 'granted' and is_date_reliable
)

select distinct
    mailed.tool,
    'opted out in ' || withdrawn.tool as subject,
    'unified.contacts' as row_table,
    concat_ws('/', mailed.tool, mailed.record_type, mailed.record_id) as row_key
from mailed
inner join withdrawn
    on
        mailed.customer_id = withdrawn.customer_id
        and mailed.sent_at >= withdrawn.heard_at
-- who had come back by then
left join granted
    on
        withdrawn.customer_id = granted.customer_id
        and withdrawn.tool = granted.tool
        and withdrawn.withdrawn_at < granted.granted_at
        and mailed.sent_at >= granted.granted_at
where granted.customer_id is null
