"""The command `unsilo why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.markup import escape
from rich.table import Table

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, published

if TYPE_CHECKING:
    from rich.console import Console

    from pipelines.explain import Pair
    from pipelines.workspace import Workspace

MARKS = {
    "same": "[green]✓[/]",
    "similar": "[yellow]≈[/]",
    "different": "[red]✗[/]",
    "one_missing": "–",
    "missing": "–",
}
LABELS = {"birth_date": "birth date", "email": "e-mail"}


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--role",
    type=click.Choice(["marketer", "steward"]),
    default="marketer",
    show_default=True,
    help="Whose copy to read: a marketer sees personal values masked.",
)
@workspace_options
def why(workspace: Workspace, one: str, other: str, role: str) -> None:
    """Explain why A and B are one customer, or why they are kept apart.

    Each is a contact (tool/record_type/record_id) or a customer's id (c_…), also one that it had before. Of one
    customer the links are shown that lead from the one to the other; of two, what they share and what tells them apart.
    """
    from pipelines.evidence import Unknown
    from pipelines.explain import Identical, explain

    with published(workspace, role) as con:
        try:
            told = explain(con, one, other)
        except (Unknown, Identical) as error:
            raise click.UsageError(str(error)) from None
    to = console()
    to.print(f"\n[bold]{escape(told.headline)}[/]\n", soft_wrap=True)
    for number, pair in enumerate(told.pairs, start=1):
        _show(to, pair, f"{number}. {pair.said}" if told.is_one else "")
    if told.pairs:
        to.print("  ✓ same  ≈ similar  ✗ different  – not stated by both\n", style="dim")
    for reason in told.reasons:
        to.print(f"  • {reason}", soft_wrap=True, markup=False)
    if told.reasons:
        to.print()
    if told.advice:
        to.print(told.advice, soft_wrap=True, markup=False)


def _show(to: Console, pair: Pair, title: str) -> None:
    """Print two contacts beside each other."""
    if title:
        to.print(f"[bold]{escape(title)}[/]", soft_wrap=True)
    table = Table(box=None, pad_edge=True, header_style="bold")
    for heading in ("", pair.one, "", pair.other):
        table.add_column(escape(heading), overflow="fold")
    for field, one, other, outcome in pair.compared:
        label = LABELS.get(field, field)
        table.add_row(label, escape(one or ""), MARKS[outcome], escape(other or ""))
    to.print(table)
    to.print()
