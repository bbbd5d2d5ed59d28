"""Described: how tables show in the Dagster UI, all of it from the dictionary, the models and the layouts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import dagster as dg

from pipelines.workspace import Workspace
from sources.layout import Report, Tool, arrow_schema
from warehouse import dictionary
from warehouse.lineage import Origins
from warehouse.models import Model

# what the night before left behind is no step of tonight
MEMORIES = frozenset({"ops.customer_ids", "ops.gap_history", "ops.runs"})
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


def raw_spec(tool: Tool, report: Report, workspace: Workspace) -> dg.AssetSpec:
    """Spec of the raw table of one report."""
    columns = [
        dg.TableColumn(
            field.name,
            report.fields[field.name].type if field.name in report.fields else str(field.type),
            description=f"“{report.fields[field.name].label}” in exports." if field.name in report.fields else None,
        )
        for field in arrow_schema(report)
    ]
    return dg.AssetSpec(
        key(f"raw_{tool.name}.{report.name}"),
        description=f"{tool.title}, {report.name.replace('_', ' ')}: {report.grain}. Columns no layout knows are kept.",
        group_name=f"raw_{tool.name}",
        kinds={"dlt", "ducklake"},
        owners=[team(workspace.settings.owners.get(tool.name, "nobody"))],
        metadata={
            "dagster/column_schema": dg.TableSchema(columns),
            "dagster/table_name": f"raw_{tool.name}.{report.name}",
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


def _column(column: dictionary.Column) -> dg.TableColumn:
    unit = f" Unit: {column.unit}." if column.unit else ""
    return dg.TableColumn(
        column.name,
        column.type,
        description=f"{column.meaning}{unit}",
        tags={"personal": column.personal} if column.personal else None,
    )
