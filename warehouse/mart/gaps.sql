-- What the tools do not agree on or do not know, with an owner, an age, the money it touches and a way to fix it.
-- grain: one row per gap
with found as (
    select
        gap_id,
        any_value(gap_kind) as gap_kind,
        any_value(tool) as tool,
        any_value(subject) as subject,
        count(*) as rows_affected,
        sum(amount) as amount_at_stake,
        any_value(currency) as currency
    from mart.gap_rows
    group by gap_id
),

accepted as (
    select distinct subject as gap_id
    from ops.decisions
    where kind = 'accept_gap' and undone_at is null
),

known as (
    select
        coalesce(found.gap_id, history.gap_id) as gap_id,
        coalesce(found.gap_kind, history.gap_kind) as gap_kind,
        coalesce(found.tool, history.tool) as tool,
        coalesce(found.subject, history.subject) as subject,
        coalesce(found.rows_affected, history.rows_affected) as rows_affected,
        case when found.gap_id is null then history.amount_at_stake else found.amount_at_stake end as amount_at_stake,
        coalesce(found.currency, history.currency) as currency,
        coalesce(history.first_seen_on, settings.run_date) as first_seen_on,
        case when found.gap_id is null then history.last_seen_on else settings.run_date end as last_seen_on,
        case
            when found.gap_id is null then 'resolved'
            when accepted.gap_id is not null then 'accepted'
            else 'open'
        end as status
    from found
    full outer join ops.gap_history as history on found.gap_id = history.gap_id
    cross join ref.settings as settings
    left join accepted on found.gap_id = accepted.gap_id
)

select
    known.gap_id,
    known.gap_kind,
    kinds.severity,
    known.tool,
    known.subject,
    known.rows_affected,
    known.amount_at_stake,
    known.currency,
    case when kinds.owner = 'tool' then coalesce(tools.owner, 'nobody') else kinds.owner end as owner,
    known.first_seen_on,
    known.last_seen_on,
    date_diff('day', known.first_seen_on, known.last_seen_on) as age_days,
    known.status,
    kinds.how_to_fix
from known
inner join ref.gap_kinds as kinds on known.gap_kind = kinds.gap_kind
left join ops.tools as tools on known.tool = tools.tool
