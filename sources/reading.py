"""Reads one export by whatever layouts its tables turn out to have; a bad file is an answer, never an exception."""

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

import polars as pl

from sources import stacked
from sources.completion import Context, completed, context, paced
from sources.contents import Contents, contents
from sources.documents import Document, document
from sources.evidence import Evidence
from sources.exports import Export
from sources.outcome import ReadFile, ReadTable
from sources.preamble import orders_around, stated_zone
from sources.recognition import Match, find_header, language
from sources.reports import Report, Tool
from sources.rows import sort_rows
from sources.scaffold import guess
from sources.tables import Record

Frame = tuple[Report, pl.DataFrame]


@dataclass(frozen=True)
class Head:
    """Where a table begins: its header, the lines above it, the report it fits and what would end it."""

    delimiter: str | None
    header: Record
    preamble: list[Record]
    found: Match | None
    section: str | None


def read(export: Export, tools: dict[str, Tool]) -> ReadFile:
    """An export read as a whole, its rows kept in `frames`."""
    reading = Reading(export, tools)
    frames = [frame for _, frame in reading.frames()]
    if reading.surprised:
        reading = reading.again()
        frames = [frame for _, frame in reading.frames()]
    if reading.file.tables:
        reading.file.frames = frames
    return reading.file


class Surprise(Exception):
    """A later part of a large file proves what its first part did not: it has to be looked through first."""


class Reading:
    """The reading of one export: `file` is complete once `frames` has come to its end.

    `surprised`: a large file was read by what its first block proves, and a later one proves more. Its rows are not to
    be kept, it is to be read again with `patient`: then all of it is looked through before.
    """

    def __init__(self, export: Export, tools: dict[str, Tool], *, patient: bool = False) -> None:
        self.file = ReadFile(export, export.modified_at)
        self.surprised = False
        self._tools = tools
        self._opening: list[Record] = []
        self._patient = patient

    def again(self) -> "Reading":
        """The patient reading of the same export."""
        return Reading(self.file.export, self._tools, patient=True)

    def frames(self) -> Iterator[Frame]:
        """The rows, block by block, with their report; those of a file that ends up rejected are not to be kept."""
        try:
            yield from self._frames()
        except Surprise:
            self.surprised = True
            self.file.reject("read only in part")
        # one bad file must not stop the night, not even one that makes polars panic; what it holds must not be logged
        except (Exception, pl.exceptions.PanicException) as error:
            self.file.reject(f"the file cannot be read ({type(error).__name__})")

    def _frames(self) -> Iterator[Frame]:
        file, export = self.file, self.file.export
        tool = self._tools.get(export.tool)
        if export.trouble:
            file.reject(export.trouble)
            return
        doc, file.encoding = document(export)
        if tool is None:
            file.reject(self._unregistered(doc))
            return
        delimiter, found = _nearest(doc, tool.reports.values())
        if found is None or not found.fits:
            file.reject(self._unrecognised(doc, tool, found))
            return
        file.status, file.delimiter, file.exported_at = "loaded", delimiter, _exported_at(export, found.report)
        head = _head(doc, tool, delimiter)
        self._opening = head.preamble if head else []
        while head:
            self._refuse(stacked.stray(head.preamble, head.header, delimiter))
            another = yield from self._table(doc, head) if head.found else self._strangers(doc, head)
            head = _head(doc, tool, delimiter) if another else None

    def _table(self, doc: Document, head: Head) -> Generator[Frame, None, bool]:
        """The rows of one table; returns whether another begins where they end."""
        found = head.found
        assert found is not None
        proof, whole = Evidence(workbook=head.delimiter is None, around=orders_around(head.preamble)), not doc.more
        if not whole and self._patient:
            self._prove(proof, head.delimiter, found)
        table, known = _begun(found, head.preamble), None
        self.file.tables.append(table)
        for block in doc.below(found.header, head.delimiter):
            cut = stacked.next_table(block, found, self._reports)
            rows = sort_rows(stacked.until(block, cut) if cut else block, found)
            if not self._patient or whole:
                before = proof.copy()
                proof.take(rows.cells, found)
                if known is not None and proof != before:
                    raise Surprise
            if known is None:
                orders = proof.around.union(*proof.orders.values())
                known = context(self.file.export, found, head.preamble, self._opening, orders)
                proof.settle(rows.cells, found, known.period)
                known = paced(known, rows.cells, proof)
            yield found.report, self._taken(table, contents(rows, found, proof, head.delimiter), known)
            if cut:
                doc.rewind(cut)
                return True
        return False

    def _strangers(self, doc: Document, head: Head) -> Generator[Frame, None, bool]:
        """The rows of a table that no layout knows, all kept aside."""
        yield from ()
        labels = ", ".join(cell.strip() for cell in head.header.cells if cell.strip())
        is_row = re.search(r"[\d@]", labels)  # no header then: it is not quoted, and kept aside with the others
        told = "" if is_row else f" ({labels})"[:200]
        reason = f"stands below a header that no layout knows{told}"
        self.file.warn(f"row {head.header.number}: a table with a header that no layout knows{told}")
        self._refuse(stacked.refused_records([head.header] if is_row else [], head.delimiter, reason))
        for block in doc.below(head.header, head.delimiter):
            cut = stacked.section(block, head.section) if head.section else None
            self._refuse(stacked.refused(stacked.until(block, cut) if cut else block, reason))
            if cut:
                doc.rewind(cut)
                return True
        return False

    def _taken(self, table: ReadTable, read: Contents, known: Context) -> pl.DataFrame:
        """Some rows of a table, completed and counted."""
        frame, file = completed(read.loaded, known), self.file
        table.rows_read += read.read
        table.rows_loaded += frame.height
        table.rows_rejected += read.rejected_rows.height
        for name, total in read.summed.items():
            table.summed[name] = table.summed.get(name, Decimal(0)) + total
        for label, totals in read.stated_totals:
            table.state(label, totals)
        self._refuse(read.rejected_rows)
        file.refused_cells.append(_of_file(file.export, read.rejected_cells))
        table.observe(frame, known.period, ", ".join(known.segments) or None)
        for warning in table.warnings(frame):
            file.warn(warning)
        return frame

    def _refuse(self, rows: pl.DataFrame) -> None:
        self.file.refused_rows.append(_of_file(self.file.export, rows))

    def _prove(self, proof: Evidence, delimiter: str | None, found: Match) -> None:
        """Look through a large file once before its rows are read, for what all of it proves."""
        doc, _ = document(self.file.export)
        for block in doc.below(Record(0, found.header.cells), delimiter):
            rows = stacked.below(block, found.header.number)
            cut = stacked.next_table(rows, found, self._reports)
            proof.take(sort_rows(stacked.until(rows, cut) if cut else rows, found).cells, found)
            if cut:
                return

    @cached_property
    def _reports(self) -> list[Report]:
        return [report for tool in self._tools.values() for report in tool.reports.values()]

    def _unregistered(self, doc: Document) -> str:
        """That nobody knows the tool, and what the file most probably is."""
        folder = self.file.export.tool
        told = f"no source named '{folder}' is registered" if folder else "the file lies in no tool's folder"
        _, known = _nearest(doc, self._reports)
        if known and known.fits:
            return f"{told}; looks like a {known.report.name} of {known.report.tool}"
        guesses = [guess(record.cells, None, self._tools) for _, records in doc.heads() for record in records]
        best = max((found for found in guesses if found), key=lambda found: len(found.fields), default=None)
        return f"{told}; {best}" if best else told

    def _unrecognised(self, doc: Document, tool: Tool, found: Match | None) -> str:
        if not any(cell.strip() for _, records in doc.heads() for record in records for cell in record.cells):
            return "the file is empty"
        if found and not found.lacking:
            return f"a {found.report.name} of {tool.name} split by {', '.join(found.barred)}, which is not read"
        others = [report for report in self._reports if report.tool != tool.name]
        _, elsewhere = _nearest(doc, others)
        if elsewhere and elsewhere.fits:
            report = elsewhere.report
            return f"looks like a {report.name} of {report.tool}: move it to exports/{report.tool}/"
        if found is None:
            return f"no header of a {tool.name} report found"
        return f"no report of {tool.name}; nearest is {found.report.name}, but {', '.join(found.lacking)} is missing"


