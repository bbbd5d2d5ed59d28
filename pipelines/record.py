"""Record: what became of every dropped file, in `ops`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import polars as pl

from sources.exports import Export
from sources.reading import ReadFile
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
    old = [*changes.gone, *((row["file_id"], row["path"]) for row in rows)]
    staging.con.executemany("delete from lake.ops.files where file_id = ? and path = ?", old)
    if rows:
        with staging.registered(arrow_rows("ops.files", rows)) as given:
            staging.con.execute(f"insert into lake.ops.files from {given}")
    for name, frames in {
        "ops.rejected_rows": [file.rejected_rows for file in read],
        "ops.rejected_cells": [file.rejected_cells for file in read],
    }.items():
        staging.con.execute(f"delete from lake.{name} where file_id not in (select file_id from lake.ops.files)")
        for file in read:
            staging.con.execute(f"delete from lake.{name} where file_id = ?", [file.export.file_id])
        if filled := [frame for frame in frames if frame.height]:
            with staging.registered(pl.concat(filled).to_arrow()) as given:
                staging.con.execute(f"insert into lake.{name} by name from {given}")


def _file(file: ReadFile) -> dict[str, Any]:
    export = file.export
    return {
        "file_id": export.file_id,
        "tool": export.tool,
        "report": file.report,
        "path": export.path,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "language": file.language,
        "period_start": file.period_start,
        "period_end": file.period_end,
        "exported_at": file.exported_at,
        "loaded_at": _now(),
        "rows_read": file.rows_read,
        "rows_loaded": file.rows_loaded,
        "rows_rejected": file.rows_rejected,
        "rows_superseded": 0,
        "cells_rejected": file.rejected_cells.height,
        "stated_totals": json.dumps(file.stated_totals, ensure_ascii=False),
        "own_total": file.own_total,
        "summed_totals": json.dumps(file.summed_totals),
        "status": file.status,
        "reason": file.reason,
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
