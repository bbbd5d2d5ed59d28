"""The command `unsilo sql`."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import workspace_options
from pipelines.cli.reading import console, published, show

if TYPE_CHECKING:
    import polars as pl

    from pipelines.workspace import Workspace

MOST_SHOWN = 200


@click.command()
@click.argument("select")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "xlsx"]),
    default="table",
    show_default=True,
    help="How the rows are written; xlsx needs --output.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write to.")
@click.option(
    "--role",
    type=click.Choice(["marketer", "steward"]),
    default="marketer",
    show_default=True,
    help="Whose copy to read: a marketer sees personal columns masked.",
)
@workspace_options
def sql(workspace: Workspace, select: str, form: str, output: Path | None, role: str) -> None:
    """Read the published tables with one SELECT, also while a run is writing.

    Only reading is possible: no file, network or setting can be reached from the query.

    \b
    unsilo sql "from mart.kpis_daily order by date desc limit 7"
    unsilo sql "select email_consent, count(*) from mart.customers group by all"
    unsilo sql "from mart.gaps" --format xlsx -o gaps.xlsx
    """
    import polars as pl

    from warehouse.published import Refused, query

    if form == "xlsx" and not output:
        raise click.UsageError("--format xlsx needs --output FILE")
    with published(workspace, role) as con:
        try:
            rows = pl.DataFrame(pl.from_arrow(query(con, select)))
        except Refused as error:
            raise click.UsageError(str(error)) from None
    _write(rows, form, output)


def _write(rows: pl.DataFrame, form: str, output: Path | None) -> None:
    if form == "xlsx" and output:
        rows.write_excel(output)
    elif form == "table":
        with output.open("w", encoding="utf-8") if output else nullcontext(sys.stdout) as file:
            lines = rows.head(MOST_SHOWN).to_dicts()
            numeric = {name for name, kind in rows.schema.items() if kind.is_numeric()}
            headings = {name: f"{name}#" if name in numeric else name for name in rows.columns}
            shown = f"the first {MOST_SHOWN} of " if rows.height > MOST_SHOWN else ""
            show(console(file), f"{shown}{rows.height:,} rows", headings, lines)
    else:
        written = rows.write_csv() if form == "csv" else rows.write_json()
        if output:
            output.write_text(written, encoding="utf-8")
        else:
            click.echo(written, nl=form == "json")
