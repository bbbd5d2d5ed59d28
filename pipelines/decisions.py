"""Decisions: what people settled, kept in `ops.decisions` and applied again each night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from warehouse import lake
from warehouse.lake import Connection, Lake
from warehouse.staging import Staging, arrow_rows

SHORTEST = 8
# of two contacts, by their keys, the smaller one first; and of an e-mail address in lower case
SAME, NOT_SAME, SHARED = "same_customer", "not_same_customer", "shared_address"


class Unknown(LookupError):
    """What was named is not known here; the message says what to look for."""


class Refused(ValueError):
    """What must not be decided as things are; the message says why, and what to do."""


class Decision(NamedTuple):
    """One decision that stands: `kind` says what, `subject` and `other_subject` about what."""

    decision_id: str
    kind: str
    subject: str
    other_subject: str | None
    note: str | None
    decided_by: str | None
    decided_at: datetime

    @property
    def statement(self) -> str:
        """Id of what was said at once: what is said of two customers is a decision on each pair of their contacts."""
        return self.decision_id.split("-")[0]


def statement(
    kind: str, subjects: Sequence[tuple[str, str | None]], note: str | None, by: str | None
) -> list[Decision]:
    """The decisions that one statement makes, which are also undone together; not stored yet."""
    now = datetime.now(UTC).replace(tzinfo=None)
    stem = "d" + sha256(f"{kind}/{subjects}/{now.isoformat()}".encode()).hexdigest()[:11]
    ids = [stem] if len(subjects) == 1 else [f"{stem}-{number}" for number in range(1, len(subjects) + 1)]
    return [
        Decision(decision_id, kind, subject, other, note, by, now)
        for decision_id, (subject, other) in zip(ids, subjects, strict=True)
    ]


def store(staging: Staging, made: Sequence[Decision]) -> None:
    """Keep decisions, all or none of them."""
    if not made:
        return
    columns = ", ".join(Decision._fields)
    rows = arrow_rows("ops.decisions", [decision._asdict() for decision in made])
    with staging.transaction() as con, staging.registered(rows) as given:
        con.execute(f"insert into lake.ops.decisions ({columns}) select {columns} from {given}")


def accept(staging: Staging, given: str, note: str | None, by: str | None) -> Decision:
    """Accept a gap, by its id, or a held export, by the first letters of its file's id. Raises Unknown."""
    kind, subject = _acceptable(staging, given)
    for decision in standing(staging.con):
        if (decision.kind, decision.subject) == (kind, subject):
            return decision
    made = statement(kind, [(subject, None)], note, by)
    store(staging, made)
    return made[0]


def undo(staging: Staging, given: str) -> list[Decision]:
    """Take back a statement, by its id or by what it is about: gap, file, contact or address. Raises Unknown."""
    standing_now = standing(staging.con)
    meant = {made.statement for made in standing_now if _is_called(made, given)}
    if not meant and len(given) < SHORTEST:
        raise Unknown(f"{given} is too short: write {SHORTEST} letters or more of the id")
    if len(meant) != 1:
        why = "several decisions are" if meant else "no decision is"
        raise Unknown(f"{why} called {given}; `unsilo decide list` lists them")
    undone = [made for made in standing_now if made.statement in meant]
    with staging.transaction() as con:
        con.execute(
            "update lake.ops.decisions set undone_at = ? where decision_id in (select unnest(?))",
            [datetime.now(UTC).replace(tzinfo=None), [made.decision_id for made in undone]],
        )
    return undone


def about(made: Sequence[Decision]) -> str:
    """What a statement is about, to be read; an address shows as marketers see it."""
    first, more = made[0], len(made) - 1
    if first.kind == SHARED:
        return f"{first.subject[:1]}•••{first.subject[first.subject.find('@') :]}"
    if first.other_subject:
        pairs = f", and {more} more pair{'s'[: more > 1]} of their contacts" if more else ""
        return f"{first.subject} and {first.other_subject}{pairs}"
    return first.subject[:12]


def accepted(staging: Staging, kind: str) -> set[str]:
    """Subjects of the decisions of a kind that stand."""
    return {decision.subject for decision in standing(staging.con) if decision.kind == kind}


def standing(con: Connection) -> list[Decision]:
    """The decisions that were not taken back, oldest first; `con` has the lake attached."""
    return _standing(con, set(Decision._fields))


def read(home: Lake) -> list[Decision]:
    """The decisions that stand, also while a run is writing; none where there is no lake yet."""
    if not home.catalog.exists():
        return []
    with lake.connect(home, read_only=True) as con:
        there = con.execute(
            "select column_name from duckdb_columns() where database_name = 'lake' and schema_name = 'ops'"
            " and table_name = 'decisions'"
        ).fetchall()
        return _standing(con, {name for (name,) in there}) if there else []


def _standing(con: Connection, there: set[str]) -> list[Decision]:
    """A lake that was not written since an older version lacks columns, which are null."""
    columns = ", ".join(name if name in there else f"null as {name}" for name in Decision._fields)
    rows = con.execute(
        f"select {columns} from lake.ops.decisions where undone_at is null order by decided_at, decision_id"
    ).fetchall()
    return [Decision(*row) for row in rows]


def _is_called(made: Decision, given: str) -> bool:
    if given in (made.decision_id, made.statement, made.subject, made.other_subject):
        return True
    by_beginning = made.kind in ("accept_gap", "accept_export") and len(given) >= SHORTEST
    return by_beginning and made.subject.startswith(given)


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
