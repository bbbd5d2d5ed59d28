"""What is read, as a dlt source."""

from collections.abc import Iterable, Iterator, Mapping

import dlt
import polars as pl
import pyarrow as pa
from dlt.common.schema.typing import TColumnSchema
from dlt.extract import DltSource

from sources.layout import raw_schema
from sources.reading import Frame
from sources.reports import Report, Tool

APART = "__"
BATCH = 50_000


def source(tools: Mapping[str, Tool], frames: Iterable[Frame]) -> DltSource:
    """The rows of some tools' files as Arrow, while they are read; see `raw_table` for the names of the tables.

    A table has all the columns of its reports, whichever of them its files have.
    """

    def rows() -> Iterator[object]:
        begun: set[str] = set()
        for name, reports, frame in _gathered(tools, frames):
            table = arrow_table(reports, frame)
            if name in begun:
                yield dlt.mark.with_table_name(table, name)
            else:
                hints = dlt.mark.make_hints(table_name=name, write_disposition="append", columns=_naive(reports))
                yield dlt.mark.with_hints(table, hints, create_table_variant=True)
                begun.add(name)

    return dlt.source(lambda: dlt.resource(rows, name="exports"), name="exports", section="sources")()


def raw_table(name: str) -> str | None:
    """The raw table, `raw_<tool>.<table>`, that a table of the source stands for; None for dlt's own tables."""
    tool, apart, table = name.partition(APART)
    return f"raw_{tool}.{table}" if apart and not name.startswith("_dlt") else None


def arrow_table(reports: list[Report], frame: pl.DataFrame) -> pa.Table:
    """Rows of a raw table: the columns of its reports first, then those that only this file has, as text."""
    schema = raw_schema(reports)
    unknown = [pa.field(name, pa.string()) for name in frame.columns if name not in schema.names]
    absent = [pl.lit(None).alias(name) for name in schema.names if name not in frame.columns]
    whole = pa.schema([*schema, *unknown])
    return frame.with_columns(absent).select(whole.names).to_arrow().cast(whole)


def _gathered(tools: Mapping[str, Tool], frames: Iterable[Frame]) -> Iterator[tuple[str, list[Report], pl.DataFrame]]:
    """The rows of small files put together by table: each batch costs dlt as much as a thousand rows do."""
    waiting: dict[str, list[pl.DataFrame]] = {}
    reports: dict[str, list[Report]] = {}
    for report, frame in frames:
        name = f"{report.tool}{APART}{report.table}"
        reports[name] = tools[report.tool].tables[report.table]
        waiting.setdefault(name, []).append(frame)
        if sum(frame.height for frame in waiting[name]) >= BATCH:
            yield name, reports[name], pl.concat(waiting.pop(name), how="diagonal")
    for name, several in waiting.items():
        yield name, reports[name], pl.concat(several, how="diagonal")


def _naive(reports: list[Report]) -> dict[str, TColumnSchema]:
    """Unless told, dlt takes a time without a zone for one in UTC."""
    return {
        field.name: {"name": field.name, "data_type": "timestamp", "timezone": False}
        for report in reports
        for field in report.fields.values()
        if field.type == "datetime"
    }
