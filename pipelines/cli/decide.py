"""The command `unsilo decide`."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, show

if TYPE_CHECKING:
    from pipelines.workspace import Workspace
    from warehouse.staging import Staging

HEADINGS = {
    "decision_id": "id",
    "kind": "decision",
    "subject": "about*",
    "note": "why*",
    "decided_by": "by",
    "decided_at": "at (UTC)",
}


@click.group()
def decide() -> None:
    """Settle what only people can: accept a gap or an export that was held back, or take that back.

    A decision counts from the next run on, and each night again until it is undone.
    """


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as nobody known
        return None


@decide.command()
@click.argument("subject", metavar="ID")
@click.option("--why", metavar="TEXT", help="Why, for those who come after.")
@click.option("--by", metavar="NAME", default=_user, help="Who decided. [default: your user name]")
@workspace_options
def accept(workspace: Workspace, subject: str, why: str | None, by: str | None) -> None:
    """Accept a gap, or an export that was held back.

    ID is a gap's id (`unsilo gaps`), or at least the first eight letters of a held file's (`unsilo status`).
    """
    from pipelines import decisions

    with _writing(workspace) as staging:
        made = decisions.accept(staging, subject, why, by)
    click.echo(f"{made.decision_id}: {made.kind.replace('_', ' ')} {made.subject[:12]}, from the next run on")


@decide.command()
@click.argument("subject", metavar="ID")
@workspace_options
def undo(workspace: Workspace, subject: str) -> None:
    """Take a decision back: ID is its own, or that of the gap or file it is about."""
    from pipelines import decisions

    with _writing(workspace) as staging:
        undone = decisions.undo(staging, subject)
    click.echo(f"{undone.decision_id}: undone, from the next run on")


@decide.command("list")
@workspace_options
def list_decisions(workspace: Workspace) -> None:
    """List the decisions that stand."""
    from pipelines import decisions

    found = [decision._asdict() for decision in decisions.read(workspace.lake)]
    show(console(), f"{len(found)} decisions", HEADINGS, found)


@contextmanager
def _writing(workspace: Workspace) -> Iterator[Staging]:
    """The lake, open for writing; ends the command with a message while a run holds it, or when nothing is known."""
    from pipelines.decisions import Unknown
    from warehouse.staging import Busy, Staging

    if not workspace.lake.catalog.exists():
        raise click.ClickException(f"there is no lake in {workspace.lake.root} yet: run `unsilo run` first")
    try:
        staging = Staging(workspace.lake)
    except Busy as error:
        raise click.ClickException(str(error)) from None
    try:
        yield staging
    except Unknown as error:
        raise click.UsageError(str(error)) from None
    finally:
        staging.close()
