"""What a whole table states of each of its rows: constants, currency, the period a row stands for, what splits it."""

import re
from dataclasses import dataclass, replace

import polars as pl

from sources import dates
from sources.evidence import Evidence
from sources.exports import Export
from sources.preamble import Period, pace, period_in_name, stated_period
from sources.recognition import Match
from sources.reports import PERIOD, SEGMENTS, Constant
from sources.tables import Record

DAY = pl.Date
SPAN = {"month": "1mo", "quarter": "1q", "year": "1y"}


@dataclass(frozen=True)
class Context:
    """What is known of a table before its rows: the export, the header, the lines above it and the period stated."""

    export: Export
    found: Match
    preamble: list[Record]
    opening: list[Record]
    period: Period
    pace: str = "day"

    @property
    def segments(self) -> list[str]:
        """The fields that split the rows."""
        return [name for name in self.found.report.segments if name in self.found.columns]


def context(export: Export, found: Match, preamble: list[Record], opening: list[Record], orders: set[str]) -> Context:
    """The context of a table; `orders` is what its own dates prove of the order of day and month."""
    period = stated_period(preamble, orders) if found.report.period else (None, None)
    if found.report.period and not any(period):
        period = period_in_name(export.name)
    return Context(export, found, preamble, opening, period)


def paced(known: Context, text: pl.DataFrame, proof: Evidence) -> Context:
    """The context with what the dates of a `stated` span stand for."""
    fields = known.found.report.fields
    spanning = [name for name in known.found.columns if fields[name].spans == "stated"]
    if not spanning:
        return known
    position = known.found.columns[spanning[0]][0]
    days = dates.moments(text[f"c{position}"].drop_nulls(), proof.order(position))[0].dt.date().unique().sort()
    return replace(known, pace=pace(known.preamble, days.drop_nulls(), known.period))


def completed(loaded: pl.DataFrame, known: Context) -> pl.DataFrame:
    """The report's fields in its order, absent ones as typed nulls, unknown columns, and what the table states."""
    report = known.found.report
    absent = [
        pl.lit(_constant(field.constants, known), dtype=pl.String).cast(field.polars_type).alias(field.name)
        for field in report.fields.values()
        if field.name not in loaded.columns
    ]
    rows = loaded.with_columns(absent)
    if known.found.currencies and "currency" in report.fields:
        stated = pl.lit(next(iter(known.found.currencies)) if len(known.found.currencies) == 1 else None)
        rows = rows.with_columns(pl.col("currency").fill_null(stated))
    added: list[pl.Expr] = []
    if report.period:
        added += _period(known)
    if report.segments:
        parts = [pl.col(name).cast(pl.String).fill_null("") for name in known.segments]
        added += [
            pl.lit(", ".join(known.segments) or None, dtype=pl.String).alias("_segments"),
            (pl.concat_str(parts, separator=" / ") if parts else pl.lit(None, dtype=pl.String)).alias("_segment"),
        ]
    added.append(pl.lit(known.export.file_id).alias("_file_id"))
    carried = [*PERIOD, *SEGMENTS, "_file_id", "_row_number"]
    unknown = [name for name in loaded.columns if name not in (*report.fields, *carried)]
    last = [expression.meta.output_name() for expression in added]
    rows = rows.with_columns(added).select(*report.fields, *unknown, *last, "_row_number")
    if report.period and report.fields[report.period].type == "date":
        # figures of a period of one day are that day's
        one_day = pl.when(pl.col("_period_start") == pl.col("_period_end")).then("_period_start")
        own = pl.col(report.period) if report.fields[report.period].spans is None else pl.lit(None, dtype=DAY)
        rows = rows.with_columns(pl.coalesce(own, one_day).alias(report.period))
    return rows


def _period(known: Context) -> list[pl.Expr]:
    """First and last day each row stands for: its own day or span, else the table's period."""
    report, columns = known.found.report, known.found.columns
    first = last = pl.lit(None, dtype=DAY)
    spans = {name: span for name in columns if (span := report.fields[name].spans)}
    if report.period in columns and report.period not in spans:
        first = last = pl.col(report.period).cast(DAY)
    for name, span in spans.items():
        start, end = _span(pl.col(name), known.pace if span == "stated" else span, known.period)
        # a report of a few days states parts of weeks
        first = pl.coalesce(first, pl.max_horizontal(start, pl.lit(known.period[0], dtype=DAY)))
        last = pl.coalesce(last, pl.min_horizontal(end, pl.lit(known.period[1], dtype=DAY)))
    own = {edge for edge in ("period_start", "period_end") if edge in columns and edge in report.fields}
    if len(own) == 2:
        first, last = pl.coalesce(first, "period_start"), pl.coalesce(last, "period_end")
    edges = [pl.lit(edge, dtype=DAY) for edge in known.period]
    return [pl.coalesce(first, edges[0]).alias("_period_start"), pl.coalesce(last, edges[1]).alias("_period_end")]


def _span(day: pl.Expr, span: str, whole: Period) -> tuple[pl.Expr, pl.Expr]:
    if span == "day":
        return day, day
    if span == "period":
        return pl.lit(whole[0], dtype=DAY), pl.lit(whole[1], dtype=DAY)
    if span == "week":
        return day, day.dt.offset_by("6d")
    start = day.dt.truncate(SPAN[span])
    return start, start.dt.offset_by(SPAN[span]).dt.offset_by("-1d")


def _constant(rules: tuple[Constant, ...], known: Context) -> str | None:
    """What the table as a whole states of a field: always, by a column it has, by its file's name, by a line above."""
    # what stands above the first table holds for the others too, unless they state it themselves
    lines = [record.text for record in (*known.preamble, *known.opening)]
    for rule in rules:
        if rule.column:
            if rule.column in known.found.columns:
                return rule.value
            continue
        texts = [known.export.name] if rule.file else lines
        pattern = rule.file or rule.preamble
        if pattern is None:
            return rule.value
        stated = next((hit for text in texts if (hit := re.search(pattern, text, re.IGNORECASE))), None)
        if stated:
            return rule.value if rule.value is not None else stated[1].strip()
    return None
