"""The data dictionary: every column of `columns.yml` described once, and the tables that have it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("columns.yml")


class DictionaryError(ValueError):
    """A table or column is not described in `columns.yml`, or not well."""


@dataclass(frozen=True)
class Column:
    """One column; `personal` is how it is masked (initial, email, phone, hidden), empty when it is not personal."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    personal: str = ""
    pattern: str = ""
    min: int | None = None


@dataclass(frozen=True)
class Table:
    """A table's columns in order and its key; `meaning` and `grain` are empty where a SQL file's header states them."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    meaning: str = ""
    grain: str = ""
    accepted: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@cache
def tables() -> dict[str, Table]:
    """All described tables by `schema.table`. Raises DictionaryError on a column that nobody describes."""
    described = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    columns = {name: Column(name, **entry) for name, entry in described["columns"].items()}
    return {name: _table(name, entry, columns) for name, entry in described["tables"].items()}


def table(name: str) -> Table:
    """The described table `schema.table`. Raises DictionaryError if there is none."""
    try:
        return tables()[name]
    except KeyError:
        raise DictionaryError(f"{name} is not described in {FILE.name}: add it under `tables:`") from None


def ops_tables() -> list[Table]:
    """The tables that the loads and runs write themselves, without a SQL model."""
    return [entry for name, entry in tables().items() if name.startswith("ops.")]


def _table(name: str, entry: dict[str, Any], columns: dict[str, Column]) -> Table:
    meanings, personal = entry.get("meanings", {}), entry.get("personal", {})
    unknown = [column for column in entry["columns"] if column not in columns]
    if unknown:
        raise DictionaryError(f"{name}: {', '.join(unknown)} not described in {FILE.name}: add under `columns:`")
    return Table(
        name=name,
        key=tuple(entry["key"]),
        columns=tuple(
            replace(
                columns[column],
                meaning=meanings.get(column, columns[column].meaning),
                personal=personal.get(column, columns[column].personal),
            )
            for column in entry["columns"]
        ),
        meaning=entry.get("meaning", ""),
        grain=entry.get("grain", ""),
        accepted=tuple((column, tuple(values)) for column, values in entry.get("accepted", {}).items()),
    )
