"""What commands share that decide something: who and why, the lake open for writing, and what they say."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipelines.decisions import Decision
    from pipelines.workspace import Workspace
    from warehouse.staging import Staging


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as nobody known
        return None


by_option = click.option("--by", metavar="NAME", default=_user, help="Who decided. [default: your user name]")


def who_and_why(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --why and --by; it receives them as `why` and `by`."""
    why_option = click.option("--why", metavar="TEXT", help="Why, for those who come after.")
    decorated: Callable[..., Any] = why_option(by_option(command))
    return decorated


@contextmanager
def writing(workspace: Workspace) -> Iterator[Staging]:
    """The lake, open for writing; ends the command with a message while a run holds it, or on a decision refused."""
    from pipelines.decisions import Refused, Unknown
    from warehouse.staging import Busy, Staging

    if not workspace.lake.catalog.exists():
        raise click.ClickException(f"there is no lake in {workspace.lake.root} yet: run `unsilo run` first")
    try:
        staging = Staging(workspace.lake)
    except Busy as error:
        raise click.ClickException(str(error)) from None
    try:
        yield staging
    except (Unknown, Refused) as error:
        raise click.UsageError(str(error)) from None
    finally:
        staging.close()


def say(made: Sequence[Decision]) -> None:
    """Print a statement's id and what it is about."""
    from pipelines.decisions import about

    kind = made[0].kind.replace("_", " ")
    click.echo(f"{made[0].statement}: {kind} {about(made)}, from the next run on")
