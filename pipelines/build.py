"""Build: the tables of one night, aside in staging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from pipelines import resolve, resolve_companies
from pipelines.layouts import feeds
from pipelines.workspace import Workspace
from sources.layout import Tool, raw_schema
from warehouse import models
from warehouse.feeds import Feed
from warehouse.models import Model
from warehouse.staging import Staging


def night_models(workspace: Workspace) -> dict[str, Model]:
    """The SQL models with every source's mappings and feeds, in an order in which they can be built."""
    made_by: dict[str, list[Path | Feed]] = {unified: [] for unified in models.fed_tables()}
    for tool in workspace.tools.values():
        for unified, file in tool.mappings.items():
            made_by.setdefault(unified, []).append(file)
        for unified, feed in feeds(tool):
            made_by.setdefault(unified, []).append(feed)
    return models.models(made_by, {**resolve.TABLES, resolve_companies.TABLE: resolve_companies.READS})


def raw_tables(tools: Mapping[str, Tool]) -> dict[str, pa.Schema]:
    """The raw tables of tools, `raw_<tool>.<table>`, with the columns that each has at least."""
    return {
        f"raw_{tool.name}.{table}": raw_schema(reports)
        for tool in tools.values()
        for table, reports in tool.tables.items()
    }


def expose_raw(workspace: Workspace, staging: Staging, models: Iterable[Model]) -> None:
    """Make the raw tables that models read readable in staging, also those for which no file was dropped yet."""
    read = {table for model in models for table in model.depends_on}
    staging.expose_raw({name: schema for name, schema in raw_tables(workspace.tools).items() if name in read})


def build(staging: Staging, model: Model) -> int:
    """Build one model's table; returns its number of rows. Raises BuildError, which names the table."""
    staging.forget_verdict(model.name)
    return staging.build(model.name, model.sql)
