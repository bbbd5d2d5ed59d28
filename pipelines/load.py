"""Load: new files into the raw tables of their tools, once each; what newer exports restate is replaced."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

from pipelines import decisions
from pipelines.consent_ledger import consents_kept
from pipelines.holding import hold_back
from pipelines.ingest import ingest
from pipelines.ledger import note
from pipelines.record import Changes, Outcome, record, recorded
from pipelines.supersede import supersede
from pipelines.workspace import Workspace
from sources.exports import Export
from sources.layout import Tool
from sources.outcome import ReadFile
from sources.reading import Frame, Reading
from warehouse.staging import Staging

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """What one load did for a tool; rows are counted over its new files only."""

    files: int = 0
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0


def load(
    workspace: Workspace,
    staging: Staging,
    dropped: Iterable[Export],
    tools: Collection[str] | None = None,
    progress: Progress = lambda text: None,
) -> dict[str, Loaded]:
    """Load the files among `dropped` that are not in the lake yet, of some tools or all; what was done, by tool.

    Rows and what is recorded of their files are committed together: of a load that is killed nothing is left.
    """
    chosen = {name: tool for name, tool in workspace.tools.items() if tools is None or name in tools}
    new = _new(staging, [export for export in dropped if export.tool in chosen], set(chosen))
    readings = [Reading(export, workspace.tools) for export in new.exports]
    with staging.transaction():
        _ingest(staging, chosen, readings, progress)
        if surprised := [number for number, reading in enumerate(readings) if reading.surprised]:
            _forget(staging, chosen, [readings[number].file for number in surprised])
            for number in surprised:
                readings[number] = readings[number].again()
            _ingest(staging, chosen, [readings[number] for number in surprised], progress)
        read = [reading.file for reading in readings]
        for tool in chosen.values():
            hold_back(staging, [file for file in read if file.export.tool == tool.name], new.accepted)
        _forget(staging, chosen, [file for file in read if file.status != "loaded"])
        changes = new.changes(read)
        if changes:
            record(staging, changes)
        for name in {file.export.tool for file in read if file.status == "loaded"}:
            note(staging, chosen[name])
            with consents_kept(staging, chosen[name]):
                supersede(staging.con, chosen[name])
    return {name: _loaded(changes, name) for name in chosen}


def inventory(workspace: Workspace, staging: Staging, dropped: Iterable[Export]) -> int:
    """Record the files of folders that no source reads, so that they show as gaps; returns how many are new."""
    strange = [export for export in dropped if export.tool not in workspace.tools]
    before = {known.tool for known in recorded(staging).values()} - set(workspace.tools)
    new = _new(staging, strange, before)
    read = [_drained(Reading(export, workspace.tools)) for export in new.exports]
    for file in read:
        file.reason = workspace.layout_errors.get(file.export.tool, file.reason)
    changes = new.changes(read)
    if changes:
        with staging.transaction():
            record(staging, changes)
    return len(changes.read) + len(changes.duplicates)


@dataclass(frozen=True)
class New:
    """What `ops.files` does not say yet: exports to read, copies of them or of loaded ones, keys that are gone.

    `accepted` are the ids of files that somebody accepted though they would be held.
    """

    exports: list[Export]
    copies: list[Export]
    loaded: dict[str, str]
    before: dict[tuple[str, str], Outcome]
    gone: list[tuple[str, str]]
    accepted: set[str]

    def changes(self, read: list[ReadFile]) -> Changes:
        """What is to be recorded once the exports were read; files of which all is known are left out."""
        by_content = {file.export.file_id: file for file in read}
        loaded = self.loaded | {key: file.export.path for key, file in by_content.items() if file.status == "loaded"}
        told = list(read)
        changes = Changes(gone=self.gone)
        for copy in self.copies:
            if copy.file_id in loaded:
                changes.duplicates.append((copy, loaded[copy.file_id]))
            else:
                same = by_content[copy.file_id]
                told.append(ReadFile(copy, same.exported_at, same.status, same.reason))
        for file in told:
            outcome = Outcome(file.export.tool, file.status, file.reason)
            if self.before.get((file.export.file_id, file.export.path)) != outcome:
                changes.read.append(file)
        return changes


def _new(staging: Staging, dropped: list[Export], tools: set[str]) -> New:
    """What is new among the dropped files of some tools.

    A file that was rejected is tried again each night, since its layout may be known by now, one that is held once
    somebody accepted it; one that is no part of the lake and gone from the folder is forgotten.
    """
    before, accepted = recorded(staging), decisions.accepted(staging, "accept_export")
    loaded = {file_id: path for (file_id, path), known in before.items() if known.status == "loaded"}
    here = {(export.file_id, export.path) for export in dropped}
    kept_aside = [key for key, known in before.items() if known.tool in tools and known.status != "loaded"]
    new = New([], [], loaded, before, [key for key in kept_aside if key not in here], accepted)
    seen: set[str] = set()
    for export in dropped:
        known = before.get((export.file_id, export.path))
        held = known is not None and known.status == "held" and export.file_id not in accepted
        if held or (known and known.status in ("loaded", "duplicate")):
            continue
        (new.copies if export.file_id in seen or export.file_id in loaded else new.exports).append(export)
        seen.add(export.file_id)
    return new


def _loaded(changes: Changes, tool: str) -> Loaded:
    read = [file for file in changes.read if file.export.tool == tool]
    return Loaded(
        files=len(read) + sum(export.tool == tool for export, _ in changes.duplicates),
        rows_read=sum(file.rows_read for file in read),
        rows_loaded=sum(file.rows_loaded for file in read),
        rows_rejected=sum(file.rows_rejected for file in read),
    )


def _ingest(staging: Staging, tools: dict[str, Tool], readings: list[Reading], progress: Progress) -> None:
    frames = _frames(tools, readings, progress)
    # dlt is started for rows only: a file that is rejected is tried again each night
    if first := next(frames, None):
        ingest(staging, tools, _ahead(chain([first], frames)))


def _frames(tools: dict[str, Tool], readings: list[Reading], progress: Progress) -> Iterator[Frame]:
    for number, reading in enumerate(readings, start=1):
        export = reading.file.export
        progress(f"{tools[export.tool].title}: file {number} of {len(readings)}, {export.size:,} bytes")
        yield from reading.frames()


def _ahead(frames: Iterator[Frame]) -> Iterator[Frame]:
    """The same frames, the next one being read while one is written."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, frames, None)
        while frame := coming.result():
            coming = reader.submit(next, frames, None)
            yield frame


def _drained(reading: Reading) -> ReadFile:
    for _ in reading.frames():
        pass
    return reading.file


def _forget(staging: Staging, tools: dict[str, Tool], files: list[ReadFile]) -> None:
    """Take the rows of files that are not to be kept out of the raw tables again."""
    there = staging.lake_columns()
    for tool in {file.export.tool for file in files if file.export.tool in tools}:
        given = [file.export.file_id for file in files if file.export.tool == tool]
        for table in tools[tool].tables:
            if (name := f"raw_{tool}.{table}") in there:
                staging.con.execute(f"delete from lake.{name} where list_contains(?, _file_id)", [given])
