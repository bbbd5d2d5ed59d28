"""Layouts: the tools that can be read, a company's own among them, and what they feed by the names of their fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sources import layout
from sources.layout import LayoutError, Report, Tool, raw_schema
from warehouse.feeds import Feed, FeedError, check
from warehouse.models import fed_tables, tables_read

Problems = dict[str, str]


def usable(sources: Sequence[Path], exports: Path) -> tuple[dict[str, Tool], Problems]:
    """Tools by name, sorted, and by tool what is wrong with a layout of the company's own.

    A layout in one of `sources` counts before the one that comes with unsilo, and one beside the exports before both.
    One that cannot be used is left out. SQL is taken from `sources` only: whoever drops a file must not run code.
    """
    found, problems = layout.tools(), Problems()
    for folder in dict.fromkeys((*sources, exports)):
        for file in sorted(folder.glob("*/layout.yml")):
            try:
                tool = layout.read_layout(file)
                if folder in sources:
                    _check_mappings(tool)
                elif tool.mappings:
                    told = ", ".join(sql.name for sql in tool.mappings.values())
                    problems[tool.name] = f"{file}: {told} beside it is not run; use feeds, or see UNSILO_SOURCES"
                    tool = replace(tool, mappings={})
                _check_feeds(tool)
            except (LayoutError, FeedError) as error:
                problems[file.parent.name] = str(error) if str(file) in str(error) else f"{file}: {error}"
            else:
                found[tool.name] = tool
    return dict(sorted(found.items())), problems


def feeds(tool: Tool) -> list[tuple[str, Feed]]:
    """The unified tables that a tool feeds by the names of its fields, each with the raw table."""
    return [
        (unified, Feed(tool.name, table, raw_schema(reports), _external_ids(reports)))
        for table, reports in tool.tables.items()
        for unified in reports[0].feeds
    ]


def _check_feeds(tool: Tool) -> None:
    for unified, feed in feeds(tool):
        named = ", ".join(report.name for report in tool.tables[feed.table])
        try:
            check(unified, feed)
        except FeedError as error:
            raise FeedError(f"{named}: {error}") from error
        if (file := tool.mappings.get(unified)) and feed.name in tables_read(file):
            raise FeedError(f"{named}: feeds {unified}, but {file.name} reads {feed.name} too: rows would count twice")


def _check_mappings(tool: Tool) -> None:
    for unified, file in tool.mappings.items():
        if unified not in fed_tables():
            allowed = ", ".join(fed_tables())
            raise LayoutError(f"{file}: no unified table is called {unified}; name the file after one of {allowed}")


def _external_ids(reports: Iterable[Report]) -> tuple[str, ...]:
    fields = (field for report in reports for field in report.fields.values())
    return tuple(dict.fromkeys(field.name for field in fields if field.type == "external_id"))
