"""The command `unsilo decide`, and those below it that are about gaps, files and decisions themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.deciding import by_option, say, who_and_why, writing
from pipelines.cli.identity import not_same, same, shared
from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, show

if TYPE_CHECKING:
    from pipelines.decisions import Decision
    from pipelines.workspace import Workspace

HEADINGS = {"id": "id", "kind": "decision", "about": "about*", "note": "why*", "by": "by", "at": "at (UTC)"}


@click.group(invoke_without_command=True)
@click.option(
    "--export",
    "export_to",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the pairs of contacts that may be one person as a spreadsheet to fill in: .xlsx or .csv.",
)
@click.option(
    "--import",
    "import_from",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read such a spreadsheet and store what was decided in it.",
)
@click.option(
    "--role",
    type=click.Choice(["marketer", "steward"]),
    default="marketer",
    show_default=True,
    help="Whose copy --export reads: a marketer sees personal columns masked.",
)
@by_option
@workspace_options
@click.pass_context
def decide(
    context: click.Context,
    workspace: Workspace,
    *,
    export_to: Path | None,
    import_from: Path | None,
    role: str,
    by: str | None,
) -> None:
    """Settle what only people can: who is who, which gap is as it should be, which held export is right.

    A decision counts from the next run on, and each night again until it is undone. One that others stand against is
    refused.

    \b
    unsilo decide same crm/contact/101 mail/contact/7f3a --why "her maiden name"
    unsilo decide not-same c_5d41402abc4b2a76 email:zoe@north.example
    unsilo decide shared accueil@north.example
    unsilo decide --export review.xlsx     fill in the column decision, then
    unsilo decide --import review.xlsx
    """
    from pipelines.cli.review import export_sheet, import_sheet

    given = {name for name in ("export_to", "import_from", "role", "by") if _is_given(context, name)}
    if context.invoked_subcommand:
        if given:
            raise click.UsageError(f"write options behind `{context.invoked_subcommand}`; --export and --import alone")
    elif export_to and not given - {"export_to", "role"}:
        export_sheet(workspace, export_to, role)
    elif import_from and not given - {"import_from", "by"}:
        import_sheet(workspace, import_from, by)
    elif given:
        raise click.UsageError("write either --export, with --role or without, or --import, with --by or without")
    else:
        click.echo(context.get_help())


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE


@decide.command()
@click.argument("subject", metavar="ID")
@who_and_why
@workspace_options
def accept(workspace: Workspace, subject: str, why: str | None, by: str | None) -> None:
    """Accept a gap, or an export that was held back.

    ID is a gap's id (`unsilo gaps`), or at least the first eight letters of a held file's (`unsilo status`).
    """
    from pipelines import decisions

    with writing(workspace) as staging:
        say([decisions.accept(staging, subject, why, by)])


@decide.command()
@click.argument("subject", metavar="ID")
@workspace_options
def undo(workspace: Workspace, subject: str) -> None:
    """Take a decision back: ID is its own, or the gap, file, contact or address that it alone is about."""
    from pipelines import decisions

    with writing(workspace) as staging:
        undone = decisions.undo(staging, subject)
    click.echo(f"{undone[0].statement}: undone, from the next run on")


@decide.command("list")
@workspace_options
def list_decisions(workspace: Workspace) -> None:
    """List the decisions that stand."""
    from pipelines import decisions

    statements: dict[str, list[Decision]] = {}
    for decision in decisions.read(workspace.lake):
        statements.setdefault(decision.statement, []).append(decision)
    lines = [
        {
            "id": statement,
            "kind": made[0].kind.replace("_", " "),
            "about": decisions.about(made),
            "note": made[0].note,
            "by": made[0].decided_by,
            "at": made[0].decided_at,
        }
        for statement, made in statements.items()
    ]
    show(console(), f"{len(lines)} decisions", HEADINGS, lines)


for _command in (same, not_same, shared):
    decide.add_command(_command)
