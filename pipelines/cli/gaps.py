"""The command `unsilo gaps`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import published, rows, show

if TYPE_CHECKING:
    from pipelines.workspace import Workspace


@click.command()
@click.argument("gap_id", required=False)
@click.option("--all", "everything", is_flag=True, help="Resolved gaps too.")
@workspace_options
def gaps(workspace: Workspace, gap_id: str | None, everything: bool) -> None:
    """List what does not fit together, the biggest first; with GAP_ID, the rows that show one gap.

    Each gap has an owner, an age in days, the money at stake and a way to fix it.
    """
    console = Console()
    with published(workspace) as con:
        if gap_id:
            _show_one(console, con, gap_id)
            return
        found = rows(
            con,
            f"""
            select *, concat_ws(' · ', tool, subject) as about from mart.gaps
            {"" if everything else "where status = 'open'"}
            order by case severity when 'high' then 0 when 'medium' then 1 else 2 end,
                amount_at_stake desc nulls last, rows_affected desc, gap_id
            """,
        )
    headings = {
        "gap_id": "id",
        "severity": "",
        "gap_kind": "gap",
        "about": "about",
        "rows_affected": "rows#",
        "amount_at_stake": "at stake#",
        "currency": "",
        "owner": "owner",
        "age_days": "days#",
        **({"status": "status"} if everything else {}),
    }
    show(console, f"{len(found)} gaps", headings, found)
    console.print("unsilo gaps ID shows the rows of one and how to fix it.", highlight=False)


def _show_one(console: Console, con: object, gap_id: str) -> None:
    if not gap_id.isalnum():
        raise click.UsageError(f"{gap_id} is no gap's id; `unsilo gaps` lists them")
    found = rows(con, f"select * from mart.gaps where gap_id = '{gap_id}'")  # type: ignore[arg-type]
    if not found:
        raise click.UsageError(f"there is no gap {gap_id}; `unsilo gaps` lists them")
    gap = found[0]
    about = " · ".join(filter(None, (gap["tool"], gap["subject"])))
    console.print(f"\n[bold]{gap['gap_kind'].replace('_', ' ')}[/]: {about}", highlight=False)
    console.print(f"{gap['how_to_fix']} (owner: {gap['owner']})\n", highlight=False)
    shown = rows(con, f"select * from mart.gap_rows where gap_id = '{gap_id}' order by row_key limit 50")  # type: ignore[arg-type]
    headings = {"row_table": "table", "row_key": "row", "amount": "amount#", "currency": ""}
    show(console, f"{len(shown)} of {gap['rows_affected']:,} rows", headings, shown)
