"""The tools unsilo can read: every folder that holds a `layout.yml`."""

from pathlib import Path

import pyarrow as pa

from sources.layout_file import read_layout
from sources.reports import Field, LayoutError, Report, Tool

__all__ = ["Field", "LayoutError", "Report", "Tool", "arrow_schema", "tools"]


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


def arrow_schema(report: Report) -> pa.Schema:
    """The columns a raw table of this report has at least; exports may add text columns unknown to the layout."""
    fields = [pa.field(field.name, field.arrow_type) for field in report.fields.values()]
    return pa.schema([*fields, pa.field("_file_id", pa.string()), pa.field("_row_number", pa.int64())])
