"""Consent ledger: what exports stated about consent, kept when newer exports replace the rows that stated it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.layouts import feeds
from sources.layout import Tool, raw_schema
from warehouse import dictionary
from warehouse.models import Model
from warehouse.staging import Staging

LEDGER = "ops.consent_ledger"
COLUMNS = [column.name for column in dictionary.table(LEDGER).columns]
STATEMENT = [name for name in COLUMNS if not name.endswith("_exported_at")]
SAME = " and ".join(f"ledger.{name} is not distinct from noted.{name}" for name in STATEMENT)


@contextmanager
def consents_kept(staging: Staging, tool: Tool) -> Iterator[None]:
    """Note what is stated by those rows of a tool that the block takes out of its raw tables.

    To be called inside the load's transaction, when the files stand in `ops.files`.
    """
    raw = _replaceable(staging, tool)
    if raw:
        staging.con.execute(f"create or replace temp table stated as {_statements(staging, tool)}")
    yield
    if raw:
        _note(staging, raw)


def _consents(tool: Tool) -> Model:
    """The part of `unified.consents` that one tool makes."""
    files = (tool.mappings["consents"],) if "consents" in tool.mappings else ()
    fed_by = tuple(feed for name, feed in feeds(tool) if name == "consents")
    return Model("unified.consents", files, "", "", fed_by=fed_by)


def _replaceable(staging: Staging, tool: Tool) -> list[str]:
    """The raw tables that state consent, if any holds rows of several files: else nothing can be replaced."""
    there = {f"raw_{tool.name}.{table}" for table in tool.tables} & set(staging.lake_columns())
    raw = sorted(_consents(tool).depends_on & there)
    several = (f"(select min(_file_id) != max(_file_id) from lake.{name})" for name in raw)
    found = staging.con.execute(f"select {', '.join(several)}").fetchone() if raw else None
    return raw if any(found or ()) else []


def _statements(staging: Staging, tool: Tool) -> str:
    """The SELECT of all that the rows of the lake state, which no view of staging shows before they are committed."""
    schemas = {f"raw_{tool.name}.{table}": raw_schema(reports) for table, reports in tool.tables.items()}
    rows = staging.raw_rows(schemas)
    names = "|".join(map(re.escape, rows))
    return re.sub(rf"\b(?:{names})\b", lambda found: f"({rows[found[0]]})", _consents(tool).sql)


def _note(staging: Staging, raw: list[str]) -> None:
    """Write what is new to the ledger: statements it does not hold, or holds for a shorter time.

    Of what the newest export still states it needs to know the beginning only.
    """
    con, statement = staging.con, ", ".join(STATEMENT)
    left = " union all ".join(f"select _file_id, _row_number from lake.{name}" for name in raw)
    con.execute(f"""
        create or replace temp table noted as
        with exports as (
            select file_id, min(exported_at) as exported_at from lake.ops.files where status = 'loaded' group by file_id
        ),
        compared as (
            select stated.*, exports.exported_at, rows._file_id is not null as is_left
            from stated
            inner join exports on stated._file_id = exports.file_id
            left join ({left}) as rows
                on stated._file_id = rows._file_id and stated._row_number = rows._row_number
        ),
        replaced as (
            select
                {statement},
                bool_or(is_left) as is_stated,
                min(exported_at) filter (not is_left) as first_exported_at,
                max(exported_at) filter (not is_left) as last_exported_at
            from compared
            group by {statement}
            having not bool_and(is_left)
        )
        select
            noted.* exclude (is_stated, first_exported_at, last_exported_at),
            least(noted.first_exported_at, ledger.first_exported_at) as first_exported_at,
            greatest(noted.last_exported_at, ledger.last_exported_at) as last_exported_at
        from replaced as noted
        left join lake.{LEDGER} as ledger on {SAME}
        where
            ledger.tool is null
            or noted.first_exported_at < ledger.first_exported_at
            or (noted.last_exported_at > ledger.last_exported_at and not noted.is_stated)
    """)
    con.execute(f"delete from lake.{LEDGER} as ledger where exists (select 1 from noted where {SAME})")
    con.execute(f"insert into lake.{LEDGER} ({', '.join(COLUMNS)}) select {', '.join(COLUMNS)} from noted")
