"""Which rows of a table are data, which state totals, and which are refused for their shape."""

import re
from dataclasses import dataclass

import polars as pl

from sources.decoding import TOO_LONG
from sources.recognition import Match
from sources.reports import NUMBERS, Report
from sources.tables import ROW_NUMBER, Irregular, Table

IS_TOTAL = "_is_total"
NO_NAME = "(no name)"
REJECTED = {ROW_NUMBER: pl.Int64, "reason": pl.String, "row_text": pl.String}
NO_TEXT = {*NUMBERS, "count", "date", "datetime", "boolean"}


@dataclass
class Rows:
    """Cleaned rows with their totals flagged, and the rows refused for their number of cells."""

    cells: pl.DataFrame
    rejected: pl.DataFrame


def sort_rows(table: Table, found: Match) -> Rows:
    """Rows without blank lines and footers; cells trimmed, null markers null."""
    width = len(found.header.cells)
    fitted, rejected = _fit(table.irregular, found.report, width)
    frame = pl.concat([table.cells, fitted]).sort(ROW_NUMBER) if fitted.height else table.cells
    columns = [f"c{index}" for index in range(width)]
    nulls = ["", "[]", *found.report.nulls]
    frame = frame.with_columns(pl.col(columns).str.strip_chars())
    held = frame.select(pl.col(columns).is_in(nulls).any()).row(0)
    blanked = [name for name, holds in zip(columns, held, strict=True) if holds]
    frame = frame.with_columns(pl.when(~pl.col(blanked).is_in(nulls)).then(pl.col(blanked)).name.keep())
    frame = frame.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    if found.report.footer:
        footer = pl.col("c0").str.contains(found.report.footer).fill_null(value=False)
        # below its first line a footer may hold others, each in a cell of its own
        alone = pl.all_horizontal(pl.col(columns[1:]).is_null()) if width > 1 else pl.lit(value=False)
        frame = frame.filter(~footer & ~(footer.cum_max() & alone))
    return Rows(frame.with_columns(_is_total(found, columns).alias(IS_TOTAL)), rejected)


def total_labels(totals: pl.DataFrame, report: Report) -> list[str]:
    """The label of each totals row."""
    pattern = report.totals.pattern if report.totals else None
    return [
        next((cell for cell in row if pattern and cell and re.search(pattern, cell)), NO_NAME)
        for row in totals.drop(ROW_NUMBER, IS_TOTAL).rows()
    ]


def _is_total(found: Match, columns: list[str]) -> pl.Expr:
    """Whether a row states totals: a cell says so, or it names nothing and yet has figures."""
    rule, fields = found.report.totals, found.report.fields
    total = pl.lit(value=False)
    if rule and rule.pattern:
        figures = {at for name, places in found.columns.items() if fields[name].type in NO_TEXT for at in places}
        words = [pl.col(name) for at, name in enumerate(columns) if at not in figures]
        total = pl.any_horizontal([total, *(word.str.contains(rule.pattern).fill_null(value=False) for word in words)])
        for position in found.columns.get(rule.unless or "", ()):
            told = pl.col(f"c{position}")
            total &= told.is_null() | told.str.contains(rule.pattern)
    blank = [pl.col(f"c{at}") for name in (rule.blank if rule else ()) for at in found.columns.get(name, ())]
    summed = [pl.col(f"c{at}") for name, places in found.columns.items() if fields[name].summed for at in places]
    if blank and summed:
        nameless = pl.all_horizontal([cell.is_null() for cell in blank])
        total |= nameless & pl.any_horizontal([cell.is_not_null() for cell in summed])
    return total


def _fit(irregular: list[Irregular], report: Report, width: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Irregular rows that state totals or nothing, brought to the header's width; the rest."""
    fitted: list[tuple[int, list[str]]] = []
    rejected: list[tuple[int, str, str]] = []
    for row in irregular:
        cells = row.cells[:width]
        if not row.unclosed_quote and _says_no_data(cells, report):
            fitted.append((row.number, cells + [""] * (width - len(cells))))
        else:
            rejected.append((row.number, _misfit(row, width), row.text))
    names = [f"c{index}" for index in range(width)]
    frame = pl.DataFrame([cells for _, cells in fitted], schema=dict.fromkeys(names, pl.String), orient="row")
    frame = frame.with_columns(pl.Series(ROW_NUMBER, [number for number, _ in fitted], dtype=pl.Int64))
    return frame, pl.DataFrame(rejected, schema=REJECTED, orient="row")


def _misfit(row: Irregular, width: int) -> str:
    """Why a row does not fit the header."""
    if row.text.endswith(TOO_LONG):
        return "a line too long to be read"
    if row.unclosed_quote:
        return "a quote that is never closed"
    return f"{len(row.cells)} cells where the header has {width}; an unquoted delimiter?"


def _says_no_data(cells: list[str], report: Report) -> bool:
    labels = [cell.strip() for cell in cells]
    pattern = report.totals.pattern if report.totals else None
    total = pattern is not None and any(re.search(pattern, label) for label in labels)
    footer = bool(report.footer and labels and re.search(report.footer, labels[0]))
    return total or footer or not any(labels)
