-- The statements about consent that stand after the later ones of the same tool.
-- grain: one row per statement and purpose it holds for
-- A withdrawal stands until the tool states a later grant. A grant stands while the newest export states it, unless an
-- import wrote it.
with purposes as (
    select distinct
        customer_id,
        channel,
        purpose
    from mart.consents
    where purpose is not null
),

applied as (
    select
        * exclude (purpose),
        value = 'granted' and not is_bulk_import as is_grant,
        purpose
    from mart.consents
    where purpose is not null
    union all
    -- what is stated for no purpose holds for each
    select
        consents.* exclude (purpose),
        consents.value = 'granted' and not consents.is_bulk_import as is_grant,
        purposes.purpose
    from mart.consents as consents
    left join purposes
        on consents.customer_id = purposes.customer_id and consents.channel = purposes.channel
    where consents.purpose is null
),

granted as (
    select
        customer_id,
        channel,
        purpose,
        tool,
        max(stated_at) as granted_at
    from applied
    where is_grant and is_date_reliable
    group by customer_id, channel, purpose, tool
),

granted_in_record as (
    select
        tool,
        record_type,
        record_id,
        channel,
        purpose,
        max(case when is_date_reliable then stated_at else last_exported_at end) as granted_at
    from applied
    where is_grant
    group by tool, record_type, record_id, channel, purpose
)

select
    statement_id,
    customer_id,
    channel,
    purpose,
    tool,
    false as is_withdrawn,
    coalesce(stated_at, known_at) as weighed_at
from applied
where is_grant and is_current
union all
select
    withdrawn.statement_id,
    withdrawn.customer_id,
    withdrawn.channel,
    withdrawn.purpose,
    withdrawn.tool,
    true as is_withdrawn,
    coalesce(withdrawn.stated_at, withdrawn.known_at) as weighed_at
from applied as withdrawn
left join granted
    on
        withdrawn.customer_id = granted.customer_id
        and withdrawn.channel = granted.channel
        and withdrawn.tool = granted.tool
        and withdrawn.purpose is not distinct from granted.purpose
left join granted_in_record as in_record
    on
        withdrawn.tool = in_record.tool
        and withdrawn.record_type = in_record.record_type
        and withdrawn.record_id = in_record.record_id
        and withdrawn.channel = in_record.channel
        and withdrawn.purpose is not distinct from in_record.purpose
where
    withdrawn.value = 'withdrawn'
    and not coalesce(withdrawn.is_date_reliable and granted.granted_at > withdrawn.stated_at, false)
    -- where no date tells: the record's exports stopped stating the withdrawal and state a grant since
    and not coalesce(not withdrawn.is_current and in_record.granted_at > withdrawn.last_exported_at, false)
