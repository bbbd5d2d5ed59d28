"""The summary that ends a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from pipelines.cli.gaps import HEADINGS
from pipelines.cli.reading import published, show, text

if TYPE_CHECKING:
    from pipelines.workspace import Workspace


def print_summary(console: Console, workspace: Workspace) -> None:
    """Print what the last night found and where to look next."""
    from pipelines.summary import summarise

    with published(workspace) as con:
        summary = summarise(con)
    kept_aside = f", {text(summary.rows_rejected)} kept aside" if summary.rows_rejected else ""
    files = ", ".join(f"{count} {status}" for status, count in summary.files.items()) or "none dropped yet"
    changed = f"{summary.tables_changed} tables changed" if summary.tables_changed else "no row changed"
    console.print(f"\n[bold]{escape(workspace.settings.name)}, as of {summary.as_of}[/]: published, {changed}\n")
    for name, value in {
        "files": f"{sum(summary.files.values())} ({files})",
        "rows": f"{text(summary.rows_loaded)} loaded{kept_aside}",
        "customers": f"{text(summary.customers)} behind {text(summary.contacts)} contacts",
        "": f"since the night before: {summary.churn.sentence}",
        "campaigns": text(summary.campaigns),
        "deals": text(summary.deals),
        "gaps": f"{summary.open_gaps} open, of {summary.gap_kinds} kinds",
    }.items():
        console.print(f"  {name:<10} {value}")
    console.print()
    base = workspace.settings.base_currency
    spend = [
        {
            "what": f"{tool}, by {'day' if grain == 'day' else 'period only'}",
            "from": first_day,
            "to": last_day,
            "spend": spent,
            "currency": currency,
            "base": "no rate" if unconverted else converted,
        }
        for tool, currency, grain, first_day, last_day, spent, converted, unconverted in summary.spend
    ]
    headings = {"what": "spend", "from": "from", "to": "to", "spend": "#", "currency": "", "base": f"in {base}#"}
    show(console, "Spend, never added across currencies", headings, spend)
    show(console, "The five biggest gaps", HEADINGS, summary.biggest_gaps)
    console.print(
        'Look next:  unsilo gaps  ·  unsilo status  ·  unsilo sql "from mart.kpis_daily"  ·  make dev (Dagster UI)',
        soft_wrap=True,
    )
