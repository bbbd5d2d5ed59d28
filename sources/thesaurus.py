"""Thesaurus: which unified column a label names, learnt from every layout there is."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from sources.labels import normalised
from sources.layout_file import read_layout
from sources.reports import Field, Report, Tool


@dataclass(frozen=True)
class Guess:
    """What rows under a header most probably are: a unified table, and the field of each position of the header."""

    report: Report
    fields: Mapping[int, Field]

    def __str__(self) -> str:
        named = dict.fromkeys(field.label.lower() for field in self.fields.values())
        return f"looks like {self.report.name.replace('_', ' ')} ({', '.join(named)})"


def guess(header: Iterable[str], rows: pl.DataFrame | None, tools: Mapping[str, Tool]) -> Guess | None:
    """What a header's labels tell, and with `rows`, text columns as in the header, cells that hold e-mail addresses.

    None when they fit no unified table.
    """
    labels = [normalised(bare(label)) for label in header]
    addresses = {at for at in range(len(labels)) if rows is not None and _holds_addresses(rows[:, at])}
    fitting = [found for report in _tables().values() if (found := _fit(report, labels, addresses, tools))]
    return max(fitting, key=lambda found: len(found.fields), default=None)


def bare(label: str) -> str:
    """A label of money without the currency that stands in brackets behind it."""
    priced = re.match(r"^(.+?)\s*[(\[](?:[A-Za-z]{3}|\W)[)\]]$", label.strip())
    return priced[1] if priced else label


@cache
def _tables() -> dict[str, Report]:
    """The unified tables as a layout without a tool describes them."""
    return read_layout(Path(__file__).with_name("labels.yml")).reports


def _fit(table: Report, labels: list[str], addresses: set[int], tools: Mapping[str, Tool]) -> Guess | None:
    fields: dict[int, Field] = {}
    taken: set[str] = set()
    for position, label in enumerate(labels):
        name = table.labelled.get(label) or _learnt(table, label, tools)
        if position in addresses and "email" in table.fields:
            name = "email"
        if name and name not in taken:
            fields[position] = table.fields[name]
            taken.add(name)
    enough = len(taken) > 1 and all(taken & set(group) for group in table.needs)
    return Guess(table, fields) if enough else None


def _learnt(table: Report, label: str, tools: Mapping[str, Tool]) -> str | None:
    """The column that most tools mean by a label, in reports that go to the table."""
    said = (tool.vocabulary.get(table.name, {}).get(label) for tool in tools.values())
    votes = Counter(name for name in said if name in table.fields)
    return votes.most_common(1)[0][0] if votes else None


def _holds_addresses(cells: pl.Series) -> bool:
    filled = cells.drop_nulls()
    found = filled.str.contains(r"^[^@\s]+@[^@\s]+\.\w{2,}$").sum()
    return found > 0.8 * len(filled)
