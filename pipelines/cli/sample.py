"""The command `unsilo sample`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import workspace_options

if TYPE_CHECKING:
    from pipelines.workspace import Workspace


@click.command()
@click.option("--customers", type=click.IntRange(min=100), default=3000, show_default=True, help="People to invent.")
@click.option("--seed", type=int, default=42, show_default=True, help="Another seed invents another company.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Last day of the two years of data. [default: yesterday]",
)
@click.option(
    "--truth",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/truth"),
    show_default=True,
    help="Folder for the truth behind the exports, which only tests and benchmarks read.",
)
@click.option("--tools", metavar="TOOL,TOOL", help="Write the exports of these tools only. [default: all]")
@workspace_options
def sample(
    workspace: Workspace, *, customers: int, seed: int, until: datetime | None, truth: Path, tools: str | None
) -> None:
    """Write the exports of an invented company, in its tools' true layouts, with known gaps planted.

    The same size, seed and day give the same files. The folder must be empty, so that nobody's exports are mixed up
    with invented ones.
    """
    from pipelines.sample import write_sample, writers

    if workspace.exports.is_dir() and any(workspace.exports.iterdir()):
        raise click.UsageError(f"{workspace.exports} is not empty: name another folder with --exports")
    named = {tool.strip() for tool in (tools or "").split(",")} - {""}
    if unknown := sorted(named - writers().keys()):
        raise click.UsageError(f"the invented company does not use {', '.join(unknown)}, but {', '.join(writers())}")
    last_day = until.date() if until else date.today() - timedelta(days=1)
    files = write_sample(workspace.exports, truth, customers=customers, seed=seed, until=last_day, tools=named)
    counted = ", ".join(f"{count} of {tool}" for tool, count in files.items())
    click.echo(f"Wrote the exports of an invented company to {workspace.exports}: {counted}")
