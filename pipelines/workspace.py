"""One company's workspace: where its exports, its lake and its own sources are, and what its settings say."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines import layouts
from pipelines.settings import Settings, SettingsError, read_settings
from sources.exports import Export, scan
from sources.labels import normalised
from sources.layout import Tool
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

    @property
    def tools(self) -> dict[str, Tool]:
        """The tools that can be read, by name: those that come with unsilo and the company's own."""
        return self._layouts[0]

    @property
    def layout_errors(self) -> dict[str, str]:
        """By tool, what is wrong with a layout of the company's own: file, entry and what is allowed."""
        return self._layouts[1]

    @cached_property
    def _layouts(self) -> tuple[dict[str, Tool], dict[str, str]]:
        return layouts.usable(self.more_sources, self.exports)

    @cached_property
    def settings(self) -> Settings:
        """Read from `unsilo.toml` beside the exports, else in the current folder, else all defaults."""
        for folder in (self.exports, Path.cwd()):
            if (file := folder / "unsilo.toml").is_file():
                settings = read_settings(file)
                self._check_trusted(file, settings)
                return settings
        return Settings()

    def _check_trusted(self, file: Path, settings: Settings) -> None:
        """A tool that nobody has heard of cannot be trusted. Raises SettingsError."""
        if not settings.trusted:
            return
        known = {*self.tools, *self.layout_errors, *self.folders(), *settings.tools}
        for tool in settings.trusted:
            if tool not in known:
                told = f"{tool} is no tool; there are {', '.join(sorted(known))}"
                raise SettingsError(f"{file.name}: [survivorship] trusted: {told}")

    def folders(self) -> set[str]:
        """The tools whose folders hold anything, and folders of no known tool."""
        if not self.exports.is_dir():
            return set()
        filled = {f.name for f in self.exports.iterdir() if f.is_dir() and f.name[0] != "." and any(f.iterdir())}
        return {self._meant(folder) for folder in filled}

    def dropped(self) -> list[Export]:
        """The exports as they lie now, each of the tool after which its folder is named, be it by an alias."""
        found = scan(self.exports) if self.exports.is_dir() else []
        return [replace(export, tool=self._meant(export.tool)) for export in found]

    def _meant(self, folder: str) -> str:
        """The tool a folder's name means (in any case, with spaces or dashes), or the name itself."""
        return folder if folder in self.tools else self._spellings.get(_spelt(folder), folder)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        named = [(name, tool.name) for tool in self.tools.values() for name in (tool.name, tool.title, *tool.aliases)]
        return {_spelt(name): tool for name, tool in reversed(named)}

    @property
    def as_of(self) -> date:
        return self.given_day or datetime.now(ZoneInfo(self.settings.time_zone)).date()


def _spelt(folder: str) -> str:
    return normalised(folder.replace("-", " "))
