"""One company's workspace: where its exports, its lake and its own sources are, and what its settings say."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.settings import Settings, read_settings
from sources import layout
from warehouse.lake import Lake


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
