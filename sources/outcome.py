"""What reading an export found: the file, the tables in it, and what was refused."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from sources.exports import Export
from sources.reports import Report
from sources.rows import NO_NAME
from sources.tables import Record

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
class ReadTable:
    """One table of a file. rows_read = rows_loaded + rows_rejected.

    `stated_totals` holds, per label, what totals rows state of the fields that add up, `summed` the exact sums over
    the data rows. `columns` are the header's labels in order, each with its field or None.
    """

    report: Report
    header: Record
    language: str | None
    time_zone: str | None = None
    segments: str | None = None
    grain: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    currencies: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    columns: list[tuple[str, str | None]] = field(default_factory=list)
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    stated_totals: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    summed: dict[str, Decimal] = field(default_factory=dict)

    @property
    def currency(self) -> str | None:
        """The table's currency, None when it states none or several."""
        return next(iter(self.currencies)) if len(self.currencies) == 1 else None

    @property
    def own_total(self) -> str | None:
        """Label of the stated total that ought to equal the sum of the rows; of several that do together, all."""
        return " + ".join(self._own()) or (NO_NAME if NO_NAME in self.stated_totals else None)

    @property
    def all_totals(self) -> dict[str, dict[str, Decimal]]:
        """The stated totals, and those that ought to equal the rows together as one more."""
        labels = self._own()
        together: dict[str, Decimal] = {}
        for label in labels if len(labels) > 1 else []:
            for name, total in self.stated_totals[label].items():
                together[name] = together.get(name, Decimal(0)) + total
        return self.stated_totals | ({" + ".join(labels): together} if together else {})

    @property
    def wider_total(self) -> str | None:
        """Label of a stated total that counts more than the rows show."""
        return next(iter(self._labels("wider")), None)

    def state(self, label: str, totals: dict[str, Decimal]) -> None:
        """Note what a totals row states; a label met again gets its count."""
        again = sum(known == label or known.startswith(f"{label} (") for known in self.stated_totals)
        self.stated_totals[f"{label} ({again + 1})" if again else label] = totals

    def observe(self, rows: pl.DataFrame, period: tuple[date | None, date | None], segments: str | None) -> None:
        """Note what some loaded rows state of the table as a whole."""
        self.segments = segments
        if "currency" in rows.columns:
            self.currencies |= set(rows["currency"].unique().drop_nulls())
        if "account_id" in rows.columns:
            self.accounts |= set(rows["account_id"].unique().drop_nulls())
        if not self.report.period:
            return
        if self.report.fields[self.report.period].type == "date":
            has_days = rows[self.report.period].null_count() < rows.height
            self.grain = "day" if has_days or self.grain == "day" else "period"
        edges = rows.select(pl.col("_period_start").min(), pl.col("_period_end").max())
        first, last = period if any(period) else edges.row(0)
        self.period_start = min((day for day in (self.period_start, first) if day), default=None)
        self.period_end = max((day for day in (self.period_end, last) if day), default=None)

    def warnings(self, rows: pl.DataFrame) -> Iterator[str]:
        """What a person should know of the table."""
        if "spend" in rows.columns and "currency" in rows.columns:
            unpriced = rows.filter(pl.col("spend").is_not_null() & pl.col("currency").is_null()).height
            if unpriced:
                yield "does not say which currency its money is in"

    def _own(self) -> list[str]:
        # what splits the rows splits their total too
        own = self._labels("own")
        return (own if self.segments else own[:1]) or self._labels("parts")

    def _labels(self, which: str) -> list[str]:
        pattern = getattr(self.report.totals, which, None)
        bare = {label: re.sub(r" \(\d+\)$", "", label) for label in self.stated_totals}
        return [label for label in bare if pattern and re.search(pattern, bare[label])]


@dataclass
class ReadFile:
    """What one export holds; times are naive. A rejected file has a reason and no tables."""

    export: Export
    exported_at: datetime
    status: str = "rejected"
    reason: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    tables: list[ReadTable] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    refused_rows: list[pl.DataFrame] = field(default_factory=list)
    refused_cells: list[pl.DataFrame] = field(default_factory=list)

    def reject(self, reason: str) -> None:
        """Keep the whole file aside."""
        self.status, self.reason = "rejected", reason
        self.tables, self.frames, self.refused_rows, self.refused_cells = [], [], [], []

    def hold(self, reason: str) -> None:
        """Keep all rows aside until somebody accepts the file."""
        self.status, self.reason = "held", reason
        for table in self.tables:
            table.rows_rejected, table.rows_loaded = table.rows_read, 0

    def warn(self, text: str) -> None:
        """Note, once, what a person should know of the file."""
        if text not in self.warnings:
            self.warnings.append(text)

    @property
    def rows(self) -> pl.DataFrame | None:
        """The loaded rows, where they were kept; None for a rejected file."""
        return pl.concat(self.frames, how="diagonal") if self.frames else None

    @property
    def rejected_rows(self) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=REJECTED_ROWS), *self.refused_rows])

    @property
    def rejected_cells(self) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=REJECTED_CELLS), *self.refused_cells])

    @property
    def report(self) -> str | None:
        """The report, or the reports one after the other."""
        return ", ".join(dict.fromkeys(table.report.name for table in self.tables)) or None

    @property
    def language(self) -> str | None:
        spoken = Counter(table.language for table in self.tables if table.language)
        return max(spoken, key=lambda tongue: spoken[tongue]) if spoken else None

    @property
    def period_start(self) -> date | None:
        return min((table.period_start for table in self.tables if table.period_start), default=None)

    @property
    def period_end(self) -> date | None:
        return max((table.period_end for table in self.tables if table.period_end), default=None)

    @property
    def currency(self) -> str | None:
        found = {code for table in self.tables for code in table.currencies}
        return next(iter(found)) if len(found) == 1 else None

    @property
    def grain(self) -> str | None:
        found = {table.grain for table in self.tables if table.grain}
        return next(iter(found)) if len(found) == 1 else ("mixed" if found else None)

    @property
    def rows_loaded(self) -> int:
        return sum(table.rows_loaded for table in self.tables)

    @property
    def rows_rejected(self) -> int:
        held = sum(table.rows_read for table in self.tables) if self.status == "held" else 0
        return max(held, sum(frame.height for frame in self.refused_rows))

    @property
    def rows_read(self) -> int:
        return self.rows_loaded + self.rows_rejected

    @property
    def cells_rejected(self) -> int:
        return sum(frame.height for frame in self.refused_cells)

    @property
    def stated_totals(self) -> dict[str, dict[str, str]]:
        return {label: plain(total) for table in self.tables for label, total in table.all_totals.items()}

    @property
    def own_total(self) -> str | None:
        return next((table.own_total for table in self.tables if table.own_total), None)

    @property
    def summed_totals(self) -> dict[str, str]:
        together: dict[str, Decimal] = {}
        for table in self.tables:
            for name, total in table.summed.items():
                together[name] = together.get(name, Decimal(0)) + total
        return plain(together)


def plain(totals: dict[str, Decimal]) -> dict[str, str]:
    """Exact numbers as text, without needless zeros."""
    return {name: format(Decimal(total).normalize(), "f") for name, total in totals.items()}


def as_json(totals: Any) -> str:
    """Totals as the records keep them."""
    return json.dumps(totals, ensure_ascii=False)
