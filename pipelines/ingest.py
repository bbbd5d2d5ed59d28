"""Ingest: read files into the lake's raw tables, with dlt."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from sources.layout import Tool
from sources.reading import ReadFile
from warehouse.lake import Lake

# dlt reads its settings from the environment; the load id makes each raw row traceable to its load, and there is no
# state to restore: what was loaded stands in ops.files
SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "WARNING",
    "RESTORE_FROM_DESTINATION": "false",
    "NORMALIZE__PARQUET_NORMALIZER__ADD_DLT_LOAD_ID": "true",
}


def ingest(home: Lake, tool: Tool, files: Sequence[ReadFile]) -> None:
    """Append the rows of read files to `raw_<tool>`, one table per report.

    Raises dlt's PipelineStepFailed; rows that were written before it failed carry the `_file_id` of their file.
    """
    os.environ.update(SETTINGS)
    import dlt

    from pipelines.destination import lake_destination
    from sources.resources import source

    # what a killed load left in its working folder is not trusted: its files are read again
    shutil.rmtree(home.loads / tool.name, ignore_errors=True)
    pipeline = dlt.pipeline(
        tool.name,
        destination=lake_destination(home),
        dataset_name=f"raw_{tool.name}",
        pipelines_dir=str(home.loads),
    )
    pipeline.run(source(tool, list(files)), loader_file_format="parquet").raise_on_failed_jobs()
