import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.exports import scan
from sources.layout import Tool, tools
from sources.reading import ReadFile, read

Drop = Callable[..., ReadFile]


@pytest.fixture(scope="session")
def known() -> dict[str, Tool]:
    return tools()


@pytest.fixture
def drop(tmp_path: Path, known: dict[str, Tool]) -> Drop:
    """Writes an export as somebody would drop it, and reads it."""

    def dropped(path: str, content: str | bytes, more: dict[str, Tool] | None = None) -> ReadFile:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(file, (1_770_000_000, 1_770_000_000))
        return read(next(export for export in scan(tmp_path) if export.path == path), {**known, **(more or {})})

    return dropped
