"""Load: new files of a tool into its raw tables, once each; what newer exports restate is replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipelines.ingest import ingest
from pipelines.record import Changes, Outcome, record, recorded
from pipelines.supersede import supersede
from pipelines.workspace import Workspace
from sources.exports import Export
from sources.layout import Tool
from sources.reading import read
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
    changes = _changes(workspace, staging, [export for export in dropped if export.tool == tool.name], {tool.name})
    if loaded := [file for file in changes.read if file.status == "loaded"]:
        progress(f"{tool.title}: loading {sum(file.rows_loaded for file in loaded):,} rows of {len(loaded)} files")
        ingest(staging.home, tool, loaded)
    if changes:
        with staging.transaction() as con:
            record(staging, changes)
            supersede(con, tool)
    return Loaded(
        files=len(changes.read) + len(changes.duplicates),
        rows_read=sum(file.rows_read for file in changes.read),
        rows_loaded=sum(file.rows_loaded for file in changes.read),
        rows_rejected=sum(file.rows_rejected for file in changes.read),
    )


def inventory(workspace: Workspace, staging: Staging, dropped: Iterable[Export]) -> int:
    """Record the files of folders that no source reads, so that they show as gaps; returns how many are new."""
    strange = [export for export in dropped if export.tool not in workspace.tools]
    before = {known.tool for known in recorded(staging).values()} - set(workspace.tools)
    changes = _changes(workspace, staging, strange, before)
    if changes:
        with staging.transaction():
            record(staging, changes)
    return len(changes.read) + len(changes.duplicates)


def _changes(workspace: Workspace, staging: Staging, dropped: list[Export], tools: set[str]) -> Changes:
    """What `ops.files` does not say yet of the dropped files of some tools.

    A file that was rejected is tried again each night, since its layout may be known by now; one that was rejected or
    repeated another and is gone from the folder is forgotten.
    """
    before = recorded(staging)
    loaded = {file_id: path for (file_id, path), known in before.items() if known.status == "loaded"}
    here = {(export.file_id, export.path) for export in dropped}
    kept_aside = [key for key, known in before.items() if known.tool in tools and known.status != "loaded"]
    changes = Changes(gone=[key for key in kept_aside if key not in here])
    for export in dropped:
        known = before.get((export.file_id, export.path))
        if known and known.status != "rejected":
            continue
        if export.file_id in loaded:
            changes.duplicates.append((export, loaded[export.file_id]))
            continue
        file = read(export, workspace.tools)
        if file.status == "loaded":
            loaded[export.file_id] = export.path
        if known != Outcome(export.tool, file.status, file.reason):
            changes.read.append(file)
    return changes


def _forget_unrecorded_rows(staging: Staging, tool: Tool) -> None:
    loaded = "(select file_id from lake.ops.files where status = 'loaded')"
    tables = [name for name in staging.lake_tables(f"raw_{tool.name}") if name.split(".")[1] in tool.reports]
    leftovers = [f"select '{name}' from lake.{name} where _file_id not in {loaded}" for name in tables]
    # one look at all tables: most nights there is nothing to forget
    for (name,) in staging.con.execute(" union ".join(leftovers) or "select '' where false").fetchall():
        staging.con.execute(f"delete from lake.{name} where _file_id not in {loaded}")
