"""The commands below `unsilo decide` that are about who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipelines.cli.deciding import say, who_and_why, writing
from pipelines.cli.options import workspace_options

if TYPE_CHECKING:
    from pipelines.workspace import Workspace


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@who_and_why
@workspace_options
def same(workspace: Workspace, one: str, other: str, why: str | None, by: str | None) -> None:
    """Decide that A and B are one person.

    Each is a contact (tool/record_type/record_id), a customer's id (c_…), or email: and an address of one contact only.
    Of a customer one contact is linked; the others follow as long as they stay with it.
    """
    from pipelines.identity_decisions import decide_same

    with writing(workspace) as staging:
        say(decide_same(staging, one, other, why, by))


@click.command("not-same")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@who_and_why
@workspace_options
def not_same(workspace: Workspace, one: str, other: str, why: str | None, by: str | None) -> None:
    """Decide that A and B are two people, who never become one, neither directly nor through others.

    Each is named as for `unsilo decide same`. Of a customer all contacts it has now are kept apart; a contact named
    beside its own customer is told from the rest of them.
    """
    from pipelines.identity_decisions import decide_not_same

    with writing(workspace) as staging:
        say(decide_not_same(staging, one, other, why, by))


@click.command()
@click.argument("address", metavar="ADDRESS")
@who_and_why
@workspace_options
def shared(workspace: Workspace, address: str, why: str | None, by: str | None) -> None:
    """Decide that an e-mail ADDRESS is used by several people, so that it alone makes nobody one with another."""
    from pipelines.identity_decisions import decide_shared

    with writing(workspace) as staging:
        say(decide_shared(staging, address, why, by))
