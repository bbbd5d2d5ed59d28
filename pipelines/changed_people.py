"""Changed people: in a night with few changes, only the customers are built anew whom these can touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from pipelines import resolve
from pipelines.build import build
from pipelines.identity import touched, weighed
from pipelines.identity.comparisons import COMPARISONS
from pipelines.identity.comparisons import Model as Learned
from pipelines.identity.features import SCRATCH, features
from pipelines.identity.model import ENOUGH
from pipelines.identity.touched import SMALL
from warehouse.models import Model
from warehouse.staging import Staging

SEEN, KEYS, MODEL = "unified.contact_fingerprints", "unified.contact_keys", "unified.match_model"
IDS, ORGANISATIONS, IDENTITIES = "unified.external_ids", "unified.organisation_names", "mart.customer_identities"
# of all contacts, the part that may have changed, and the part that those may touch; with more, all are as quick
MOST_CHANGED, MOST_TOUCHED = 0.1, 0.3
# contacts for each that the model was learned from, until it is learned anew
GROWN = 1.25

_CHANGED = f"contact_key in (from {SMALL}.changed)"
_BY_KEY = f"hash(contact_key) in (from {SMALL}.touched)"
_BY_RECORD = f"hash(concat_ws('/', tool, record_type, record_id)) in (from {SMALL}.main.touched)"
# the rows that are replaced: of what a contact states by itself, of what several state, and of who they are
STATED = {
    SEEN: _CHANGED,
    KEYS: _CHANGED,
    IDS: _CHANGED,
    ORGANISATIONS: f"""
        name in (select name from {SMALL}.{ORGANISATIONS})
        or name not in (
            select name from unified.companies where name is not null
            union all select company from unified.contacts where company is not null
        )
    """,
}
SHARED = {
    "unified.inboxes": f"email_key in (select email_key from {SMALL}.keys)",
    "unified.phone_lines": f"phone_e164 in (select phone_e164 from {SMALL}.keys)",
}
LINKED = {"unified.external_links": _BY_KEY, "unified.contact_links": _BY_KEY}
PEOPLE = {
    "unified.contact_pairs": (
        f"{_BY_KEY} and hash(linked_key) in (from {SMALL}.touched)"
        f" or hash(contact_key) in (from {SMALL}.unsettled) or hash(linked_key) in (from {SMALL}.unsettled)"
    ),
    "unified.contact_clusters": _BY_KEY,
    IDENTITIES: _BY_RECORD,
}


def identify(staging: Staging, models: Mapping[str, Model], basis: str) -> dict[str, int] | None:
    """Build the rows of the people touched and put them in place of theirs; returns rows per table.

    `models` are those between the contacts and the customers, in order. None where everybody has to be looked at, since
    too much changed, or the tables of the last published night are gone, or are based on something else than `basis`.
    """
    if not _is_there(staging, models, basis):
        return None
    model = _learned(staging)
    contacts = staging.count("unified.contacts")
    if not model.compared or contacts > max(GROWN * model.contacts, ENOUGH - 1):
        return None
    con = staging.con
    with _aside(staging):
        con.execute(f"create table {SMALL}.{SEEN} as {models[SEEN].sql}")
        changed = touched.find_changed(con)
        if changed > MOST_CHANGED * contacts:
            return None
        if changed or touched.is_anything_decided(con):
            if not _renew_touched(staging, models, model):
                return None
        else:
            build(staging, models[ORGANISATIONS])
    staging.forget_verdict(IDENTITIES)
    return {name: staging.count(name) for name in (*models, *resolve.TABLES)}


def remember(staging: Staging, basis: str) -> None:
    """Note on what the tables are based that stand in staging."""
    staging.con.execute(f"comment on table {SEEN} is '{basis}'")


def _renew_touched(staging: Staging, models: Mapping[str, Model], model: Learned) -> bool:
    """Build the rows of the touched aside, each part put in place when the next needs it; whether it was worth it."""
    con = staging.con
    touched.show_changed(con)
    _build(staging, models, [name for name in models if name in {*_ahead(models, KEYS), KEYS, IDS}])
    touched.keep_old(con)
    _put(staging, STATED)
    touched.begin(con)
    touched.show(con)
    _build(staging, models, SHARED)
    _put(staging, SHARED)
    if _tells_more(staging, model):
        return False
    weighed.weigh(con, model)
    if touched.follow(con, weighed.ACCEPTED) > MOST_TOUCHED * staging.count(KEYS):
        return False
    weighed.recall(con)
    touched.show(con)
    for name, shown in {"unified.contacts": _BY_RECORD, **dict.fromkeys(SHARED, "true")}.items():
        con.execute(f"drop table {SMALL}.{name}")
        con.execute(f"create view {SMALL}.{name} as from {staging.name}.{name} where {shown}")
    _build(staging, models, LINKED)
    with _using(staging, SMALL):
        resolve.resolve(staging, model)
    weighed.keep_doubtful(con)
    _build(staging, models, [IDENTITIES])
    _put(staging, LINKED | PEOPLE)
    for name in models:
        if not models[name].is_kept and name != SEEN:
            staging.note_change(name)
            con.execute(f"create or replace table {name} as from {SMALL}.{name}")
    return True


def _put(staging: Staging, rows: Mapping[str, str]) -> None:
    """Put the rows built aside in the place of those that a condition tells, by table."""
    for name, replaced in rows.items():
        staging.note_change(name)
        staging.con.execute(f"delete from {name} where {replaced}")
        staging.con.execute(f"insert into {name} by name from {SMALL}.{name}")


def _is_there(staging: Staging, models: Mapping[str, Model], basis: str) -> bool:
    if not staging.as_published() >= {*models, *resolve.TABLES}:
        return False
    found = staging.con.execute(
        "select comment from duckdb_tables() where schema_name || '.' || table_name = ?"
        " and database_name = current_database()",
        [SEEN],
    ).fetchone()
    return found == (basis,)


def _learned(staging: Staging) -> Learned:
    columns = "comparison, outcome, m_probability, u_probability, learned_from"
    return Learned.of(staging.con.execute(f"select {columns} from {MODEL} order by all").fetchall())


def _tells_more(staging: Staging, model: Learned) -> bool:
    """Whether a column tells contacts apart that did not when the model was learned."""
    unseen = sorted({made.column for made in COMPARISONS} - model.compared)
    told = " or ".join(f"min({column}) != max({column})" for column in unseen) or "false"
    found = staging.con.execute(f"select coalesce({told}, false) from ({features('unified')})").fetchone()
    return bool(found and found[0])


def _ahead(models: Mapping[str, Model], name: str) -> set[str]:
    """The models that a model is made of."""
    found: set[str] = set()
    waiting = set(models[name].depends_on) & set(models)
    while waiting:
        found |= waiting
        waiting = {read for made in waiting for read in models[made].depends_on if read in models} - found
    return found


def _build(staging: Staging, models: Mapping[str, Model], names: Iterable[str]) -> None:
    with _using(staging, SMALL):
        for name in names:
            staging.build(name, models[name].sql)


@contextmanager
def _aside(staging: Staging) -> Iterator[None]:
    """A database of the few contacts that looks like the one of all: same names, and the same references."""
    con = staging.con
    con.execute(f"attach ':memory:' as {SMALL}")
    try:
        for schema in ("unified", "mart", "ref", "ops"):
            con.execute(f"create schema {SMALL}.{schema}")
        for (name,) in con.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where database_name = current_database() and schema_name = 'ref'"
            " union select schema_name || '.' || view_name from duckdb_views()"
            " where database_name = current_database() and schema_name = 'ops' order by 1"
        ).fetchall():
            con.execute(f"create view {SMALL}.{name} as from {staging.name}.{name}")
        yield
    finally:
        for database in (SCRATCH, SMALL):
            con.execute(f"detach database if exists {database}")


@contextmanager
def _using(staging: Staging, database: str) -> Iterator[None]:
    """Names without a database are that one's while the block lasts."""
    staging.con.execute(f"use {database}")
    try:
        yield
    finally:
        staging.con.execute(f"use {staging.name}")
