"""Described: how tables show in the Dagster UI, all of it from the dictionary, the models and the layouts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import dagster as dg

from pipelines.workspace import Workspace
from sources.layout import Field, Report, Tool, raw_schema
from warehouse import dictionary
from warehouse.lineage import Origins
from warehouse.models import Model

# what the night before left behind is no step of tonight
MEMORIES = frozenset({"ops.company_ids", "ops.customer_ids", "ops.decisions", "ops.gap_history", "ops.runs"})
_LINEAGE = ("column", "made of")


def key(table: str) -> dg.AssetKey:
    """Asset key of `schema.table`."""
    return dg.AssetKey(table.split("."))


def table_spec(
    name: str, reads: Iterable[str] = (), model: Model | None = None, owner: str = "data engineering"
) -> dg.AssetSpec:
    """Spec of a table the dictionary describes."""
    table = dictionary.table(name)
    meaning, grain = (model.meaning, model.grain) if model else (table.meaning, table.grain)
    sql = f"\n\n```sql\n{model.sql}\n```" if model else ""
    return dg.AssetSpec(
        key(name),
        deps=[key(read) for read in sorted(set(reads) - MEMORIES)],
        description=f"{meaning}\n\nGrain: {grain}. Key: {', '.join(table.key)}.{sql}",
        group_name=name.split(".", maxsplit=1)[0],
        kinds={"duckdb", "sql"} if model else {"duckdb", "python"},
        owners=[team(owner)],
        metadata={
            "dagster/column_schema": dg.TableSchema([_column(column) for column in table.columns]),
            "dagster/table_name": name,
        },
    )


def raw_spec(tool: Tool, table: str, reports: list[Report], workspace: Workspace) -> dg.AssetSpec:
    """Spec of one raw table of a tool, with the reports whose rows it holds."""
    fields = {name: field for report in reversed(reports) for name, field in report.fields.items()}
    columns = [_raw_column(column.name, str(column.type), fields) for column in raw_schema(reports)]
    held = "\n".join(f"- {report.name.replace('_', ' ')}: {report.grain}" for report in reports)
    return dg.AssetSpec(
        key(f"raw_{tool.name}.{table}"),
        description=f"{tool.title}. Columns no layout knows are kept.\n\n{held}",
        group_name=f"raw_{tool.name}",
        kinds={"dlt", "ducklake"},
        owners=[team(workspace.settings.owners.get(tool.name, "nobody"))],
        metadata={
            "dagster/column_schema": dg.TableSchema(columns),
            "dagster/table_name": f"raw_{tool.name}.{table}",
        },
    )


def lineage_metadata(origins: Origins) -> dict[str, dg.MetadataValue]:
    """Column lineage for machines, and as a table for people, whom the open-source UI does not draw it for."""
    lineage = dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(key(table), origin) for table, origin in found]
            for column, found in origins.items()
        }
    )
    rows = [dg.TableRecord({"column": column, "made of": _listed(found)}) for column, found in origins.items()]
    return {
        "dagster/column_lineage": dg.MetadataValue.column_lineage(lineage),
        "lineage": dg.MetadataValue.table(rows, dg.TableSchema.from_name_type_dict(dict.fromkeys(_LINEAGE, "string"))),
    }


def team(name: str) -> str:
    """A team as Dagster writes owners."""
    return "team:" + (re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_") or "nobody")


def _listed(origins: list[tuple[str, str]], most: int = 12) -> str:
    more = f" and {len(origins) - most} more" if len(origins) > most else ""
    return ", ".join(f"{table}.{column}" for table, column in origins[:most]) + more


def _raw_column(name: str, type_: str, fields: dict[str, Field]) -> dg.TableColumn:
    if name not in fields:
        return dg.TableColumn(name, type_)
    return dg.TableColumn(name, fields[name].type, description=f"“{fields[name].label}” in exports.")


def _column(column: dictionary.Column) -> dg.TableColumn:
    unit = f" Unit: {column.unit}." if column.unit else ""
    return dg.TableColumn(
        column.name,
        column.type,
        description=f"{column.meaning}{unit}",
        tags={"personal": column.personal} if column.personal else None,
    )
