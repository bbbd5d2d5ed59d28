"""Rows below a header that was recognised into typed rows, with everything that was refused and why."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from sources import amounts, cells, rows
from sources.evidence import Evidence
from sources.labels import column_names, snake_case
from sources.recognition import Match
from sources.reports import Field
from sources.rows import Rows
from sources.tables import ROW_NUMBER as ROW

CELLS = {ROW: pl.Int64, "field": pl.String, "label": pl.String, "reason": pl.String, "cell_text": pl.String}
NEVER = pl.lit(None, dtype=pl.String)
MICROS = Decimal(1_000_000)


@dataclass
class Contents:
    """What some rows of a table hold: typed rows, refused rows and cells, and totals as stated and as summed."""

    loaded: pl.DataFrame
    rejected_rows: pl.DataFrame
    rejected_cells: pl.DataFrame
    read: int
    stated_totals: list[tuple[str, dict[str, Decimal]]]
    summed: dict[str, Decimal]


def contents(sorted_rows: Rows, found: Match, evidence: Evidence, delimiter: str | None) -> Contents:
    """Some or all of the rows below the header that was found; `evidence` is that of the whole table."""
    text = sorted_rows.cells
    values, refused = _typed(text, found, evidence)
    is_data = ~text[rows.IS_TOTAL]
    data, told = _only(values, is_data), _only(text, is_data)
    reasons = _row_reasons(told, found, refused)
    rejected = _rejected(told, reasons, delimiter or ";")
    kept = reasons.is_null()
    totals, labels = values.filter(~is_data), rows.total_labels(text.filter(~is_data), found.report)
    return Contents(
        loaded=_only(pl.concat([data, _unknown(told, found)], how="horizontal"), kept),
        rejected_rows=pl.concat([sorted_rows.rejected, rejected]).sort(ROW),
        rejected_cells=refused.join(data.filter(kept).select(ROW), on=ROW, how="semi").sort(ROW),
        read=data.height + sorted_rows.rejected.height,
        stated_totals=[*zip(labels, (_summed(total, found) for total in totals.iter_slices(1)), strict=True)],
        summed=_summed(data, found),
    )


def _only(frame: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """Rows that are wanted; most often all, and then nothing is copied."""
    return frame if wanted.all() else frame.filter(wanted)


def _typed(text: pl.DataFrame, found: Match, evidence: Evidence) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every field the header holds, typed, with `_row_number`; and the cells that could not be read."""
    fields = found.report.fields
    gathered: dict[str, list[pl.Series]] = {}
    refused = [pl.DataFrame(schema=CELLS)]
    for name, positions in found.columns.items():
        for position in positions:
            column = text[f"c{position}"]
            values, reasons = cells.typed(fields[name], column, evidence, position)
            gathered.setdefault(name, []).append(values)
            if reasons.null_count() < len(reasons):
                label = found.header.cells[position].strip()
                where = text.select(ROW, pl.lit(name).alias("field"), pl.lit(label).alias("label"))
                told = where.with_columns(reasons.alias("reason"), column.alias("cell_text"))
                refused.append(told.filter(reasons.is_not_null()))
    values_ = [_one(fields[name], several).alias(name) for name, several in gathered.items()]
    typed = pl.DataFrame([*values_, *_currency(text, found), text[ROW]])
    if found.micros:
        millionths = [(pl.col(name) / MICROS).cast(fields[name].polars_type) for name in found.micros]
        typed = typed.with_columns(millionths)
    return typed, pl.concat(refused)


def _currency(text: pl.DataFrame, found: Match) -> list[pl.Series]:
    """The currency that stands beside the amounts of a report that has no column for it."""
    field = found.report.fields.get("currency")
    if field is None or field.type != "currency" or "currency" in found.columns or found.currencies:
        return []
    priced = [
        at for name, places in found.columns.items() if found.report.fields[name].type == "money" for at in places
    ]
    beside = [amounts.currencies(text[f"c{at}"]) for at in priced]
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, text.height)
    return [pl.select(pl.coalesce([*beside, empty]).alias("currency")).to_series()]


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
    refused = text.with_columns(reasons.alias("reason")).filter(reasons.is_not_null())
    columns = [name for name in text.columns if name not in (ROW, rows.IS_TOTAL)]
    row_text = pl.concat_str([pl.col(name).fill_null("") for name in columns], separator=delimiter)
    return refused.select(ROW, "reason", row_text.alias("row_text"))


def _unknown(text: pl.DataFrame, found: Match) -> pl.DataFrame:
    """The columns no field takes alone, as text under their own names; unnamed ones only when they hold anything."""
    taken = {positions[0] for name, positions in found.columns.items() if not found.report.fields[name].patterns}
    labels = {position: label.strip() for position, label in enumerate(found.header.cells) if position not in taken}
    kept = {at: label for at, label in labels.items() if label or text[f"c{at}"].null_count() < text.height}
    names = column_names(kept, {*found.report.fields, *(snake_case(found.header.cells[at]) for at in taken)})
    return text.select(pl.col(f"c{at}").alias(name) for at, name in names.items())


def _summed(values: pl.DataFrame, found: Match) -> dict[str, Decimal]:
    summed = [field.name for field in found.report.fields.values() if field.summed and field.name in found.columns]
    filled = [name for name in summed if values[name].null_count() < values.height]
    return {name: Decimal(values[name].sum()) for name in filled}
