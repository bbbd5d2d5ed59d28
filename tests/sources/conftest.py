import os
import zipfile
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
    """Writes an export as somebody would drop it, and reads it; `a.zip!b.csv` is written as an archive's member."""

    def dropped(path: str, content: str | bytes) -> ReadFile:
        content = content if isinstance(content, bytes) else content.encode()
        name, _, member = path.partition("!")
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if member:
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr(zipfile.ZipInfo(member, (2026, 1, 2, 3, 4, 6)), content)
        else:
            file.write_bytes(content)
        os.utime(file, (1_770_000_000, 1_770_000_000))
        return read(next(export for export in scan(tmp_path) if export.path == path), known)

    return dropped
