"""Record: what became of every dropped file, in `ops`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import polars as pl

from sources.exports import Export
from sources.reading import ReadFile
from warehouse.staging import Staging, arrow_rows


class Outcome(NamedTuple):
    """What is recorded of a file: loaded, rejected or duplicate, and why."""

    status: str
    reason: str | None


def recorded(staging: Staging) -> dict[tuple[str, str], Outcome]:
    """What `ops.files` says, by file id and path."""
    rows = staging.con.execute("select file_id, path, status, reason from lake.ops.files").fetchall()
    return {(file_id, path): Outcome(status, reason) for file_id, path, status, reason in rows}


def record(staging: Staging, files: Iterable[ReadFile | tuple[Export, str]]) -> None:
    """Write read files, and duplicates with the path they repeat, to `ops`; what stood there of them is replaced."""
    read = [file for file in files if isinstance(file, ReadFile)]
    repeated = [file for file in files if not isinstance(file, ReadFile)]
    rows = [*map(_file, read), *(_duplicate(export, path) for export, path in repeated)]
    with staging.registered(arrow_rows("ops.files", rows)) as given:
        staging.con.execute(
            f"delete from lake.ops.files where (file_id, path) in (select (file_id, path) from {given})"
        )
        staging.con.execute(f"insert into lake.ops.files from {given}")
    for name, frames in {
        "ops.rejected_rows": [file.rejected_rows for file in read],
        "ops.rejected_cells": [file.rejected_cells for file in read],
    }.items():
        for export in (file.export for file in read):
            staging.con.execute(f"delete from lake.{name} where file_id = ?", [export.file_id])
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
