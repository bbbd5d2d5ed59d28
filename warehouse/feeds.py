"""Feeds: a raw table whose fields are named as unified columns needs no mapping SQL of its own."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import sqlglot
from sqlglot import exp

from warehouse import dictionary

FOLDER = Path(__file__).with_name("feeds")
FIELDS = "feed.fields"
# what raw rows carry besides their fields
CARRIED = {"_period_start": "date", "_period_end": "date"}
# what a column can be made of: how the names of Arrow's types begin, and the types of a layout in words
DAYS = (("date", "timestamp"), "date or datetime")
MADE_OF = {
    "date": DAYS,
    "timestamp": DAYS,
    "decimal(18,6)": (("decimal", "int"), "money, decimal or count"),
    "bigint": (("int",), "count"),
    "boolean": (("bool",), "boolean"),
}


class FeedError(ValueError):
    """A raw table cannot feed a unified table; the message names the column and what is allowed."""


@dataclass(frozen=True)
class Feed:
    """A raw table of a tool with its columns; `external_ids` are those that hold ids of other systems."""

    tool: str
    table: str
    columns: pa.Schema
    external_ids: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The table as `raw_<tool>.<table>`."""
        return f"raw_{self.tool}.{self.table}"


def selects() -> dict[str, Path]:
    """The unified tables that fields can feed by their names, each with its SELECT over `feed.fields`."""
    return {file.stem: file for file in sorted(FOLDER.glob("*.sql"))}


def select(unified: str, feed: Feed) -> str:
    """The SELECT by which a raw table feeds a unified table. Raises FeedError."""
    check(unified, feed)
    return re.sub(rf"\b{re.escape(FIELDS)}\b", lambda _: _fields(unified, feed), _text(unified))


def check(unified: str, feed: Feed) -> None:
    """Raises FeedError when there is no such table, or a field cannot be the column it is named for."""
    if unified not in selects():
        near = difflib.get_close_matches(unified, selects(), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise FeedError(f"no unified table is called {unified}{hint} (there are {', '.join(selects())})")
    for name, type_ in columns(unified).items():
        starts, words = MADE_OF.get(type_, ((), ""))
        if starts and name in feed.columns.names and not str(feed.columns.field(name).type).startswith(starts):
            raise FeedError(f"{name}: its type must be {words}, since it feeds unified.{unified}")


@cache
def columns(unified: str) -> dict[str, str]:
    """The columns of `feed.fields` that the SELECT of a unified table uses, with their SQL types."""
    tree = sqlglot.parse_one(_text(unified), dialect="duckdb")
    [source] = [table for table in tree.find_all(exp.Table) if f"{table.db}.{table.name}" == FIELDS]
    reading = source.find_ancestor(exp.Select)
    assert reading
    types = {column.name: column.type for column in dictionary.table(f"unified.{unified}").columns} | CARRIED
    return {column.name: types.get(column.name, "varchar") for column in reading.find_all(exp.Column)}


def _fields(unified: str, feed: Feed) -> str:
    """The raw table with exactly the columns that the SELECT uses."""
    made = {"tool": f"'{feed.tool}'", "external_ids": _as_json(feed.external_ids)}
    stated = {name: f'"{name}"' for name in feed.columns.names}
    values = {name: {**stated, **made}.get(name, "null") for name in columns(unified)}
    listed = ", ".join(f'cast({values[name]} as {type_}) as "{name}"' for name, type_ in columns(unified).items())
    return f"(select {listed} from {feed.name}) as fields"


def _as_json(names: tuple[str, ...]) -> str:
    """A JSON object of the ids that are filled, null where none is."""
    escaped = """replace(replace("{0}", '\\', '\\\\'), '"', '\\"')"""
    pairs = ", ".join(f"""'"{name}": "' || {escaped.format(name)} || '"'""" for name in names)
    return f"'{{' || nullif(concat_ws(', ', {pairs}), '') || '}}'" if names else "null"


def _text(unified: str) -> str:
    return selects()[unified].read_text(encoding="utf-8").strip()
