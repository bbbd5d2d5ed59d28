"""Reading: the published copy as commands show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

WIDE = 400

if TYPE_CHECKING:
    from pipelines.workspace import Workspace
    from warehouse.lake import Connection


@contextmanager
def published(workspace: Workspace, role: str = "marketer") -> Iterator[Connection]:
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


def rows(con: Connection, sql: str) -> list[dict[str, Any]]:
    """The rows of a SELECT, for tables that people read."""
    found: list[dict[str, Any]] = con.execute(sql).to_arrow_table().to_pylist()
    return found


def console(file: IO[str] | None = None) -> Console:
    """Where commands print: as wide as the terminal, and wide enough for any table where there is none."""
    found = Console(file=file, highlight=False, soft_wrap=False)
    return found if found.is_terminal else Console(file=file, highlight=False, width=WIDE)


def show(to: Console, title: str, columns: dict[str, str], lines: list[dict[str, Any]]) -> None:
    """Print a table; `columns` leads from keys of the lines to headings.

    A heading that ends in `#` is aligned right, one that ends in `*` may be broken over several lines.
    """
    if not lines:
        to.print(f"[bold]{title}[/]: none\n")
        return
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False)
    for heading in columns.values():
        table.add_column(
            escape(heading.rstrip("#*")),
            justify="right" if heading.endswith("#") else "left",
            overflow="fold",
            no_wrap=not heading.endswith("*"),
        )
    for line in lines:
        table.add_row(*(escape(text(line[key])) for key in columns))
    to.print(table)
    to.print()


def show_layout_errors(to: Console, workspace: Workspace) -> None:
    """Print what is wrong with layouts of the company's own, if anything is."""
    for error in workspace.layout_errors.values():
        to.print(f"  {error}", soft_wrap=True, markup=False, style="yellow")


def text(value: Any) -> str:
    """A value as people read it: thousands apart, money with two decimals, nothing for null."""
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
