"""Reads one export by whatever layout it turns out to have; a bad file is an answer, never an exception."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import PurePosixPath

import polars as pl

from sources.contents import contents
from sources.exports import Export
from sources.grids import Grid, grids
from sources.periods import covered_period, stated_period
from sources.recognition import Match, best_match, language
from sources.reports import Constant, Report, Tool

REJECTED_ROWS = {"file_id": pl.String, "row_number": pl.Int64, "reason": pl.String, "row_text": pl.String}
REJECTED_CELLS = {
    "file_id": pl.String,
    "row_number": pl.Int64,
    "field": pl.String,
    "label": pl.String,
    "reason": pl.String,
    "cell_text": pl.String,
}


@dataclass
class ReadFile:
    """What one export holds. rows_read = rows_loaded + rows_rejected; times are naive.

    `stated_totals` holds, per label, what totals rows state of the fields that add up; `own_total` the label that
    ought to equal `summed_totals`, the exact sums over the data rows. `rows` is None for a rejected file.
    """

    export: Export
    exported_at: datetime
    status: str = "rejected"
    reason: str | None = None
    report: str | None = None
    language: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    stated_totals: dict[str, dict[str, str]] = field(default_factory=dict)
    own_total: str | None = None
    summed_totals: dict[str, str] = field(default_factory=dict)
    rows: pl.DataFrame | None = None
    rejected_rows: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REJECTED_ROWS))
    rejected_cells: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REJECTED_CELLS))


def read(export: Export, tools: dict[str, Tool]) -> ReadFile:
    """The rows of an export and what was refused; a file that cannot be used is rejected with a reason."""
    unread = ReadFile(export, export.modified_at)
    try:
        return _read(unread, tools)
    # one bad file must not stop the night, not even one that makes polars panic; what it holds must not be logged
    except (Exception, pl.exceptions.PanicException) as error:
        return ReadFile(export, export.modified_at, reason=f"the file cannot be read ({type(error).__name__})")


def _read(file: ReadFile, tools: dict[str, Tool]) -> ReadFile:
    tool = tools.get(file.export.tool)
    if tool is None:
        folder = file.export.tool
        file.reason = f"no source named '{folder}' is registered" if folder else "the file lies in no tool's folder"
        return file
    content = file.export.content()
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        file.reason = "the file is empty"
        return file
    found_grids, file.encoding = grids(content)
    grid, found = _recognised(found_grids, [tool])
    if grid is None or found is None or not found.fits:
        file.reason = _unrecognised(tool, found, found_grids, tools)
        return file
    return _load(file, grid, found)


def _recognised(found_grids: list[Grid], candidates: list[Tool]) -> tuple[Grid | None, Match | None]:
    reports = [report for tool in candidates for report in tool.reports.values()]
    matches = ((grid, best_match(grid.records, reports)) for grid in found_grids)
    fitting = ((grid, found) for grid, found in matches if found)
    return max(fitting, key=lambda pair: pair[1].rank, default=(None, None))


def _unrecognised(tool: Tool, found: Match | None, found_grids: list[Grid], tools: dict[str, Tool]) -> str:
    if found and not found.lacking:
        return f"a {found.report.name} of {tool.name} split by {', '.join(found.barred)}, which is not read"
    _, elsewhere = _recognised(found_grids, [other for other in tools.values() if other is not tool])
    if elsewhere and elsewhere.fits:
        report = elsewhere.report
        return f"looks like a {report.name} of {report.tool}: move it to exports/{report.tool}/"
    if found is None:
        return f"no header of a {tool.name} report found"
    return f"no report of {tool.name}; nearest is {found.report.name}, but {', '.join(found.lacking)} is missing"


def _load(file: ReadFile, grid: Grid, found: Match) -> ReadFile:
    report = found.report
    read = contents(grid, found)
    rows = _complete(read.loaded, found, file.export)
    period = stated_period(record for record in grid.records if record.number < found.header.number)
    if not any(period) and report.period:
        period = covered_period(rows[report.period])
    return replace(
        file,
        status="loaded",
        report=report.name,
        language=language(found),
        delimiter=grid.delimiter,
        exported_at=_exported_at(file.export, report),
        period_start=period[0],
        period_end=period[1],
        rows_read=read.read,
        rows_loaded=rows.height,
        rows_rejected=read.rejected_rows.height,
        stated_totals=read.stated_totals,
        own_total=read.own_total,
        summed_totals=read.summed_totals,
        rows=rows,
        rejected_rows=_of_file(file.export, read.rejected_rows),
        rejected_cells=_of_file(file.export, read.rejected_cells),
    )


def _of_file(export: Export, refused: pl.DataFrame) -> pl.DataFrame:
    return refused.rename({"_row_number": "row_number"}).select(pl.lit(export.file_id).alias("file_id"), pl.all())


def _complete(loaded: pl.DataFrame, found: Match, export: Export) -> pl.DataFrame:
    """The report's fields in its order, absent ones as typed nulls, then unknown columns and the row's origin."""
    fields = found.report.fields.values()
    absent = [
        pl.lit(_constant(field.constants, found, export), dtype=field.polars_type).alias(field.name)
        for field in fields
        if field.name not in found.columns
    ]
    names = [field.name for field in fields]
    unknown = [name for name in loaded.columns if name not in (*names, "_row_number")]
    origin = pl.lit(export.file_id).alias("_file_id")
    return loaded.with_columns(*absent, origin).select(*names, *unknown, "_file_id", "_row_number")


def _constant(rules: tuple[Constant, ...], found: Match, export: Export) -> str | None:
    """What the file as a whole states of a field: by a column it has, otherwise by its name."""
    name = _file_name(export)
    by_column = (rule.value for rule in rules if rule.column in found.columns)
    by_name = (rule.value for rule in rules if rule.file and re.search(rule.file, name, re.IGNORECASE))
    return next(by_column, next(by_name, None))


def _exported_at(export: Export, report: Report) -> datetime:
    """The day the file name states, or when the file was last changed."""
    stated = re.search(report.file_date, _file_name(export)) if report.file_date else None
    try:
        return datetime.fromisoformat(stated[1]) if stated else export.modified_at
    except ValueError:
        return export.modified_at


def _file_name(export: Export) -> str:
    return PurePosixPath(export.path.rpartition("!")[2]).name
