-- Whether a customer may be contacted, from all that the tools state about consent.
-- grain: one row per customer, channel and purpose; a row without purpose is about the channel as a whole
-- Consent is for the company to prove, and for the person to withdraw at any time (GDPR, article 7): only a grant that
-- stands permits contact, and one withdrawal that stands forbids it in every tool.
with told as (
    select
        customer_id,
        channel,
        purpose,
        tool,
        count(*) as statement_count
    from mart.consents
    group by customer_id, channel, purpose, tool
),

asked as (
    select
        customer_id,
        channel,
        purpose,
        sum(statement_count) as statement_count,
        count(*) as source_count
    from told
    where purpose is not null
    group by customer_id, channel, purpose
    union all
    select
        customer_id,
        channel,
        null as purpose,
        sum(statement_count) as statement_count,
        count(distinct tool) as source_count
    from told
    group by customer_id, channel
    union all
    -- of whom nothing is stated, nothing is known
    select distinct
        identities.customer_id,
        'email' as channel,
        null as purpose,
        0 as statement_count,
        0 as source_count
    from mart.customer_identities as identities
    left join told on identities.customer_id = told.customer_id and told.channel = 'email'
    where told.customer_id is null
),

by_tool as (
    select
        customer_id,
        channel,
        purpose,
        tool,
        bool_or(is_withdrawn) as is_withdrawn,
        -- a withdrawal decides before a grant, then the latest date, then the id
        max(concat_ws(
            '/',
            case when is_withdrawn then '2' else '1' end,
            coalesce(cast(weighed_at as varchar), '-'),
            statement_id
        )) as deciding
    from unified.consent_positions
    group by customer_id, channel, purpose, tool
),

-- two tools that differ: one that withdraws grants nothing
by_purpose as (
    select
        customer_id,
        channel,
        purpose,
        bool_or(is_withdrawn) as is_withdrawn,
        bool_or(is_withdrawn) and not bool_and(is_withdrawn) as is_conflict,
        max(deciding) as deciding
    from by_tool
    group by customer_id, channel, purpose
),

settled as (
    select *
    from by_purpose
    where purpose is not null
    union all
    select
        customer_id,
        channel,
        null as purpose,
        bool_or(is_withdrawn) as is_withdrawn,
        bool_or(is_conflict) as is_conflict,
        max(deciding) as deciding
    from by_purpose
    group by customer_id, channel
)

select
    asked.customer_id,
    asked.channel,
    asked.purpose,
    case
        when settled.is_conflict then 'conflict'
        when settled.is_withdrawn then 'withdrawn'
        when settled.customer_id is not null then 'granted'
        else 'unknown'
    end as state,
    coalesce(not settled.is_withdrawn, false) as may_contact,
    asked.statement_count,
    asked.source_count,
    deciding.statement_id,
    deciding.tool as deciding_tool,
    deciding.stated_at,
    deciding.is_date_reliable,
    deciding.evidence
from asked
left join settled
    on
        asked.customer_id = settled.customer_id
        and asked.channel = settled.channel
        and asked.purpose is not distinct from settled.purpose
left join mart.consents as deciding on split_part(settled.deciding, '/', 3) = deciding.statement_id