def _nearest(doc: Document, reports: Iterable[Report]) -> tuple[str | None, Match | None]:
    """The delimiter through which a header shows best, and that header."""
    reports = list(reports)
    seen = ((delimiter, find_header(records, reports)) for delimiter, records in doc.heads())
    found = [(delimiter, match) for delimiter, match in seen if match]
    return max(found, key=lambda pair: pair[1].rank, default=(None, None))


def _head(doc: Document, tool: Tool, delimiter: str | None) -> Head | None:
    """The next table's header with the lines above it; None when nothing follows."""
    records = next(records for seen, records in doc.heads() if seen == delimiter)
    filled = [record for record in records if any(cell.strip() for cell in record.cells)]
    section = next((report.section for report in tool.reports.values() if report.section), None)
    if section and filled and re.search(section, filled[0].cells[0]):
        below = [record for record in filled if not re.search(section, record.cells[0])][:1]
    else:
        section, below = None, filled
    found = find_header(below, tool.reports.values())
    found = found if found and found.fits else None
    header = found.header if found else next(iter(below), None)
    if header is None:
        return None
    return Head(delimiter, header, [record for record in filled if record.number < header.number], found, section)


def _begun(found: Match, preamble: list[Record]) -> ReadTable:
    field_at = {position: name for name, positions in found.columns.items() for position in positions}
    columns = [(cell.strip(), field_at.get(position)) for position, cell in enumerate(found.header.cells)]
    return ReadTable(
        report=found.report,
        header=found.header,
        language=language(found),
        time_zone=stated_zone(preamble, found.header),
        columns=columns,
        currencies=set(found.currencies),
    )


def _of_file(export: Export, refused: pl.DataFrame) -> pl.DataFrame:
    return refused.rename({"_row_number": "row_number"}).select(pl.lit(export.file_id).alias("file_id"), pl.all())


def _exported_at(export: Export, report: Report) -> datetime:
    """The day the file name states, or when the file was last changed."""
    stated = re.search(report.file_date, export.name) if report.file_date else None
    try:
        return datetime.fromisoformat(re.sub(r"[_.]", "-", stated[1])) if stated else export.modified_at
    except ValueError:
        return export.modified_at
