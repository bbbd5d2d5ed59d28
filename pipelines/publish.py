"""Publish: what was built aside and checked becomes what people read, all at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.customer_ids import remember
from pipelines.runs import finish_run
from warehouse import dictionary
from warehouse.models import Model
from warehouse.published import ROLES, comment_on, replace_copy
from warehouse.staging import Staging


class NotChecked(RuntimeError):
    """Some tables failed a check that stops publishing, or were not checked since they were built."""


@dataclass(frozen=True)
class Published:
    """What changed: tables replaced in the lake, and the files people read."""

    changed: tuple[str, ...]
    files: tuple[Path, ...]


def publish(staging: Staging, models: dict[str, Model], run_id: str) -> Published:
    """Replace the lake's tables whose rows changed in one transaction, then every role's published copy.

    Raises NotChecked, and changes nothing, unless every mart table passed its checks.
    """
    unchecked = {name for name in dictionary.tables() if name.startswith("mart.")} - staging.passed()
    if unchecked:
        raise NotChecked(f"not published: {', '.join(sorted(unchecked))} did not pass their checks; see the checks")
    names = [
        name
        for name in dictionary.tables()
        if name.split(".")[0] in ("ref", "unified", "mart") and (name not in models or models[name].is_kept)
    ]
    with staging.transaction() as con:
        changed = tuple(_changed(staging, [*names, "ops.tools"]))
        for name in changed:
            con.execute(f"create schema if not exists lake.{name.split('.')[0]}")
            con.execute(f"create or replace table lake.{name} as from {name}")
            comment_on(con, "lake", dictionary.table(name), models[name].meaning if name in models else "")
        found = remember(staging)
        _remember(staging)
        finish_run(staging, run_id, tables_changed=len(changed), **found._asdict())
    staging.note_published()
    return Published(changed, tuple(replace_copy(staging.con, staging.home, role) for role in ROLES.values()))


def _changed(staging: Staging, names: list[str]) -> list[str]:
    """Tables that are not in the lake with the same columns and the same rows, in whatever order."""
    columns: dict[str, dict[str, list[tuple[str, str]]]] = {"lake": {}, staging.name: {}}
    for database, table, *column in staging.con.execute(
        "select database_name, schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where database_name in ('lake', ?) order by column_index",
        [staging.name],
    ).fetchall():
        columns[database].setdefault(table, []).append(tuple(column))
    alike = [name for name in names if columns["lake"].get(name) == columns[staging.name][name]]
    here, there = (
        {name: (count, digest) for name, count, digest in staging.con.execute(_digests(alike, where)).fetchall()}
        for where in ("", "lake.")
    )
    return [name for name in names if name not in alike or here[name] != there[name]]


def _digests(names: list[str], where: str) -> str:
    """One SELECT of each table's number of rows and sum of row hashes: a query of the lake has a price of its own."""
    rows = [f"select '{name}', count(*), sum(cast(hash(r) as hugeint)) from {where}{name} as r" for name in names]
    return " union all ".join(rows) or "select null, null, null where false"


def _remember(staging: Staging) -> None:
    """Keep what the next night needs to know of this one: which company got which id, which gaps were there."""
    memories = {
        "ops.company_ids": """
            select concat_ws('/', tool, record_id) as company_key, company_id, linked_at from mart.company_identities
        """,
        "ops.gap_history": """
            select
                gap_id, gap_kind, tool, subject, rows_affected, amount_at_stake, currency, first_seen_on, last_seen_on
            from mart.gaps
        """,
    }
    for name, rows in memories.items():
        staging.con.execute(f"create or replace temp table memory as {rows}")
        kept = f"select {', '.join(column.name for column in dictionary.table(name).columns)} from"
        differs = staging.con.execute(
            f"select 1 from (({kept} memory except all {kept} lake.{name})"
            f" union all ({kept} lake.{name} except all {kept} memory)) limit 1"
        ).fetchone()
        if differs:
            staging.con.execute(f"delete from lake.{name}")
            staging.con.execute(f"insert into lake.{name} by name from memory")
