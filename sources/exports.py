"""The files people dropped, archives opened."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

OFFICE_MEMBERS = frozenset({"[Content_Types].xml", "mimetype"})  # what makes an archive a document
NOT_EXPORTS = frozenset({"unsilo.toml", "layout.yml", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Export:
    """One dropped file, or one member of a dropped archive (`a/b.zip!member.csv`).

    `tool` is the first folder below the root, '' for a file directly in it; `file_id` the sha256 of the content;
    `modified_at` is naive UTC, for a member the date its archive states.
    """

    tool: str
    path: str
    file_id: str
    modified_at: datetime
    size: int
    file: Path = field(repr=False)
    member: str | None = field(default=None, repr=False)

    def content(self) -> bytes:
        """The bytes. Raises OSError or zipfile.BadZipFile when the file has gone or changed since the scan."""
        if self.member is None:
            return self.file.read_bytes()
        with zipfile.ZipFile(self.file) as archive:
            return archive.read(self.member)


def scan(root: Path) -> list[Export]:
    """Every export below `root`, sorted by path; hidden, temporary and unsilo's own files left out."""
    files = (file for file in root.rglob("*") if file.is_file())
    found = (export for file in files for export in _exports(root, file))
    return sorted(found, key=lambda export: export.path)


def _exports(root: Path, file: Path) -> Iterator[Export]:
    within = file.relative_to(root)
    if not _wanted(within.parts) or within.suffix.lower() == ".sql":
        return
    tool = within.parts[0] if len(within.parts) > 1 else ""
    path = within.as_posix()
    modified_at = datetime.fromtimestamp(int(file.stat().st_mtime), UTC).replace(tzinfo=None)
    members = _members(file)
    if members is None:
        yield Export(tool, path, _digest(file, path), modified_at, file.stat().st_size, file)
        return
    for info, digest in members:
        stated_at = _stated_at(info) or modified_at
        yield Export(tool, f"{path}!{info.filename}", digest, stated_at, info.file_size, file, info.filename)


def _digest(file: Path, path: str) -> str:
    """The digest of the content; that of the path for a file nobody may read, which the reader reports."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return sha256(path.encode()).hexdigest()


def _stated_at(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return None  # archives without dates state the zeroth of January 1980


def _members(file: Path) -> list[tuple[zipfile.ZipInfo, str]] | None:
    """The files in an archive with their digests; None for what is no archive of exports, such as a workbook."""
    try:
        if not zipfile.is_zipfile(file):
            return None
        with zipfile.ZipFile(file) as archive:
            if OFFICE_MEMBERS & set(archive.namelist()):
                return None
            infos = [info for info in archive.infolist() if not info.is_dir() and _wanted(Path(info.filename).parts)]
            return [(info, sha256(archive.read(info)).hexdigest()) for info in infos]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError):
        return None  # damaged or locked: the reader says so of the archive as a whole


def _wanted(parts: tuple[str, ...]) -> bool:
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
    return not hidden and parts[-1].lower() not in NOT_EXPORTS
