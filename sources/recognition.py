"""Which report a header belongs to, told by its labels and never by a file's name."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sources.amounts import currency_code
from sources.labels import normalised
from sources.reports import Report
from sources.tables import Record

IN_BRACKETS = re.compile(r"^(?P<label>.+?)\s*[(\[](?P<currency>[a-z]{3}|[a-z]{0,3}[^\w\s()\[\]%#])[)\]]$")
IN_MICROS = re.compile(r"^(?:[a-z]+\.)?(?P<label>.+?)\s*\(?micros\)?$")
LONGEST_LABEL = 300


@dataclass(frozen=True)
class Match:
    """How well a record fits a report as its header.

    `columns` leads from a field to the positions of its columns; `currencies` holds the currencies that labels of
    money state, `micros` the fields stated in millionths; `lacking` names the labels that were needed and not found,
    `barred` the labels that make it another report: with neither, the file is of this report.
    """

    report: Report
    header: Record
    columns: dict[str, tuple[int, ...]]
    currencies: frozenset[str]
    micros: frozenset[str]
    lacking: tuple[str, ...]
    barred: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.lacking and not self.barred

    @property
    def rank(self) -> tuple[int, int, int]:
        """Greater is nearer."""
        return (self.fits, -len(self.lacking), len(self.columns))


def labels_of(record: Record) -> list[str]:
    """The cells of a record as labels; of a cell no label is as long as, its beginning."""
    return [normalised(cell[:LONGEST_LABEL]) for cell in record.cells]


def find_header(records: Iterable[Record], reports: Iterable[Report]) -> Match | None:
    """The first record that is the header of a report, else the one that comes nearest; None when none comes near."""
    candidates = list(reports)
    nearest: Match | None = None
    for record in records:
        labels = labels_of(record)
        # most records are data: a look at their labels together tells that without taking each in turn
        known = (match(record, labels, report) for report in candidates if _speaks_of(report, labels))
        best = max((found for found in known if found.columns), key=lambda found: found.rank, default=None)
        if best and best.fits:
            return best
        if best and (nearest is None or best.rank > nearest.rank):
            nearest = best
    return nearest


def match(record: Record, labels: list[str], report: Report) -> Match:
    """How a record, its labels normalised, fits a report."""
    columns: dict[str, tuple[int, ...]] = {}
    currencies: set[str] = set()
    micros: set[str] = set()
    for position, label in enumerate(labels):
        name, currency, in_micros = _meant(label, report)
        if name and name not in columns:
            columns[name] = (position,)
            currencies |= {currency} if currency else set()
            micros |= {name} if in_micros else set()
        for gathered, pattern in report.gathering:
            if pattern.search(label):
                columns[gathered] = (*columns.get(gathered, ()), position)
    lacking = tuple(report.fields[group[0]].label for group in report.needs if not columns.keys() & set(group))
    barred = tuple(cell.strip() for cell, label in zip(record.cells, labels, strict=True) if label in report.barring)
    return Match(report, record, columns, frozenset(currencies), frozenset(micros), lacking, barred)


def language(found: Match) -> str | None:
    """The language most labels of the header belong to and no other does; the layout's first language when none."""
    votes: Counter[str] = Counter()
    for name, positions in found.columns.items():
        field = found.report.fields[name]
        cells = {_bare(normalised(found.header.cells[position])) for position in positions}
        speaking = [tongue for tongue, labels in field.labels.items() if cells & set(map(normalised, labels))]
        if len(speaking) == 1:
            votes[speaking[0]] += 1
    tongues = [tongue for field in found.report.fields.values() for tongue in field.labels]
    return max(dict.fromkeys(tongues), key=lambda tongue: votes[tongue], default=None)


def _meant(label: str, report: Report) -> tuple[str | None, str | None, bool]:
    """The field a label names, the currency it states, and whether it is in millionths."""
    if name := report.labelled.get(label):
        return name, None, False
    for bare, currency, in_micros in _of_money(label):
        name = report.labelled.get(bare)
        if name and report.fields[name].type == "money":
            return name, currency, in_micros
    return None, None, False


@lru_cache(maxsize=20_000)
def _of_money(label: str) -> list[tuple[str, str | None, bool]]:
    """What a label may say besides a field of money: its currency, or that it is in millionths."""
    priced, scaled = IN_BRACKETS.match(label), IN_MICROS.match(label)
    currency = currency_code(priced["currency"]) if priced else None
    told: list[tuple[str, str | None, bool]] = []
    if priced and currency:
        told.append((priced["label"], currency, False))
    if scaled:
        told.append((scaled["label"], None, True))
    return told


def _speaks_of(report: Report, labels: list[str]) -> bool:
    return not report.labelled.keys().isdisjoint(labels) or any(_meant(label, report)[0] for label in labels)


def _bare(label: str) -> str:
    priced = IN_BRACKETS.match(label)
    return priced["label"] if priced else label
