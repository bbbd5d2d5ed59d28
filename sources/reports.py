"""What a layout says: a tool, its reports and their fields."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
import pyarrow as pa

from sources.labels import normalised

# what a field can be: an id keeps its zeros, a percentage is in percent, a datetime is in the zone of the export
ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "id": pa.string(),
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


class LayoutError(ValueError):
    """A layout file that cannot be used; the message names the file and the entry."""


@dataclass(frozen=True)
class Constant:
    """A value all rows of a file share: stated by a column's presence (`column`) or by the file's name (`file`)."""

    value: str
    column: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class NotData:
    """Rows that are no data: the field's text matches the pattern."""

    field: str
    pattern: str
    reason: str


@dataclass(frozen=True)
class Totals:
    """Rows that state totals: the pattern matches one of the first columns, unless the `unless` field is filled.

    `own` matches the label of the total that ought to equal the sum of the rows.
    """

    pattern: str
    own: str | None = None
    unless: str | None = None


@dataclass(frozen=True)
class Field:
    """One column of a report under its own name; `labels` are what exports call it, per language.

    `patterns` are regular expressions on the normalised label: all columns they match are gathered.
    `required`: a row is refused when the cell is empty or unreadable, provided the column is there.
    `summed`: the field adds up over rows.
    """

    name: str
    type: str
    labels: dict[str, tuple[str, ...]]
    required: bool = False
    summed: bool = False
    patterns: tuple[str, ...] = ()
    constants: tuple[Constant, ...] = ()

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

    `needs`: a header must hold one field of each group. `without`: labels that make it another report.
    `restates`: the key under which a newer export replaces an older one; of each group the first filled field counts.
    `period`: the field whose smallest and largest values are the file's period when no line states one; a row that
    leaves it empty stands for the whole period of its file.
    `file_date`: pattern on the file name whose group 1 is the ISO date of the export.
    """

    tool: str
    name: str
    grain: str
    fields: dict[str, Field]
    needs: tuple[tuple[str, ...], ...]
    restates: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    period: str | None = None
    file_date: str | None = None
    not_data: tuple[NotData, ...] = ()
    totals: Totals | None = None
    footer: str | None = None

    @cached_property
    def labelled(self) -> dict[str, str]:
        """The field of each normalised label; of fields sharing a label the first."""
        pairs = [
            (label, field.name) for field in self.fields.values() for some in field.labels.values() for label in some
        ]
        return {normalised(label): name for label, name in reversed(pairs)}

    @cached_property
    def barring(self) -> frozenset[str]:
        return frozenset(normalised(label) for label in self.without)

    @cached_property
    def gathering(self) -> list[tuple[str, re.Pattern[str]]]:
        """Fields that gather columns, with the pattern their normalised labels match."""
        return [(field.name, re.compile("|".join(field.patterns))) for field in self.fields.values() if field.patterns]


@dataclass(frozen=True)
class Tool:
    """A SaaS product and the reports it exports; `mappings` leads from a unified table to the SQL that feeds it."""

    name: str
    title: str
    kind: str
    folder: Path
    reports: dict[str, Report]
    mappings: dict[str, Path]
