"""Which rows of a table are data, which state totals, and which are refused for their shape."""

import re
from dataclasses import dataclass

import polars as pl

from sources.recognition import Match
from sources.reports import Report
from sources.tables import ROW_NUMBER, Irregular, Table

IS_TOTAL = "_is_total"
LABEL_COLUMNS = 3
REJECTED = {ROW_NUMBER: pl.Int64, "reason": pl.String, "row_text": pl.String}


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
    nulls = ["", *found.report.nulls]
    trimmed = pl.col(columns).str.strip_chars()
    frame = frame.with_columns(pl.when(~trimmed.is_in(nulls)).then(trimmed).name.keep())
    frame = frame.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    if found.report.footer:
        frame = frame.filter(~pl.col("c0").str.contains(found.report.footer).fill_null(value=False))
    return Rows(frame.with_columns(_is_total(found, columns).alias(IS_TOTAL)), rejected)


def total_labels(totals: pl.DataFrame, report: Report) -> list[str]:
    """The label of each totals row; a label met again gets its count."""
    pattern = report.totals.pattern if report.totals else ""
    labels: list[str] = []
    for row in totals.select(totals.columns[:LABEL_COLUMNS]).rows():
        label = next(cell for cell in row if cell and re.search(pattern, cell))
        again = sum(earlier == label or earlier.startswith(f"{label} (") for earlier in labels)
        labels.append(f"{label} ({again + 1})" if again else label)
    return labels


def _is_total(found: Match, columns: list[str]) -> pl.Expr:
    rule = found.report.totals
    if rule is None:
        return pl.lit(value=False)
    labelled = [pl.col(column).str.contains(rule.pattern).fill_null(value=False) for column in columns[:LABEL_COLUMNS]]
    total = pl.any_horizontal(labelled)
    for position in found.columns.get(rule.unless or "", ()):
        told = pl.col(f"c{position}")
        total &= told.is_null() | told.str.contains(rule.pattern)
    return total


def _fit(irregular: list[Irregular], report: Report, width: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Irregular rows that only have empty cells too many, or state totals, brought to the header's width; the rest."""
    fitted: list[tuple[int, list[str]]] = []
    rejected: list[tuple[int, str, str]] = []
    for row in irregular:
        cells, surplus = row.cells[:width], row.cells[width:]
        fits = len(row.cells) > width and not any(cell.strip() for cell in surplus)
        if not row.unclosed_quote and (fits or _says_no_data(cells, report)):
            fitted.append((row.number, cells + [""] * (width - len(cells))))
        elif row.unclosed_quote:
            rejected.append((row.number, "a quote that is never closed", row.text))
        else:
            reason = f"{len(row.cells)} cells where the header has {width}; an unquoted delimiter?"
            rejected.append((row.number, reason, row.text))
    names = [f"c{index}" for index in range(width)]
    frame = pl.DataFrame([cells for _, cells in fitted], schema=dict.fromkeys(names, pl.String), orient="row")
    frame = frame.with_columns(pl.Series(ROW_NUMBER, [number for number, _ in fitted], dtype=pl.Int64))
    return frame, pl.DataFrame(rejected, schema=REJECTED, orient="row")


def _says_no_data(cells: list[str], report: Report) -> bool:
    labels = [cell.strip() for cell in cells[:LABEL_COLUMNS]]
    total = report.totals is not None and any(re.search(report.totals.pattern, label) for label in labels)
    footer = bool(report.footer and labels and re.search(report.footer, labels[0]))
    return total or footer or not any(cell.strip() for cell in cells)
