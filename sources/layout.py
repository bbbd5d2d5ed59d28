"""The tools unsilo can read: every folder that holds a `layout.yml`."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from sources.layout_file import read_layout
from sources.reports import ORIGIN, PERIOD, SEGMENTS, Field, LayoutError, Report, Tool

__all__ = ["Field", "LayoutError", "Report", "Tool", "raw_schema", "read_layout", "tools"]


def tools(*more: Path) -> dict[str, Tool]:
    """Tools by name, sorted: those of this package and of each of `more`, folders that hold one folder per tool.

    Raises LayoutError when a layout cannot be used or two describe the same tool.
    """
    found: dict[str, Tool] = {}
    for folder in (Path(__file__).parent, *more):
        for file in sorted(folder.glob("*/layout.yml")):
            tool = read_layout(file)
            if tool.name in found:
                raise LayoutError(f"{file}: {tool.name} has a layout already, in {found[tool.name].folder}")
            found[tool.name] = tool
    return dict(sorted(found.items()))


def raw_schema(reports: Sequence[Report]) -> pa.Schema:
    """The columns a raw table of these reports has at least; exports may add text columns unknown to the layout."""
    columns: dict[str, pa.DataType] = {}
    for report in reports:
        columns |= {field.name: field.arrow_type for field in report.fields.values() if field.name not in columns}
    for report in reports:
        columns |= {**(PERIOD if report.period else {}), **(SEGMENTS if report.segments else {}), **ORIGIN}
    return pa.schema(list(columns.items()))
