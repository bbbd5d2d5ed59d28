"""Reading: the published copy as commands show it."""

from __future__ import annotations

from contextlib import contextmanager
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pipelines.workspace import Workspace


@contextmanager
def published(workspace: Workspace, role: str = "marketer") -> Iterator[DuckDBPyConnection]:
    """A role's published copy; ends the command with a message when nothing is published yet."""
    from warehouse.published import ROLES, NotPublished, open_copy

    try:
        con = open_copy(workspace.lake, ROLES[role])
    except NotPublished as error:
        raise click.ClickException(str(error)) from None
    try:
        yield con
    finally:
        con.close()


def rows(con: DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a SELECT, for tables that people read."""
    found: list[dict[str, Any]] = con.execute(sql).to_arrow_table().to_pylist()
    return found


def show(console: Console, title: str, columns: dict[str, str], lines: list[dict[str, Any]]) -> None:
    """Print a table; `columns` leads from keys of the lines to headings, one ending in `#` is aligned right."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False)
    for heading in columns.values():
        right = heading.endswith("#")
        table.add_column(heading.rstrip("#"), justify="right" if right else "left", overflow="fold")
    for line in lines:
        table.add_row(*(text(line[key]) for key in columns))
    console.print(table)
    console.print()


def text(value: Any) -> str:
    """A value as people read it: thousands apart, money with two decimals, nothing for null."""
    from datetime import datetime
    from decimal import Decimal

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)
