"""One company's workspace: where its exports, its lake and its own sources are, and what its settings say."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sources import layout
from warehouse.lake import Lake

SECTIONS = {
    "company": {"name", "country", "base_currency", "time_zone"},
    "thresholds": {"stale_days", "provisional_days"},
}
TOOL_KEYS = {"owner", "monthly_cost"}


class SettingsError(ValueError):
    """`unsilo.toml` cannot be understood; the message names file, section and what to do."""


@dataclass(frozen=True)
class Settings:
    """What `unsilo.toml` says, with defaults for what it leaves out."""

    name: str = "your company"
    country: str = "FR"
    base_currency: str = "EUR"
    time_zone: str = "Europe/Paris"
    stale_days: int = 7
    provisional_days: int = 7
    owners: dict[str, str] = field(default_factory=dict)
    monthly_costs: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Workspace:
    """Folders of one company; `as_of` is the company's today unless a day is given."""

    exports: Path
    lake: Lake
    more_sources: tuple[Path, ...] = ()
    given_day: date | None = None

    @classmethod
    def from_environment(cls) -> Workspace:
        """The folders that UNSILO_EXPORTS, UNSILO_LAKE, UNSILO_SOURCES and UNSILO_AS_OF name, or the defaults."""
        sources = os.environ.get("UNSILO_SOURCES", "")
        as_of = os.environ.get("UNSILO_AS_OF")
        return cls(
            exports=Path(os.environ.get("UNSILO_EXPORTS", "exports")).absolute(),
            lake=Lake(Path(os.environ.get("UNSILO_LAKE", "var/lake")).absolute()),
            more_sources=tuple(Path(folder).absolute() for folder in sources.split(os.pathsep) if folder),
            given_day=date.fromisoformat(as_of) if as_of else None,
        )

    @cached_property
    def tools(self) -> dict[str, layout.Tool]:
        return layout.tools(*self.more_sources)

    @cached_property
    def settings(self) -> Settings:
        """Read from `unsilo.toml` beside the exports, else in the current folder, else all defaults."""
        for folder in (self.exports, Path.cwd()):
            if (file := folder / "unsilo.toml").is_file():
                return read_settings(file)
        return Settings()

    def folders(self) -> set[str]:
        """Folders of the exports that hold anything, each named after a tool."""
        if not self.exports.is_dir():
            return set()
        return {f.name for f in self.exports.iterdir() if f.is_dir() and f.name[0] != "." and any(f.iterdir())}

    @property
    def as_of(self) -> date:
        return self.given_day or datetime.now(ZoneInfo(self.settings.time_zone)).date()


def read_settings(file: Path) -> Settings:
    """Read one `unsilo.toml`. Raises SettingsError, naming the file and the entry."""
    try:
        stated = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file.name}: {error}") from error
    tools = stated.pop("tools", {})
    for section, entries in stated.items():
        _refuse_unknown(file, section, entries, SECTIONS.get(section))
    for tool, entries in tools.items():
        _refuse_unknown(file, f"tools.{tool}", entries, TOOL_KEYS)
    merged = {key: value for entries in stated.values() for key, value in entries.items()}
    try:
        ZoneInfo(merged.get("time_zone", Settings.time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        raise SettingsError(f"{file.name}: [company] time_zone: write a zone such as Europe/Paris") from None
    return Settings(
        **merged,
        owners={tool: entries["owner"] for tool, entries in tools.items() if entries.get("owner")},
        monthly_costs={t: Decimal(e["monthly_cost"]) for t, e in tools.items() if "monthly_cost" in e},
    )


def _refuse_unknown(file: Path, section: str, entries: Any, known: set[str] | None) -> None:
    if known is None:
        raise SettingsError(
            f"{file.name}: [{section}] is not a section; there are company, thresholds and tools.<tool>"
        )
    if not isinstance(entries, dict):
        raise SettingsError(f"{file.name}: {section}: write it as a section, [{section}]")
    for key in entries:
        if key not in known:
            raise SettingsError(f"{file.name}: [{section}] {key} is not known; there are {', '.join(sorted(known))}")
