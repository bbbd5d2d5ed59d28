"""The command `unsilo tools`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, show

if TYPE_CHECKING:
    from pipelines.workspace import Workspace


@click.command()
@workspace_options
def tools(workspace: Workspace) -> None:
    """List the tools that can be read, and those in use: owner, monthly cost, and the folder to drop exports into."""
    settings, used = workspace.settings, workspace.folders()
    lines = [
        {
            "tool": name,
            "title": tool.title if (tool := workspace.tools.get(name)) else "no source reads it",
            "reports": ", ".join(tool.reports) if tool else "",
            "used": name in used,
            "owner": settings.owners.get(name),
            "cost": settings.monthly_costs.get(name),
        }
        for name in sorted({*workspace.tools, *used})
    ]
    headings = {
        "tool": "folder below exports/",
        "title": "tool",
        "reports": "reports read*",
        "used": "has exports",
        "owner": "owner",
        "cost": f"{settings.base_currency} a month#",
    }
    show(console(), f"{len(lines)} tools", headings, lines)
