-- Moments that so many of a tool's contacts share that an import wrote them: they prove nothing that a person did.
-- grain: one row per tool and moment
with dated as (
    select
        tool,
        record_type,
        record_id,
        stated_at as imported_at
    from unified.consent_statements
    where stated_at is not null
    union all
    select
        tool,
        record_type,
        record_id,
        created_at as imported_at
    from unified.contacts
    where created_at is not null
),

-- few moments are worth the pains of counting contacts
frequent as (
    select
        tool,
        imported_at
    from dated
    group by tool, imported_at
    having count(*) >= 10
),

shared as (
    select
        dated.tool,
        dated.imported_at,
        count(distinct concat_ws('/', dated.record_type, dated.record_id)) as contact_count
    from dated
    inner join frequent on dated.tool = frequent.tool and dated.imported_at = frequent.imported_at
    group by dated.tool, dated.imported_at
),

known as (
    select
        tool,
        count(*) as contact_count
    from unified.contacts
    group by tool
)

select
    shared.tool,
    shared.imported_at,
    shared.contact_count
from shared
inner join known on shared.tool = known.tool
where
    shared.contact_count >= 10
    -- the coarser a tool dates, the more people share a date by chance
    and shared.contact_count >= known.contact_count * case
        when shared.imported_at = date_trunc('day', shared.imported_at) then 0.2
        when shared.imported_at = date_trunc('minute', shared.imported_at) then 0.01
        else 0.001
    end
