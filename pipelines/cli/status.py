"""The command `unsilo status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, published, rows, show, show_layout_errors
from pipelines.understood import files

if TYPE_CHECKING:
    from pipelines.workspace import Workspace


@click.command()
@workspace_options
def status(workspace: Workspace) -> None:
    """Show the last runs, and for every dropped file what was understood of it and what became of its rows."""
    to = console()
    with published(workspace) as con:
        runs = rows(con, "select * from ops.runs order by started_at desc limit 5")
        dropped = files(con)
    headings = {
        "run_date": "as of",
        "started_at": "began (UTC)",
        "status": "status",
        "tables_changed": "tables changed#",
        "customers_new": "new customers#",
        "customers_merged": "merged#",
        "customers_split": "split#",
        "customers_gone": "gone#",
        "contacts_moved": "contacts moved#",
    }
    show(to, "Last runs", headings, runs)
    headings = {
        "path": "file*",
        "report": "report",
        "language": "lang",
        "period": "period",
        "currency": "",
        "rows_read": "read#",
        "rows_loaded": "loaded#",
        "rows_rejected": "kept aside#",
        "rows_superseded": "restated#",
        "status": "status",
    }
    show(to, f"{len(dropped)} files", headings, dropped)
    for title, column in {"Totals that files state": "totals", "What to know of files": "remarks"}.items():
        told = [file for file in dropped if file[column]]
        if told:
            to.print(f"[bold]{title}[/]")
        for file in told:
            to.print(f"  {file['path']}: {file[column]}", soft_wrap=True, markup=False)
        to.print()
    show_layout_errors(to, workspace)
