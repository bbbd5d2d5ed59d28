"""Ingest: rows that are read into the lake's raw tables, with dlt."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.layout import Tool
from sources.reading import Frame
from warehouse.staging import Staging

if TYPE_CHECKING:
    from dlt.common.schema import TTableSchema

# dlt reads its settings from the environment; the load id makes each raw row traceable to its load, and there is no
# state to restore: what was loaded stands in ops.files
SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "WARNING",
    "RESTORE_FROM_DESTINATION": "false",
    "NORMALIZE__PARQUET_NORMALIZER__ADD_DLT_LOAD_ID": "true",
}


def ingest(staging: Staging, tools: Mapping[str, Tool], frames: Iterable[Frame]) -> None:
    """Append rows to the raw tables of some tools, as they are read, in the caller's transaction.

    dlt's destination is the one connection that may write, so that rows and what is recorded of their files are
    committed together. Raises dlt's PipelineStepFailed.
    """
    os.environ.update(SETTINGS)
    import dlt

    from sources.resources import raw_table, source

    @dlt.destination(
        name="lake",
        batch_size=0,
        loader_file_format="parquet",
        skip_dlt_columns_and_tables=False,
        loader_parallelism_strategy="sequential",
        max_parallel_load_jobs=1,
    )
    def lake(file: Any, table: TTableSchema) -> None:
        if name := raw_table(table["name"] or ""):
            staging.append(name, Path(file))

    # what a killed load left in its working folder is not trusted: its files are read again
    shutil.rmtree(staging.home.loads, ignore_errors=True)
    pipeline = dlt.pipeline("exports", destination=lake(), pipelines_dir=str(staging.home.loads))
    pipeline.run(source(tools, frames)).raise_on_failed_jobs()
