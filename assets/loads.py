"""Loads: one asset per raw table, and the record of every dropped file."""

from collections.abc import Iterator

import dagster as dg

from assets import described
from assets.tonight import POOL, RESOURCE, of
from pipelines.load import inventory, load
from pipelines.workspace import Workspace
from sources.layout import Tool

RETRY = dg.RetryPolicy(max_retries=2, delay=5, backoff=dg.Backoff.EXPONENTIAL)
RECORDS = ("ops.files", "ops.rejected_rows", "ops.rejected_cells")


def load_assets(workspace: Workspace) -> list[dg.AssetsDefinition]:
    """The raw tables of every tool, and the records of files that follow from them."""
    return [*(_tool_asset(workspace, tool) for tool in workspace.tools.values()), _records_asset(workspace)]


def _tool_asset(workspace: Workspace, tool: Tool) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=f"load_{tool.name}",
        specs=[described.raw_spec(tool, report, workspace) for report in tool.reports.values()],
        required_resource_keys={RESOURCE},
        retry_policy=RETRY,
        pool=POOL,
        can_subset=True,
    )
    def loaded(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        tonight = of(context)
        new = load(tonight.workspace, tonight.staging, tool, tonight.dropped, context.log.info)
        for asset_key in sorted(context.selected_asset_keys):
            table = ".".join(asset_key.path)
            yield dg.MaterializeResult(
                asset_key=asset_key,
                metadata={
                    "dagster/row_count": tonight.staging.lake_count(table),
                    "new files of the tool": new.files,
                    "new rows read": new.rows_read,
                    "new rows loaded": new.rows_loaded,
                    "new rows rejected": new.rows_rejected,
                },
            )

    return loaded


def _records_asset(workspace: Workspace) -> dg.AssetsDefinition:
    raw = [f"raw_{tool.name}.{report}" for tool in workspace.tools.values() for report in tool.reports]

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
        for name in RECORDS:
            yield dg.MaterializeResult(
                asset_key=described.key(name), metadata={"dagster/row_count": tonight.staging.count(name)}
            )

    return recorded
