"""A recognised table into typed rows, with everything that was refused and why."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import polars as pl

from sources import cells, rows
from sources.grids import Grid
from sources.labels import column_names, snake_case
from sources.recognition import Match
from sources.reports import Field
from sources.tables import ROW_NUMBER as ROW

CELLS = {ROW: pl.Int64, "field": pl.String, "label": pl.String, "reason": pl.String, "cell_text": pl.String}
NEVER = pl.lit(None, dtype=pl.String)


@dataclass
class Contents:
    """What a table holds: typed rows, refused rows and cells, and totals as stated and as summed."""

    loaded: pl.DataFrame
    rejected_rows: pl.DataFrame
    rejected_cells: pl.DataFrame
    read: int
    stated_totals: dict[str, dict[str, str]] = field(default_factory=dict)
    own_total: str | None = None
    summed_totals: dict[str, str] = field(default_factory=dict)


def contents(grid: Grid, found: Match) -> Contents:
    """The rows below the header that was found."""
    sorted_rows = rows.sort_rows(grid.below(found.header), found)
    text = sorted_rows.cells
    values, refused = _typed(text, found, workbook=grid.delimiter is None)
    is_data = ~text[rows.IS_TOTAL]
    data, totals = values.filter(is_data), values.filter(~is_data)
    reasons = _row_reasons(text, found, refused).filter(is_data)
    unknown = _unknown(text.filter(is_data), found)
    rejected = _rejected(text.filter(is_data), reasons, grid.delimiter or ";")
    kept = reasons.is_null()
    labels = rows.total_labels(text.filter(~is_data), found.report)
    own = found.report.totals.own if found.report.totals else None
    return Contents(
        loaded=pl.concat([data, unknown], how="horizontal").filter(kept),
        rejected_rows=pl.concat([sorted_rows.rejected, rejected]).sort(ROW),
        rejected_cells=refused.join(data.filter(kept).select(ROW), on=ROW, how="semi").sort(ROW),
        read=data.height + sorted_rows.rejected.height,
        stated_totals=dict(zip(labels, (_summed(total, found) for total in totals.iter_slices(1)), strict=True)),
        own_total=next((label for label in labels if own and re.search(own, label)), None),
        summed_totals=_summed(data, found),
    )


def _typed(text: pl.DataFrame, found: Match, *, workbook: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every field the header holds, typed, with `_row_number`; and the cells that could not be read."""
    fields = found.report.fields
    columns = [(fields[name], position) for name, positions in found.columns.items() for position in positions]
    mark, unsettled = cells.decimal_mark([(field, text[f"c{position}"]) for field, position in columns], workbook)
    gathered: dict[str, list[pl.Series]] = {}
    refused = [pl.DataFrame(schema=CELLS)]
    for field_, position in columns:
        column = text[f"c{position}"]
        values, reasons = cells.typed(field_, column, mark, unsettled)
        gathered.setdefault(field_.name, []).append(values)
        if reasons.null_count() < len(reasons):
            label = found.header.cells[position].strip()
            where = text.select(ROW, pl.lit(field_.name).alias("field"), pl.lit(label).alias("label"))
            told = where.with_columns(reasons.alias("reason"), column.alias("cell_text"))
            refused.append(told.filter(reasons.is_not_null()))
    values_ = [_one(fields[name], several).alias(name) for name, several in gathered.items()]
    return pl.DataFrame([*values_, text[ROW]]), pl.concat(refused)


def _one(field_: Field, several: list[pl.Series]) -> pl.Series:
    """One column of several that state the same: yes if any says so, otherwise the first that is filled."""
    if len(several) == 1:
        return several[0]
    return pl.select(pl.max_horizontal(several) if field_.type == "boolean" else pl.coalesce(several)).to_series()


def _row_reasons(text: pl.DataFrame, found: Match, refused: pl.DataFrame) -> pl.Series:
    """Why a row is refused: the layout says it is no data, or a cell it needs is empty or unreadable."""
    frame = text
    reasons: list[pl.Expr] = []
    for rule in found.report.not_data:
        for position in found.columns.get(rule.field, ()):
            matches = pl.col(f"c{position}").str.contains(rule.pattern)
            reasons.append(pl.when(matches).then(pl.lit(rule.reason)).otherwise(NEVER))
    for name, positions in found.columns.items():
        if not found.report.fields[name].required:
            continue
        label = found.header.cells[positions[0]].strip()
        empty = pl.all_horizontal(pl.col(f"c{position}").is_null() for position in positions)
        reasons.append(pl.when(empty).then(pl.lit(f"{label} is empty")).otherwise(NEVER))
        told = pl.concat_str(pl.lit(f"{label}: "), pl.col("reason")).alias(f"_{name}")
        unread = refused.filter(pl.col("field") == name).unique(ROW, keep="first").select(ROW, told)
        frame = frame.join(unread, on=ROW, how="left", maintain_order="left")
        reasons.append(pl.col(f"_{name}"))
    return frame.with_columns(pl.coalesce([*reasons, NEVER]).alias("reason"))["reason"]


def _rejected(text: pl.DataFrame, reasons: pl.Series, delimiter: str) -> pl.DataFrame:
    columns = [name for name in text.columns if name not in (ROW, rows.IS_TOTAL)]
    row_text = pl.concat_str([pl.col(name).fill_null("") for name in columns], separator=delimiter)
    told = text.select(ROW, reasons.alias("reason"), row_text.alias("row_text"))
    return told.filter(pl.col("reason").is_not_null())


def _unknown(text: pl.DataFrame, found: Match) -> pl.DataFrame:
    """The columns no field takes alone, as text under their own names; unnamed ones only when they hold anything."""
    taken = {positions[0] for name, positions in found.columns.items() if not found.report.fields[name].patterns}
    labels = {position: label.strip() for position, label in enumerate(found.header.cells) if position not in taken}
    kept = {at: label for at, label in labels.items() if label or text[f"c{at}"].null_count() < text.height}
    names = column_names(kept, {*found.report.fields, *(snake_case(found.header.cells[at]) for at in taken)})
    return text.select(pl.col(f"c{at}").alias(name) for at, name in names.items())


def _summed(values: pl.DataFrame, found: Match) -> dict[str, str]:
    summed = [field.name for field in found.report.fields.values() if field.summed and field.name in found.columns]
    filled = [name for name in summed if values[name].null_count() < values.height]
    return {name: _plain(values[name].sum()) for name in filled}


def _plain(number: Any) -> str:
    return format(Decimal(number).normalize(), "f")
