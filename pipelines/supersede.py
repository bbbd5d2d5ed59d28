"""Supersede: of rows that several exports state, only the newest export's stay in the raw tables."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sources.layout import Report, Tool
from sources.reports import PERIOD

if TYPE_CHECKING:
    from warehouse.lake import Connection


def supersede(con: Connection, tool: Tool) -> None:
    """Delete restated rows of a tool's raw tables and count them in `ops.files`.

    Rows with the same key (the report's `restates`) in several files: those of the newest export stay, the date its
    name states or else the file's own deciding, so that the order in which files arrive does not matter.
    """
    stated: dict[str, set[str]] = defaultdict(set)
    for table, column in con.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'lake' and schema_name = ?",
        [f"raw_{tool.name}"],
    ).fetchall():
        stated[table].add(column)
    for table, reports in tool.tables.items():
        if not reports[0].restates or table not in stated:
            continue
        if _delete_restated(con, f"lake.raw_{tool.name}.{table}", _key(reports[0], stated[table])):
            _count_superseded(con, tool.name, table, reports)


def _key(report: Report, columns: set[str]) -> list[str]:
    parts = []
    for alternatives in report.restates:
        known = [f'rows."{name}"::varchar' for name in alternatives if name in columns]
        parts.append(f"coalesce({', '.join(known)})" if known else "null")
    # what a row is split by, and the period it stands for where it has no day
    day = f'rows."{report.period}"' if report.period in columns else "null"
    if report.period:
        parts += [f"case when {day} is null then rows.{edge} end" for edge in PERIOD]
    if report.segments:
        parts.append("rows._segments")
    return parts


def _delete_restated(con: Connection, table: str, key: list[str]) -> int:
    """Delete what newer exports restate; returns how many rows that were."""
    # a row that states no key cannot be restated
    deleted = con.execute(f"""
        delete from {table} where (_file_id, _row_number) in (
            with aged as (
                select
                    rows._file_id,
                    rows._row_number,
                    concat_ws('/', files.exported_at, rows._file_id) as age,
                    max(concat_ws('/', files.exported_at, rows._file_id)) over (
                        partition by {", ".join(key)}
                    ) as newest_age
                from {table} as rows
                inner join lake.ops.files as files on rows._file_id = files.file_id and files.status = 'loaded'
                where {key[0]} is not null
            )
            select (_file_id, _row_number) from aged where age != newest_age
        )
    """).fetchone()
    return int(deleted[0]) if deleted else 0


def _count_superseded(con: Connection, tool: str, table: str, reports: list[Report]) -> None:
    # a file may hold tables of several reports: only where all go to one raw table can its rows be counted there
    names = [report.name for report in reports]
    left = f"(select count(*) from lake.raw_{tool}.{table} as rows where rows._file_id = files.file_id)"
    con.execute(
        f"""
        update lake.ops.files set rows_superseded = rows_loaded - {left}
        where
            tool = ?
            and list_has_all(?, string_split(report, ', '))
            and status = 'loaded'
            and rows_superseded != rows_loaded - {left}
        """,
        [tool, names],
    )
