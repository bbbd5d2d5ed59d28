"""What the lines above a header, or else the file's name, state: the period and the time zone."""

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

from sources.dates import moments, orders
from sources.labels import normalised
from sources.tables import Record

Period = tuple[date | None, date | None]

LABELLED = re.compile(r"^[\s#]*(?:(?P<label>[^:\d]{2,60}?)\s?:\s*)?(?P<value>.+?)\s*(?:\([^)]*\))?\s*$")
APART = (r"\s+[-–—]\s+", r"\s+(?:to|au|a|à|al|bis)\s+", r"\s*,\s*(?=\d)", r"(?<=\d)\s*[-–]\s*(?=\d{4,8}\b)")
FIRST = re.compile(r"\b(start|begin|from|debut|inicio|du|de)\b")
LAST = re.compile(r"\b(end|to|fin|finalizacion|fim|au)\b")
WHOLE = re.compile(r"\b(report time|date|day|jour|periode|period|range|plage)\b")
NOT_PERIOD = re.compile(r"\b(generated|available|as of|created|genere|cree|completed|exported|export(e|ado))\b")
IN_NAME = (
    r"(?P<first>\d{4}-\d{2}-\d{2})(?:[_ .]|[-_ ]?(?:to|au)[-_ ]?|-)(?P<last>\d{4}-\d{2}-\d{2})",
    r"(?<!\d)(?P<first>20\d{6})[-_ ](?P<last>20\d{6})(?!\d)",
    r"(?P<first>\d{1,2}[- ][^\W\d_]{3,9}\.?[- ]\d{4})[-_ ]+(?P<last>\d{1,2}[- ][^\W\d_]{3,9}\.?[- ]\d{4})",
    r"(?P<first>[^\W\d_]{3,9}[- ]\d{1,2}[- ]\d{4})[-_ ]+(?P<last>[^\W\d_]{3,9}[- ]\d{1,2}[- ]\d{4})",
)
ZONES = (r"(?i)(?:time ?zone|fuseau horaire)[\s:\"]*(?P<zone>[^\s:\"].*?)\"?\s*$",)
SLASHED = re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?![\d/])")
PACES = ("day", "week", "month", "period")
AGGREGATION = re.compile(
    r"(?:aggregation|granularity|granularite|agregation)\W+"
    r"(?:(?P<day>dail|quotid|diari|day|jour)|(?P<week>week|hebdo|seman)|(?P<month>month|mensu|mois)|(?P<period>summary|all|tout))"
)
UTC = re.compile(r"(?i)\((?:in |en |em |in der )?utc\)")


def stated_period(preamble: Iterable[Record], known: set[str]) -> Period:
    """First and last day of the first line that states a range, or of lines that state its start and its end.

    `known` is what the table's own dates prove of the order of day and month.
    """
    first = last = None
    for line in (record.text for record in preamble):
        stated = LABELLED.match(line)
        if not stated or not re.search(r"\d", line):
            continue
        label = normalised(stated["label"] or "")
        if NOT_PERIOD.search(label):
            continue
        days = _range(stated["value"], known) or (_range(line, known) if label else None)
        if days and days[0] != days[1]:
            return days
        if days and LAST.search(label):  # first, since "date de fin" also holds a word that begins a period
            last = last or days[0]
        elif days and FIRST.search(label):
            first = first or days[0]
        elif days and (not label or WHOLE.search(label)):
            return days
    return (first, last) if first and last else (None, None)


def orders_around(preamble: Iterable[Record]) -> set[str]:
    """What the slashed dates above a header prove of the order of day and month."""
    return orders(pl.Series([text for record in preamble for text in SLASHED.findall(record.text)], dtype=pl.String))


def period_in_name(name: str) -> Period:
    """First and last day that a file's name states."""
    for pattern in IN_NAME:
        if stated := re.search(pattern, name):
            words = [re.sub(r"(?<=[^\W\d])-|-(?=[^\W\d])", " ", stated[end]) for end in ("first", "last")]
            days = _days(words, set())
            if days and days[0] <= days[1]:
                return days
    return None, None


def pace(preamble: Iterable[Record], days: pl.Series, period: Period) -> str:
    """What a date stands for: a `day`, `week`, `month`, or the whole `period` the export was asked for.

    A line says it (`Report Aggregation: Weekly`); else the rhythm of the distinct sorted days tells.
    """
    for line in (record.text for record in preamble):
        if stated := AGGREGATION.search(normalised(line)):
            return next(unit for unit in PACES if stated[unit])
    first = days[0] if len(days) else None
    apart = set(days.diff().dt.total_days().drop_nulls())
    if len(days) == 1 and all(period) and first == period[0] != period[1]:
        return "period"
    if len(days) > 2 and all(gap % 7 == 0 for gap in apart):
        return "week"
    if len(days) > 1 and (days.dt.day() == 1).all():
        return "month"
    return "day"


def stated_zone(preamble: Iterable[Record], header: Record) -> str | None:
    """The time zone as the export writes it."""
    lines = [record.text for record in preamble]
    for line in lines:
        for pattern in ZONES:
            if stated := re.search(pattern, line):
                return stated["zone"]
    return "UTC" if any(UTC.search(text) for text in (*lines, *header.cells)) else None


def _range(text: str, orders: set[str]) -> tuple[date, date] | None:
    for pattern in APART:
        ends = re.split(pattern, text)
        if len(ends) == 2 and (days := _days(ends, orders)):
            return days
    return _days([text], orders)


def _days(texts: list[str], known: set[str]) -> tuple[date, date] | None:
    """First and last of some dates; None when one cannot be read."""
    plain = [re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", text.strip().strip('"')) for text in texts]
    cells = pl.Series(plain, dtype=pl.String)
    days = moments(cells, known | orders(cells))[0].dt.date()
    return (days[0], days[-1]) if days.null_count() == 0 else None
