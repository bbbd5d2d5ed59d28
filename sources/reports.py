"""What a layout says: a tool, its reports and their fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl
import pyarrow as pa

from sources.labels import normalised

# what a field can be: an id keeps its zeros, an external id is one of another system, a percentage is in percent,
# a datetime is in the zone of the export
ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "id": pa.string(),
    "external_id": pa.string(),
    "currency": pa.string(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "money": pa.decimal128(18, 6),
    "decimal": pa.decimal128(18, 6),
    "percent": pa.decimal128(18, 6),
    "count": pa.int64(),
    "boolean": pa.bool_(),
}
NUMBERS = frozenset({"money", "decimal", "percent"})
SPANS = ("week", "month", "quarter", "year", "stated")
# what a raw row carries besides its fields: where it comes from, the period it stands for, what splits it
ORIGIN = {"_file_id": pa.string(), "_row_number": pa.int64()}
PERIOD = {"_period_start": pa.date32(), "_period_end": pa.date32()}
SEGMENTS = {"_segments": pa.string(), "_segment": pa.string()}


class LayoutError(ValueError):
    """A layout file that cannot be used; the message names the file and the entry."""


@dataclass(frozen=True)
class Constant:
    """A value all rows of a table share: always, or where a `column` is there, or where a pattern matches.

    `file` is matched on the file's name, `preamble` on the lines above the header. Without a `value`, group 1 of the
    pattern is the value.
    """

    value: str | None = None
    column: str | None = None
    file: str | None = None
    preamble: str | None = None


@dataclass(frozen=True)
class NotData:
    """Rows that are no data: the field's text matches the pattern."""

    field: str
    pattern: str
    reason: str


@dataclass(frozen=True)
class Totals:
    """Rows that state totals: the pattern matches any cell, unless the `unless` field is filled.

    `blank`: rows that leave all these fields empty state totals too. `own` matches the label of the total that ought
    to equal the sum of the rows, `parts` those of totals that do so together, `wider` that of one which counts more
    than the rows show.
    """

    pattern: str | None = None
    own: str | None = None
    parts: str | None = None
    wider: str | None = None
    unless: str | None = None
    blank: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One column of a report under its own name; `labels` are what exports call it, per language.

    `patterns` are regular expressions on the normalised label: all columns they match are gathered.
    `required`: a row is refused when the cell is empty or unreadable, provided the column is there.
    `summed`: the field adds up over rows. `values` leads from what cells say, normalised, to what it means: other
    words are refused. `spans`: a date that stands for the week, month, quarter or year that begins with it, or
    for what the export was asked for (`stated`): a line above the header says so, else the rhythm of the dates does.
    """

    name: str
    type: str
    labels: dict[str, tuple[str, ...]]
    required: bool = False
    summed: bool = False
    patterns: tuple[str, ...] = ()
    constants: tuple[Constant, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    spans: str | None = None

    @property
    def label(self) -> str:
        """The label to show: the first one known."""
        return next((labels[0] for labels in self.labels.values() if labels), self.name)

    @property
    def arrow_type(self) -> pa.DataType:
        return ARROW_TYPES[self.type]

    @property
    def polars_type(self) -> pl.DataType:
        return pl.Series(pa.nulls(0, self.arrow_type)).dtype


@dataclass(frozen=True)
class Report:
    """One kind of export of a tool.

    `table`: the raw table its rows go to. `feeds`: the unified tables its fields go to by their names, besides what
    the tool's own mapping SQL does.
    `needs`: a header must hold one field of each group. `without`: labels that make it another report.
    `restates`: the key under which a newer export replaces an older one; of each group the first filled field counts.
    `period`: the field whose smallest and largest values are the file's period when no line states one; a row that
    leaves it empty stands for the whole period of its file.
    `file_date`: pattern on the file name whose group 1 is the ISO date of the export.
    `segments`: fields that split a row of this report into several. `section`: a row whose first cell matches it ends
    the table; below it another may begin.
    """

    tool: str
    name: str
    table: str
    grain: str
    fields: dict[str, Field]
    needs: tuple[tuple[str, ...], ...]
    feeds: tuple[str, ...] = ()
    restates: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    period: str | None = None
    file_date: str | None = None
    not_data: tuple[NotData, ...] = ()
    totals: Totals | None = None
    footer: str | None = None
    segments: tuple[str, ...] = ()
    section: str | None = None

    @cached_property
    def labelled(self) -> dict[str, str]:
        """The field of each normalised label; of fields sharing a label the first."""
        pairs = [
            (label, known.name) for known in self.fields.values() for some in known.labels.values() for label in some
        ]
        return {normalised(label): name for label, name in reversed(pairs)}

    @cached_property
    def barring(self) -> frozenset[str]:
        return frozenset(normalised(label) for label in self.without)

    @cached_property
    def gathering(self) -> list[tuple[str, re.Pattern[str]]]:
        """Fields that gather columns, with the pattern their normalised labels match."""
        return [(known.name, re.compile("|".join(known.patterns))) for known in self.fields.values() if known.patterns]


@dataclass(frozen=True)
class Tool:
    """A SaaS product and the reports it exports; `mappings` leads from a unified table to the SQL that feeds it.

    `aliases`: other names people give its folder. `restatement_days`: how long it usually goes on changing the figures
    of a day, None where it does not say.
    """

    name: str
    title: str
    kind: str
    folder: Path
    reports: dict[str, Report]
    mappings: dict[str, Path]
    aliases: tuple[str, ...] = ()
    restatement_days: int | None = None

    @cached_property
    def tables(self) -> dict[str, list[Report]]:
        """The raw tables, each with the reports whose rows it holds."""
        found: dict[str, list[Report]] = {}
        for report in self.reports.values():
            found.setdefault(report.table, []).append(report)
        return found

    @cached_property
    def vocabulary(self) -> dict[str, dict[str, str]]:
        """By unified table, the field of each normalised label in the reports that go there, by feed or by SQL."""
        read = {unified: file.read_text(encoding="utf-8") for unified, file in self.mappings.items()}
        known: dict[str, dict[str, str]] = {}
        for report in self.reports.values():
            mapped = [unified for unified, sql in read.items() if f"raw_{self.name}.{report.table}" in sql]
            for unified in {*report.feeds, *mapped}:
                known[unified] = report.labelled | known.get(unified, {})
        return known
