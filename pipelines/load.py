"""Load: new files of a tool into its raw tables, once each; what newer exports restate is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipelines.ingest import ingest
from pipelines.record import Outcome, record, recorded
from pipelines.supersede import supersede
from pipelines.workspace import Workspace
from sources.exports import Export
from sources.layout import Tool
from sources.reading import ReadFile, read
from warehouse.staging import Staging

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """What one load of a tool did; rows are counted over its new files only."""

    files: int
    rows_read: int
    rows_loaded: int
    rows_rejected: int


def load(
    workspace: Workspace,
    staging: Staging,
    tool: Tool,
    dropped: Iterable[Export],
    progress: Progress = lambda text: None,
) -> Loaded:
    """Load the files among `dropped` that are this tool's and are not in the lake yet.

    A file counts as loaded once it stands in `ops.files`: rows that a killed load left behind are removed first.
    """
    _forget_unrecorded_rows(staging, tool)
    files, duplicates = _read_new(workspace, staging, [export for export in dropped if export.tool == tool.name])
    if loaded := [file for file in files if file.status == "loaded"]:
        progress(f"{tool.title}: loading {sum(file.rows_loaded for file in loaded):,} rows of {len(loaded)} files")
        ingest(staging.home, tool, loaded)
    if files or duplicates:
        with staging.transaction() as con:
            record(staging, [*files, *duplicates])
            supersede(con, tool)
    return Loaded(
        files=len(files) + len(duplicates),
        rows_read=sum(file.rows_read for file in files),
        rows_loaded=sum(file.rows_loaded for file in files),
        rows_rejected=sum(file.rows_rejected for file in files),
    )


def inventory(workspace: Workspace, staging: Staging, dropped: Iterable[Export]) -> int:
    """Record the files of folders that no source reads, so that they show as gaps; returns how many are new."""
    strange = [export for export in dropped if export.tool not in workspace.tools]
    files, duplicates = _read_new(workspace, staging, strange)
    if files or duplicates:
        with staging.transaction():
            record(staging, [*files, *duplicates])
    return len(files) + len(duplicates)


def _read_new(
    workspace: Workspace, staging: Staging, dropped: list[Export]
) -> tuple[list[ReadFile], list[tuple[Export, str]]]:
    """Files that were not loaded before, read; and files with the content of another one, with that one's path.

    A file that was rejected is tried again each night, since its layout may be known by now.
    """
    before = recorded(staging)
    loaded = {file_id: path for (file_id, path), known in before.items() if known.status == "loaded"}
    files, duplicates = [], []
    for export in dropped:
        known = before.get((export.file_id, export.path))
        if known and known.status != "rejected":
            continue
        if export.file_id in loaded:
            duplicates.append((export, loaded[export.file_id]))
            continue
        file = read(export, workspace.tools)
        if file.status == "loaded":
            loaded[export.file_id] = export.path
        if known != Outcome(file.status, file.reason):
            files.append(file)
    return files, duplicates


def _forget_unrecorded_rows(staging: Staging, tool: Tool) -> None:
    there = staging.con.execute(
        "select table_name from duckdb_tables() where database_name = 'lake' and schema_name = ?", [f"raw_{tool.name}"]
    ).fetchall()
    for (report,) in there:
        if report in tool.reports:
            staging.con.execute(
                f"delete from lake.raw_{tool.name}.{report}"
                " where _file_id not in (select file_id from lake.ops.files where status = 'loaded')"
            )
