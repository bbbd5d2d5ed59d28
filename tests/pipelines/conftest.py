import os
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.load import inventory, load
from pipelines.workspace import Workspace
from warehouse.lake import Lake
from warehouse.staging import Staging

TODAY = date(2026, 9, 30)


class Company:
    """A small company: its exports, and its lake open for writing."""

    def __init__(self, root: Path) -> None:
        self.workspace = Workspace(exports=root / "exports", lake=Lake(root / "lake"), given_day=TODAY)
        self.workspace.exports.mkdir()

    @cached_property
    def staging(self) -> Staging:
        return Staging(self.workspace.lake)

    def drop(self, path: str, content: str, day: date = TODAY) -> None:
        file = self.workspace.exports / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        at = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        os.utime(file, (at, at))

    def load(self, tool: str):
        dropped = self.workspace.dropped()
        return load(self.workspace, self.staging, dropped, {tool})[tool]

    def inventory(self) -> int:
        return inventory(self.workspace, self.staging, self.workspace.dropped())

    def rows(self, sql: str) -> list[tuple]:
        return self.staging.con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    opened = Company(tmp_path_factory.mktemp("company"))
    yield opened
    opened.staging.close()


@pytest.fixture
def new_company(tmp_path):
    opened = Company(tmp_path)
    yield opened
    opened.staging.close()


@pytest.fixture
def unsilo(new_company, monkeypatch):
    """A command on the new company's lake, in another process's place: close the staging before."""
    monkeypatch.setenv("UNSILO_EXPORTS", str(new_company.workspace.exports))
    monkeypatch.setenv("UNSILO_LAKE", str(new_company.workspace.lake.root))
    return lambda command, *words: CliRunner().invoke(command, words)
