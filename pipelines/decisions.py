"""Decisions: what people settled, kept in `ops.decisions` and applied again each night."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from warehouse import lake
from warehouse.lake import Connection, Lake
from warehouse.staging import Staging

SHORTEST = 8


class Unknown(LookupError):
    """An id that is no gap, held file or decision; the message says what to look for."""


class Decision(NamedTuple):
    """One decision that stands: `kind` says what, `subject` about which gap or file."""

    decision_id: str
    kind: str
    subject: str
    note: str | None
    decided_by: str | None
    decided_at: datetime


def accept(staging: Staging, given: str, note: str | None, by: str | None) -> Decision:
    """Accept a gap, by its id, or a held export, by the first letters of its file's id. Raises Unknown."""
    kind, subject = _acceptable(staging, given)
    for decision in standing(staging.con):
        if (decision.kind, decision.subject) == (kind, subject):
            return decision
    now = datetime.now(UTC).replace(tzinfo=None)
    decision_id = "d" + sha256(f"{kind}/{subject}/{now.isoformat()}".encode()).hexdigest()[:11]
    decision = Decision(decision_id, kind, subject, note, by, now)
    with staging.transaction() as con:
        con.execute(
            f"insert into lake.ops.decisions ({', '.join(Decision._fields)}) values (?, ?, ?, ?, ?, ?)", decision
        )
    return decision


def undo(staging: Staging, given: str) -> Decision:
    """Take back a decision, by its id or that of the gap or file it is about. Raises Unknown."""
    if len(given) < SHORTEST:
        raise Unknown(f"{given} is too short: write {SHORTEST} letters or more of the id")
    standing_now = standing(staging.con)
    found = [made for made in standing_now if made.decision_id == given or made.subject.startswith(given)]
    if len(found) != 1:
        why = "several decisions are" if found else "no decision is"
        raise Unknown(f"{why} called {given}; `unsilo decide list` lists them")
    with staging.transaction() as con:
        con.execute(
            "update lake.ops.decisions set undone_at = ? where decision_id = ?",
            [datetime.now(UTC).replace(tzinfo=None), found[0].decision_id],
        )
    return found[0]


def accepted(staging: Staging, kind: str) -> set[str]:
    """Subjects of the decisions of a kind that stand."""
    return {decision.subject for decision in standing(staging.con) if decision.kind == kind}


def standing(con: Connection) -> list[Decision]:
    """The decisions that were not taken back, oldest first; `con` has the lake attached."""
    columns = ", ".join(Decision._fields)
    rows = con.execute(
        f"select {columns} from lake.ops.decisions where undone_at is null order by decided_at, decision_id"
    ).fetchall()
    return [Decision(*row) for row in rows]


def read(home: Lake) -> list[Decision]:
    """The decisions that stand, also while a run is writing; none where there is no lake yet."""
    if not home.catalog.exists():
        return []
    with lake.connect(home, read_only=True) as con:
        there = con.execute(
            "select 1 from duckdb_tables() where database_name = 'lake' and schema_name = 'ops'"
            " and table_name = 'decisions'"
        ).fetchone()
        return standing(con) if there else []


def _acceptable(staging: Staging, given: str) -> tuple[str, str]:
    if "mart.gaps" in staging.lake_columns():
        gap = staging.con.execute(
            "select gap_id from lake.mart.gaps where gap_id = ? and status != 'resolved'", [given]
        ).fetchone()
        if gap:
            return "accept_gap", gap[0]
    held = staging.con.execute(
        "select distinct file_id from lake.ops.files where status = 'held' and starts_with(file_id, ?)", [given]
    ).fetchall()
    if len(given) >= SHORTEST and len(held) == 1:
        return "accept_export", held[0][0]
    raise Unknown(
        f"{given} is no open gap and not the beginning ({SHORTEST} letters or more) of one held file's id:"
        " `unsilo gaps` lists the gaps, `unsilo status` the files"
    )
