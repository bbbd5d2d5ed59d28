"""What was read, as dlt resources."""

from collections.abc import Iterator

import dlt
import polars as pl
import pyarrow as pa
from dlt.common.schema.typing import TColumnSchema
from dlt.extract import DltResource, DltSource

from sources.layout import arrow_schema
from sources.reading import ReadFile
from sources.reports import Report, Tool


def source(tool: Tool, files: list[ReadFile]) -> DltSource:
    """One resource per report of the tool, named after it, appending the rows of the loaded files as Arrow.

    A report without loaded files yields an empty table with all its columns.
    """
    resources = [_resource(report, files) for report in tool.reports.values()]
    return dlt.source(lambda: resources, name=tool.name, section="sources")()


def _resource(report: Report, files: list[ReadFile]) -> DltResource:
    frames = [file.rows for file in files if file.report == report.name and file.rows is not None]

    def rows() -> Iterator[pa.Table]:
        yield arrow_table(report, frames)

    # unless told, dlt takes a time without a zone for one in UTC
    naive: dict[str, TColumnSchema] = {
        field.name: {"name": field.name, "data_type": "timestamp", "timezone": False}
        for field in report.fields.values()
        if field.type == "datetime"
    }
    return dlt.resource(rows, name=report.name, write_disposition="append", columns=naive)


def arrow_table(report: Report, frames: list[pl.DataFrame]) -> pa.Table:
    """Frames of one report as one table: the report's columns first, then those only some files have, as text."""
    schema = arrow_schema(report)
    if not frames:
        return schema.empty_table()
    together = pl.concat(frames, how="diagonal")
    unknown = [pa.field(name, pa.string()) for name in together.columns if name not in schema.names]
    whole = pa.schema([*schema, *unknown])
    return together.select(whole.names).to_arrow().cast(whole)
