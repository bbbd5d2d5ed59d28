"""Summary: what a night found, as rows that read well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.customer_ids import Churn

if TYPE_CHECKING:
    from warehouse.lake import Connection

# what a gap is about, said once where the subject begins with the tool's name
GAPS = """
    select *, case when starts_with(subject, tool) then subject else concat_ws(' · ', tool, subject) end as about
    from mart.gaps
    where {where}
    order by
        case severity when 'high' then 0 when 'medium' then 1 else 2 end,
        amount_at_stake desc nulls last, rows_affected desc, gap_id
"""

SPEND = """
    select
        tool,
        currency,
        grain,
        min(coalesce(date, period_start)) as first_day,
        max(coalesce(date, period_end)) as last_day,
        sum(spend) as spend,
        sum(spend_base) as spend_base,
        count(*) filter (where rate is null) as unconverted
    from mart.campaign_performance
    where spend is not null
    group by tool, currency, grain
    order by tool, currency, grain
"""


LAST = f"""
    select tables_changed, {", ".join(Churn._fields)}
    from ops.runs where status = 'published' order by ended_at desc limit 1
"""


@dataclass(frozen=True)
class Summary:
    """Counts over the whole published copy, spend by tool and currency, and the biggest open gaps first.

    `churn` is what became of customers in the last night.
    """

    as_of: date
    files: dict[str, int]
    rows_loaded: int
    rows_rejected: int
    contacts: int
    customers: int
    churn: Churn
    campaigns: int
    deals: int
    open_gaps: int
    gap_kinds: int
    tables_changed: int
    spend: list[tuple[str, str, str, date, date, Decimal, Decimal | None, int]]
    biggest_gaps: list[dict[str, Any]]


def list_gaps(con: Connection, where: str) -> list[dict[str, Any]]:
    """The gaps of a published copy, the biggest first: by severity, then money at stake, then rows."""
    found: list[dict[str, Any]] = con.execute(GAPS.format(where=where)).to_arrow_table().to_pylist()
    return found


def summarise(con: Connection, gaps: int = 5) -> Summary:
    """Sum up what `con`, a published copy, holds."""

    def one(sql: str) -> Any:
        found = con.execute(sql).fetchone()
        return found[0] if found else None

    [(tables_changed, *counts)] = con.execute(LAST).fetchall()
    return Summary(
        as_of=one("select max(run_date) from ops.runs"),
        files=dict(con.execute("select status, count(*) from ops.files group by status order by status").fetchall()),
        rows_loaded=one("select coalesce(sum(rows_loaded), 0) from ops.files"),
        rows_rejected=one("select coalesce(sum(rows_rejected), 0) from ops.files"),
        contacts=one("select count(*) from mart.customer_identities"),
        customers=one("select count(*) from mart.customers"),
        churn=Churn(*(count or 0 for count in counts)),
        campaigns=one("select count(*) from mart.campaigns"),
        deals=one("select count(*) from mart.deals"),
        open_gaps=one("select count(*) from mart.gaps where status = 'open'"),
        gap_kinds=one("select count(distinct gap_kind) from mart.gaps where status = 'open'"),
        tables_changed=tables_changed,
        spend=con.execute(SPEND).fetchall(),
        biggest_gaps=list_gaps(con, "status = 'open'")[:gaps],
    )
