"""The period a file covers, as the lines above its header state it."""

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

from sources.dates import moments
from sources.tables import Record

Period = tuple[date | None, date | None]


def stated_period(preamble: Iterable[Record]) -> Period:
    """First and last day of the first line that is a range of dates or one date; (None, None) without such a line."""
    for record in preamble:
        line = " ".join(cell.strip() for cell in record.cells if cell.strip())
        if not re.search(r"\d", line):
            continue
        for ends in (re.split(r"\s+[-–—]\s+", line), [line]):
            days = moments(pl.Series(ends, dtype=pl.String))[0].dt.date()
            if len(ends) <= 2 and days.null_count() == 0:
                return days[0], days[-1]
    return None, None


def covered_period(days: pl.Series) -> Period:
    """First and last day of a column."""
    known = days.cast(pl.Date).drop_nulls()
    return (known.min(), known.max()) if len(known) else (None, None)  # type: ignore[return-value]
