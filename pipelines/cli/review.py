"""What `unsilo decide --export` and `unsilo decide --import` do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.deciding import writing
from pipelines.cli.reading import published

if TYPE_CHECKING:
    from pipelines.workspace import Workspace

SHEETS = (".xlsx", ".csv")


def export_sheet(workspace: Workspace, file: Path, role: str) -> None:
    """Write the pairs to decide on, from a role's published copy, and say how to go on."""
    from pipelines import decisions
    from pipelines.review_sheet import NoReviews, export_reviews
    from warehouse.published import ROLES

    if file.suffix.lower() not in SHEETS:
        raise click.UsageError(f"{file}: give it a name that ends in {' or '.join(SHEETS)}")
    with published(workspace, role) as con:
        try:
            written = export_reviews(con, decisions.read(workspace.lake), file, private=not ROLES[role].masked)
        except NoReviews as error:
            raise click.ClickException(str(error)) from None
        except FileExistsError:
            raise click.UsageError(f"{file} is there already: import it, then move it away first") from None
        except OSError as error:
            raise click.UsageError(f"{file} cannot be written: {error.strerror}") from None
    if not written.rows:
        click.echo("nothing to decide: no pair of contacts is uncertain, or all are settled")
        return
    of_all = (
        f"the first {written.rows:,} of {written.pairs:,}" if written.rows < written.pairs else f"{written.pairs:,}"
    )
    click.echo(f"{file}: {of_all} pairs of contacts, those with most at stake first")
    if ROLES[role].masked:
        click.echo("Personal values are masked in it; --role steward writes them in full.")
    click.echo(f"Fill in the column decision, save it, then: unsilo decide --import {file}")


def import_sheet(workspace: Workspace, file: Path, by: str | None) -> None:
    """Store what a sheet decides, and say of every row that cannot be stored why; such rows end with exit code 2."""
    from pipelines.review_import import NotASheet, import_reviews

    with writing(workspace) as staging:
        try:
            done = import_reviews(staging, file, by)
        except NotASheet as error:
            raise click.UsageError(str(error)) from None
    for _, problem in sorted(done.problems.items()):
        click.echo(problem, err=True)
    click.echo(
        f"{done.stored:,} decisions stored, from the next run on; {done.known:,} stood already, {done.later:,} are for"
        f" later, {done.undecided:,} were left empty, {len(done.problems):,} cannot be stored"
    )
    if done.problems:
        click.get_current_context().exit(2)
