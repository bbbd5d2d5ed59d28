"""The command `unsilo tools`, and `unsilo tools scaffold` below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, show, show_layout_errors

if TYPE_CHECKING:
    from pipelines.workspace import Workspace


@click.group(invoke_without_command=True)
@workspace_options
@click.pass_context
def tools(context: click.Context, workspace: Workspace) -> None:
    """List the tools that can be read, and those in use: owner, monthly cost, and the folder to drop exports into.

    A layout.yml beside the exports of a tool makes it one of them: unsilo tools scaffold proposes it.
    """
    if context.invoked_subcommand is None:
        _list(workspace)


@tools.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Put it beside FILE as layout.yml instead of showing it.")
@workspace_options
def scaffold(workspace: Workspace, file: Path, write: bool) -> None:
    """Propose a layout for the exports that look like FILE: a CSV, or a workbook's first sheet."""
    from sources.scaffold import NotATable, proposal

    try:
        text = proposal(file, workspace.tools)
    except NotATable as error:
        raise click.UsageError(f"{file}: {error}") from None
    if not write:
        click.echo(text, nl=False)
        return
    layout = file.with_name("layout.yml")
    if layout.exists():
        raise click.UsageError(f"{layout} is there already: move it away first")
    layout.write_text(text, encoding="utf-8")
    click.echo(f"{layout}: read it through, then `unsilo run`")


def _list(workspace: Workspace) -> None:
    settings, used = workspace.settings, workspace.folders()
    lines = [
        {
            "tool": name,
            "title": tool.title if (tool := workspace.tools.get(name)) else _unread(workspace, name),
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
    to = console()
    show(to, f"{len(lines)} tools", headings, lines)
    show_layout_errors(to, workspace)


def _unread(workspace: Workspace, name: str) -> str:
    return "its layout cannot be used" if name in workspace.layout_errors else "no source reads it"
