"""Record: what became of every dropped file, in `ops`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa

from sources.exports import Export
from sources.outcome import ReadFile, as_json, plain
from warehouse.staging import Staging, arrow_rows


class Outcome(NamedTuple):
    """What is recorded of a file: its tool, whether it was loaded, rejected or a duplicate, and why."""

    tool: str
    status: str
    reason: str | None


@dataclass
class Changes:
    """Files that were read, duplicates with the path they repeat, and keys of files that are gone."""

    read: list[ReadFile] = field(default_factory=list)
    duplicates: list[tuple[Export, str]] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.read or self.duplicates or self.gone)


def recorded(staging: Staging) -> dict[tuple[str, str], Outcome]:
    """What `ops.files` says, by file id and path."""
    rows = staging.con.execute("select file_id, path, tool, status, reason from lake.ops.files").fetchall()
    return {(file_id, path): Outcome(*outcome) for file_id, path, *outcome in rows}


def record(staging: Staging, changes: Changes) -> None:
    """Write changes to `ops`; what stood there of the same files is replaced."""
    read = changes.read
    rows = [*map(_file, read), *(_duplicate(export, path) for export, path in changes.duplicates)]
    old = {*changes.gone, *((row["file_id"], row["path"]) for row in rows)} & set(recorded(staging))
    _forget(staging, sorted(old))
    _insert(staging, "ops.files", arrow_rows("ops.files", rows))
    tables = [row for file in read for row in _tables(file)]
    columns = [row for file in read for row in _columns(file)]
    _insert(staging, "ops.file_tables", arrow_rows("ops.file_tables", tables))
    _insert(staging, "ops.file_columns", arrow_rows("ops.file_columns", columns))
    _insert(staging, "ops.rejected_rows", _together([frame for file in read for frame in file.refused_rows]))
    _insert(staging, "ops.rejected_cells", _together([frame for file in read for frame in file.refused_cells]))


def _forget(staging: Staging, keys: list[tuple[str, str]]) -> None:
    """Remove what is recorded of some files; of most nights' there is nothing."""
    if not keys:
        return
    with staging.registered(pa.table({"file_id": [key[0] for key in keys], "path": [key[1] for key in keys]})) as given:
        keys_given = f"(select (file_id, path) from {given})"
        staging.con.execute(f"delete from lake.ops.files where (file_id, path) in {keys_given}")
        for name in ("file_tables", "file_columns", "rejected_rows", "rejected_cells"):
            staging.con.execute(
                f"delete from lake.ops.{name} where file_id in (select file_id from {given})"
                " and file_id not in (select file_id from lake.ops.files)"
            )


def _insert(staging: Staging, name: str, rows: pa.Table) -> None:
    if rows.num_rows:
        with staging.registered(rows) as given:
            staging.con.execute(f"insert into lake.{name} by name from {given}")


def _together(frames: list[pl.DataFrame]) -> pa.Table:
    return pl.concat(frames).to_arrow() if frames else pa.table({})


def _file(file: ReadFile) -> dict[str, Any]:
    same_names = ("report", "encoding", "delimiter", "language", "currency", "grain", "period_start", "period_end")
    counts = (
        "exported_at",
        "rows_read",
        "rows_loaded",
        "rows_rejected",
        "cells_rejected",
        "own_total",
        "status",
        "reason",
    )
    return {
        **{name: getattr(file, name) for name in (*same_names, *counts)},
        "file_id": file.export.file_id,
        "tool": file.export.tool,
        "path": file.export.path,
        "loaded_at": _now(),
        "rows_superseded": 0,
        "stated_totals": as_json(file.stated_totals),
        "summed_totals": as_json(file.summed_totals),
        "warnings": "; ".join(file.warnings) or None,
    }


def _tables(file: ReadFile) -> Iterator[dict[str, Any]]:
    same_names = ("language", "currency", "time_zone", "grain", "segments", "period_start", "period_end")
    counts = ("rows_read", "rows_loaded", "rows_rejected", "own_total", "wider_total")
    for number, table in enumerate(file.tables, start=1):
        yield {
            **{name: getattr(table, name) for name in (*same_names, *counts)},
            "file_id": file.export.file_id,
            "path": file.export.path,
            "table_number": number,
            "tool": file.export.tool,
            "report": table.report.name,
            "header_row": table.header.number,
            "stated_totals": as_json({label: plain(total) for label, total in table.all_totals.items()}),
            "summed_totals": as_json(plain(table.summed)),
        }


def _columns(file: ReadFile) -> Iterator[dict[str, Any]]:
    for number, table in enumerate(file.tables, start=1):
        for position, (label, field_) in enumerate(table.columns, start=1):
            yield {
                "file_id": file.export.file_id,
                "path": file.export.path,
                "table_number": number,
                "position": position,
                "label": label,
                "field": field_,
            }


def _duplicate(export: Export, path: str) -> dict[str, Any]:
    return {
        "file_id": export.file_id,
        "tool": export.tool,
        "path": export.path,
        "exported_at": export.modified_at,
        "loaded_at": _now(),
        **dict.fromkeys(("rows_read", "rows_loaded", "rows_rejected", "rows_superseded", "cells_rejected"), 0),
        "status": "duplicate",
        "reason": f"the same content was loaded from {path}",
    }


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
