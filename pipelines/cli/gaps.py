"""The command `unsilo gaps`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.markup import escape

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, published, rows, show
from pipelines.summary import list_gaps

if TYPE_CHECKING:
    from pipelines.workspace import Workspace
    from warehouse.lake import Connection

MOST_ROWS = 50
HEADINGS = {
    "severity": "",
    "gap_kind": "gap",
    "about": "about*",
    "rows_affected": "rows#",
    "amount_at_stake": "at stake#",
    "currency": "",
    "owner": "owner",
}


@click.command()
@click.argument("gap_id", required=False)
@click.option("--all", "everything", is_flag=True, help="Accepted and resolved gaps too.")
@workspace_options
def gaps(workspace: Workspace, gap_id: str | None, everything: bool) -> None:
    """List what does not fit together, the biggest first.

    Each gap has an owner, an age in days, the money at stake and a way to fix it. With GAP_ID, show how to fix that one
    and the rows that show it.
    """
    with published(workspace) as con:
        if gap_id:
            _show_one(con, gap_id)
        else:
            _show_all(con, everything)


def _show_all(con: Connection, everything: bool) -> None:
    found = list_gaps(con, "true" if everything else "status = 'open'")
    headings = {"gap_id": "id", **HEADINGS, "age_days": "days#", **({"status": "status"} if everything else {})}
    to = console()
    show(to, f"{len(found)} gaps", headings, found)
    accepted = [] if everything else list_gaps(con, "status = 'accepted'")
    if accepted:
        to.print(f"{len(accepted)} more are accepted: `unsilo gaps --all` lists them too.")
    to.print("`unsilo gaps ID` shows the rows of one and how to fix it; `unsilo decide accept ID` accepts it.")


def _show_one(con: Connection, gap_id: str) -> None:
    found = list_gaps(con, f"gap_id = '{gap_id}'") if gap_id.isalnum() else []
    if not found:
        raise click.UsageError(f"there is no gap {gap_id}; `unsilo gaps` lists them")
    gap, to = found[0], console()
    to.print(f"\n[bold]{gap['gap_kind'].replace('_', ' ')}[/]: {escape(gap['about'])}")
    to.print(f"{gap['how_to_fix']} Owner: {escape(gap['owner'])}.\n")
    shown = rows(con, f"select * from mart.gap_rows where gap_id = '{gap_id}' order by row_key limit {MOST_ROWS}")
    headings = {"row_table": "table", "row_key": "row*", "amount": "amount#", "currency": ""}
    show(to, f"{len(shown)} of {gap['rows_affected']:,} rows", headings, shown)
