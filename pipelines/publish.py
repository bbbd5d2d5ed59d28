"""Publish: what was built aside and checked becomes what people read, all at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
    names = [name for name in dictionary.tables() if name.split(".")[0] in ("ref", "unified", "mart")]
    with staging.transaction() as con:
        changed = tuple(name for name in [*names, "ops.tools"] if _differs(staging, name))
        for name in changed:
            con.execute(f"create schema if not exists lake.{name.split('.')[0]}")
            con.execute(f"create or replace table lake.{name} as from {name}")
            comment_on(con, "lake", dictionary.table(name), models[name].meaning if name in models else "")
        _remember(staging)
        finish_run(staging, run_id, tables_changed=len(changed))
    return Published(changed, tuple(replace_copy(staging.con, staging.home, role) for role in ROLES.values()))


def _differs(staging: Staging, name: str) -> bool:
    schema, table = name.split(".")
    described = "select column_name, data_type from duckdb_columns() where database_name = {0} and schema_name = ?"
    described += " and table_name = ? order by column_index"
    columns = [
        staging.con.execute(described.format(database), [schema, table]).fetchall()
        for database in ("current_database()", "'lake'")
    ]
    if columns[0] != columns[1]:
        return True
    found = staging.con.execute(
        f"select 1 from ((from {name} except all from lake.{name})"
        f" union all (from lake.{name} except all from {name})) limit 1"
    ).fetchone()
    return found is not None


def _remember(staging: Staging) -> None:
    """Keep what the next night needs to know of this one: who got which id, which gaps were there."""
    memories = {
        "ops.customer_ids": """
            select concat_ws('/', tool, record_type, record_id) as contact_key, customer_id, linked_at
            from mart.customer_identities
        """,
        "ops.gap_history": """
            select
                gap_id, gap_kind, tool, subject, rows_affected, amount_at_stake, currency, first_seen_on, last_seen_on
            from mart.gaps
        """,
    }
    for name, rows in memories.items():
        staging.con.execute(f"create or replace temp table memory as {rows}")
        differs = staging.con.execute(
            f"select 1 from ((from memory except all from lake.{name})"
            f" union all (from lake.{name} except all from memory)) limit 1"
        ).fetchone()
        if differs:
            staging.con.execute(f"delete from lake.{name}")
            staging.con.execute(f"insert into lake.{name} by name from memory")
