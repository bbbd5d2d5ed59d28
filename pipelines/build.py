"""Build: the tables of one night, aside in staging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pipelines import resolve
from pipelines.workspace import Workspace
from sources.layout import arrow_schema
from warehouse import models
from warehouse.models import Model
from warehouse.staging import Staging


def night_models(workspace: Workspace) -> dict[str, Model]:
    """The SQL models with every source's mappings, in an order in which they can be built."""
    mappings: dict[str, list[Path]] = defaultdict(list)
    for tool in workspace.tools.values():
        for unified, file in tool.mappings.items():
            mappings[unified].append(file)
    return models.models(mappings, {resolve.TABLE: resolve.READS})


def expose_raw(workspace: Workspace, staging: Staging, models: Iterable[Model]) -> None:
    """Make the raw tables that models read readable in staging, also those for which no file was dropped yet."""
    read = {table for model in models for table in model.depends_on}
    reports = {
        f"raw_{tool.name}.{report.name}": arrow_schema(report)
        for tool in workspace.tools.values()
        for report in tool.reports.values()
    }
    staging.expose_raw({name: schema for name, schema in reports.items() if name in read})


def build(staging: Staging, model: Model) -> int:
    """Build one model's table; returns its number of rows. Raises BuildError, which names the table."""
    staging.forget_verdict(model.name)
    return staging.build(model.name, model.sql)
