"""Where, among the rows of a table, another table begins."""

import re
from collections.abc import Iterable
from itertools import islice

import polars as pl

from sources.labels import normalised
from sources.recognition import LONGEST_LABEL, Match, labels_of, match
from sources.reports import Report
from sources.rows import REJECTED
from sources.tables import ROW_NUMBER, Irregular, Record, Table

FIRST_COLUMNS = 2
CANDIDATES = 50
MOST_STATED = 3  # cells of a line above a header: `July 8, 2025 - July 31, 2025` without quotes
LOOSE = 60


def next_table(table: Table, found: Match, reports: Iterable[Report]) -> int | None:
    """Row at which the next table begins, with the lines above its header; None when there is no other."""
    ended = section(table, found.report.section) if found.report.section else None
    rows = [*([ended] if ended else []), *_headers(table, found, list(reports))]
    named = any(0 in found.columns.get(name, ()) for group in found.report.needs for name in group)
    return _with_preamble(table, min(rows), titles=not named) if rows else None


def until(table: Table, number: int) -> Table:
    """The rows above a row."""
    above = table.cells.filter(pl.col(ROW_NUMBER) < number)
    return Table(above, [row for row in table.irregular if row.number < number])


def below(table: Table, number: int) -> Table:
    """The rows below a row."""
    lower = table.cells.filter(pl.col(ROW_NUMBER) > number)
    return Table(lower, [row for row in table.irregular if row.number > number])


def loose_end(table: Table) -> int | None:
    """The first of the last rows, if they may be lines above a header that is still to come."""
    numbers = [*table.cells[ROW_NUMBER].tail(1), *(row.number for row in table.irregular[-1:])]
    end = max(numbers, default=0) + 1
    start = _with_preamble(Table(table.cells.tail(LOOSE), table.irregular[-LOOSE:]), end, titles=True)
    return start if start < end < start + LOOSE else None


def stray(preamble: Iterable[Record], header: Record, delimiter: str | None) -> pl.DataFrame:
    """Lines above a header that hold as much as rows do, as rows refused."""
    least = min(MOST_STATED + 1, _filled(header.cells))
    rows = [record for record in preamble if _filled(record.cells) >= least]
    return refused_records(rows, delimiter, "stands above the header")


def refused_records(records: Iterable[Record], delimiter: str | None, reason: str) -> pl.DataFrame:
    """Records as rows refused for one reason."""
    rows = [(record.number, reason, (delimiter or ";").join(record.cells)) for record in records]
    return pl.DataFrame(rows, schema=REJECTED, orient="row")


def section(table: Table, pattern: str) -> int | None:
    """The first row whose first cell matches a pattern."""
    told = table.cells.filter(pl.col("c0").str.contains(pattern).fill_null(value=False))
    irregular = [row.number for row in table.irregular if row.cells and re.search(pattern, row.cells[0])]
    return min([*told[ROW_NUMBER].head(1).to_list(), *irregular[:1]], default=None)


def refused(table: Table, reason: str) -> pl.DataFrame:
    """All rows that hold anything, as rows refused for one reason."""
    columns = [pl.col(name).fill_null("") for name in table.cells.columns if name != ROW_NUMBER]
    regular = table.cells.select(
        ROW_NUMBER, pl.lit(reason).alias("reason"), pl.concat_str(columns, separator=";").alias("row_text")
    )
    regular = regular.filter(pl.col("row_text").str.contains(r"[^;\s]"))
    irregular = [(row.number, reason, row.text) for row in table.irregular if any(cell.strip() for cell in row.cells)]
    return pl.concat([regular, pl.DataFrame(irregular, schema=REJECTED, orient="row")]).sort(ROW_NUMBER)


def _headers(table: Table, found: Match, reports: list[Report]) -> list[int]:
    """Rows that are the header of a report: their first cells are labels, and all of them together fit."""
    fields = (field for report in reports for field in report.fields.values())
    written = {label for field in fields for some in field.labels.values() for label in some}
    written |= {cell.strip() for cell in found.header.cells if cell.strip()}
    columns = [name for name in table.cells.columns if name != ROW_NUMBER][:FIRST_COLUMNS]
    labelled = pl.any_horizontal([pl.col(name).is_in(written) for name in columns])
    candidates = table.cells.filter(labelled).head(CANDIDATES)
    records = [
        Record(number, [cell or "" for cell in cells])
        for number, *cells in candidates.select(ROW_NUMBER, pl.exclude(ROW_NUMBER)).rows()
    ]
    known = {normalised(label) for label in written}
    irregular = [Record(row.number, row.cells) for row in table.irregular]
    named = (record for record in irregular if not known.isdisjoint(labels_of(record)[:FIRST_COLUMNS]))
    records += islice(named, CANDIDATES)
    in_order = sorted(records, key=lambda record: record.number)
    return [*islice((record.number for record in in_order if _is_header(record, reports)), 1)]


def _is_header(record: Record, reports: list[Report]) -> bool:
    labels = labels_of(record)
    return any(
        len(fit.columns) > 1 and not fit.lacking for fit in (match(record, labels, report) for report in reports)
    )


def _with_preamble(table: Table, header: int, *, titles: bool) -> int:
    """The first of the lines right above a header that are blank or state something of it.

    `titles`: a row that only has its first cell is such a line and no data.
    """
    beside = pl.exclude(ROW_NUMBER, "c0") if titles else pl.exclude(ROW_NUMBER)
    filled = pl.any_horizontal(pl.lit(value=False), beside.fill_null("").str.strip_chars() != "")
    loose = {*table.cells.filter(~filled)[ROW_NUMBER], *(row.number for row in table.irregular if _states(row))}
    start = header
    while start - 1 in loose:
        start -= 1
    return start


def _states(row: Irregular) -> bool:
    """Whether a line is a title, or a label and what it states; a row cut short is neither."""
    labelled = bool(row.cells) and row.cells[0].rstrip().endswith(":")
    told = not row.unclosed_quote and len(row.text) <= LONGEST_LABEL
    return told and not any(cell.strip() for cell in row.cells[2 if labelled else 1 :])


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
