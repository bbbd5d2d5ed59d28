"""Loads: the raw tables, one asset each and one step for all, and the record of every dropped file."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets import described
from assets.tonight import POOL, RESOURCE, of
from pipelines.load import inventory, load
from pipelines.understood import files
from pipelines.workspace import Workspace

RETRY = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)
RECORDS = (
    "ops.files",
    "ops.file_tables",
    "ops.file_columns",
    "ops.rejected_rows",
    "ops.rejected_cells",
    "ops.spend_ledger",
    "ops.restatements",
    "ops.consent_ledger",
)
SHOWN = (
    "path",
    "status",
    "report",
    "language",
    "period",
    "currency",
    "grain",
    "rows_read",
    "rows_loaded",
    "totals",
    "remarks",
)
MOST_FILES = 200


def load_assets(workspace: Workspace) -> list[dg.AssetsDefinition]:
    """The raw tables of every tool, and the records of files that follow from them."""
    return [_load_asset(workspace), _records_asset(workspace)]


def _load_asset(workspace: Workspace) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name="load",
        specs=[
            described.raw_spec(tool, table, reports, workspace)
            for tool in workspace.tools.values()
            for table, reports in tool.tables.items()
        ],
        required_resource_keys={RESOURCE},
        retry_policy=RETRY,
        pool=POOL,
        can_subset=True,
    )
    def loaded(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        tonight = of(context)
        keys = {".".join(key.path): key for key in context.selected_asset_keys}
        tool_of = {name: name.partition(".")[0].removeprefix("raw_") for name in sorted(keys)}
        new = load(tonight.workspace, tonight.staging, tonight.dropped, set(tool_of.values()), context.log.info)
        counts, told = tonight.staging.lake_counts(tool_of), files(tonight.staging.con)
        for name, tool in tool_of.items():
            yield dg.MaterializeResult(
                asset_key=keys[name],
                metadata={
                    "dagster/row_count": counts.get(name, 0),
                    "new files of the tool": new[tool].files,
                    "new rows read": new[tool].rows_read,
                    "new rows loaded": new[tool].rows_loaded,
                    "new rows rejected": new[tool].rows_rejected,
                    "files": _file_table([file for file in told if file["tool"] == tool]),
                },
            )

    return loaded


def _records_asset(workspace: Workspace) -> dg.AssetsDefinition:
    raw = [f"raw_{tool.name}.{table}" for tool in workspace.tools.values() for table in tool.tables]

    @dg.multi_asset(
        name="record_files",
        specs=[described.table_spec(name, raw) for name in RECORDS],
        required_resource_keys={RESOURCE},
        retry_policy=RETRY,
        pool=POOL,
    )
    def recorded(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        tonight = of(context)
        inventory(tonight.workspace, tonight.staging, tonight.dropped)
        strange = [file for file in files(tonight.staging.con) if file["tool"] not in tonight.workspace.tools]
        for name in RECORDS:
            metadata: dict[str, dg.RawMetadataValue] = {"dagster/row_count": tonight.staging.count(name)}
            if name == "ops.files" and strange:
                metadata["files of no known tool"] = _file_table(strange)
            yield dg.MaterializeResult(asset_key=described.key(name), metadata=metadata)

    return recorded


def _file_table(found: list[dict[str, Any]]) -> dg.MetadataValue:
    rows = [dg.TableRecord({name: str(file[name] or "") for name in SHOWN}) for file in found[:MOST_FILES]]
    return dg.MetadataValue.table(rows, dg.TableSchema.from_name_type_dict(dict.fromkeys(SHOWN, "string")))
