"""Holding: an export that would replace known figures with far fewer is not loaded before somebody accepts it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

import pyarrow as pa

from sources.outcome import ReadFile, ReadTable
from sources.reports import Report
from warehouse.staging import Staging

FEWEST = 20


def hold_back(staging: Staging, files: Iterable[ReadFile], accepted: Collection[str] = ()) -> None:
    """Hold those among a tool's newly read files, whose rows are in the raw tables, that must not be loaded.

    Files of one night count in the order in which they were exported, as if each had come in a night of its own.
    `accepted` are the ids of files that somebody accepted.
    """
    new = sorted((file for file in files if file.status == "loaded"), key=_age)
    if not new:
        return
    known = staging.con.execute(
        "select report, exported_at, rows_read from lake.ops.files where status = 'loaded' and tool = ?",
        [new[0].export.tool],
    ).fetchall()
    passed: list[ReadFile] = []
    for file in new:
        # most files are like the others: a look at the numbers of rows tells that without a look at the rows
        larger = (
            report == file.report and exported_at <= file.exported_at and rows > 2 * file.rows_read
            for report, exported_at, rows in known
        )
        if any(larger) and file.export.file_id not in accepted and (why := must_hold(staging, file, passed)):
            file.hold(why)
        else:
            passed.append(file)
            known.append((file.report, file.exported_at, file.rows_read))


def must_hold(staging: Staging, file: ReadFile, beside: Sequence[ReadFile] = ()) -> str | None:
    """Why a file that was read takes away too much of what is known; None when it does not.

    A table of it is empty, or states less than half the rows of the last export of the same tool, report, accounts,
    segments and time, if that had 20 rows or more. Records are never held: they stay when a newer export lacks them.
    Nor is an export older than what is loaded, which replaces nothing. `beside` are loaded files of the same night,
    which `ops.files` does not know yet.
    """
    replacing = [table for table in file.tables if _replaces_days(table.report)]
    for table in replacing:
        with staging.registered(_arriving(beside)) as arriving:
            before = _replaced(staging, arriving, file, table)
        if before and (why := _too_few(table.rows_read, *before)):
            return f"{why}; export it again, or accept it: unsilo decide accept {file.export.file_id[:12]}"
    return None


def _replaces_days(report: Report) -> bool:
    return report.period is not None and any(report.period in alternatives for alternatives in report.restates)


def _too_few(rows: int, path: str, exported_on: date, rows_before: int) -> str | None:
    if not rows:
        return f"the export is empty, where {path} of {exported_on} states {rows_before:,} rows"
    if rows_before >= FEWEST and rows * 2 < rows_before:
        return f"the export states {rows:,} rows, where {path} of {exported_on} states {rows_before:,} of the same time"
    return None


def _age(file: ReadFile) -> tuple[datetime, str]:
    return file.exported_at, file.export.file_id


def _arriving(files: Sequence[ReadFile]) -> pa.Table:
    rows = [(file.export.file_id, file.export.path, file.exported_at) for file in files]
    names = pa.schema([("file_id", pa.string()), ("path", pa.string()), ("exported_at", pa.timestamp("us"))])
    return pa.Table.from_pylist([dict(zip(names.names, row, strict=True)) for row in rows], names)


def _replaced(staging: Staging, arriving: str, file: ReadFile, table: ReadTable) -> tuple[str, date, int] | None:
    """The last export whose rows of the same accounts and time this one would replace: path, day and those rows."""
    report = table.report
    name = f"raw_{report.tool}.{report.table}"
    known = staging.lake_columns().get(name)
    if known is None:
        return None
    conditions = ["files.exported_at <= $exported_at", "files.file_id != $file_id"]
    given: dict[str, object] = {"exported_at": file.exported_at, "file_id": file.export.file_id}

    def same(column: str, value: object) -> None:
        if column in known:
            conditions.append(f'rows."{column}" is not distinct from ${column}')
            given[column] = value

    levels = report.fields["level"].constants if "level" in report.fields else ()
    for rule in levels:
        if not (rule.column or rule.file or rule.preamble):
            same("level", rule.value)
    if table.rows_read:
        same("_segments", table.segments)
    if table.grain:
        conditions.append(f'rows."{report.period}" is {"not null" if table.grain == "day" else "null"}')
    if table.rows_read and "account_id" in known:
        conditions.append("list_contains($accounts, coalesce(rows.account_id, ''))")
        given["accounts"] = sorted(table.accounts) or [""]
    if table.currency:
        same("currency", table.currency)
    if table.period_start and table.period_end:
        conditions += ["rows._period_start >= $period_start", "rows._period_end <= $period_end"]
        given |= {"period_start": table.period_start, "period_end": table.period_end}
    found = staging.con.execute(
        f"""
        with files as (
            select file_id, path, exported_at from lake.ops.files where status = 'loaded'
            union
            select file_id, path, exported_at from {arriving}
        )
        select files.path, files.exported_at::date, count(*)
        from lake.{name} as rows
        inner join files on rows._file_id = files.file_id
        where {" and ".join(conditions)}
        group by files.path, files.exported_at, files.file_id
        order by files.exported_at desc, files.file_id desc
        limit 1
        """,
        given,
    ).fetchone()
    return (found[0], found[1], int(found[2])) if found else None
