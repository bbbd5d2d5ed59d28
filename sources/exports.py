"""The files people dropped; archives and workbooks of several sheets opened, each member an export of its own."""

import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sources.workbooks import OFFICE_MEMBERS, sheet_names

NOT_EXPORTS = frozenset({"unsilo.toml", "layout.yml", "thumbs.db", "desktop.ini"})
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)
# real exports shrink to a tenth; what expands a thousandfold was made to fill a disk
LARGEST_EXPANSION, ALWAYS_EXPANDED = 300, 50_000_000
DEEPEST_ARCHIVE = 3


@dataclass(frozen=True)
class Export:
    """One dropped file, one member of an archive (`a/b.zip!member.csv`) or one sheet of a workbook (`a.xlsx!Data`).

    `tool` is the first folder below the root, '' for a file directly in it; `file_id` the sha256 of the content;
    `modified_at` is naive UTC, for a member the date its archive states. `trouble` says why it cannot be opened.
    """

    tool: str
    path: str
    file_id: str
    modified_at: datetime
    size: int
    file: Path = field(repr=False)
    members: tuple[str, ...] = field(default=(), repr=False)
    sheet: str | None = field(default=None, repr=False)
    trouble: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The file's own name, without folders, archives and sheets."""
        return Path(self.members[-1] if self.members else self.file.name).name

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes, to be read. Raises OSError or zipfile.BadZipFile when the file has gone or changed."""
        with _opened(self.file, self.members) as stream:
            yield stream

    def content(self) -> bytes:
        """All the bytes."""
        with self.open() as stream:
            return stream.read()


def scan(root: Path) -> list[Export]:
    """Every export below `root`, sorted by path; hidden, temporary and unsilo's own files left out."""
    files = (file for file in root.rglob("*") if file.is_file() and _wanted(file.relative_to(root)))
    found = (export for file in files if file.suffix.lower() != ".sql" for export in _dropped(root, file))
    return sorted(found, key=lambda export: export.path)


def _dropped(root: Path, file: Path) -> Iterator[Export]:
    within = file.relative_to(root)
    tool = within.parts[0] if len(within.parts) > 1 else ""
    modified_at = datetime.fromtimestamp(int(file.stat().st_mtime), UTC).replace(tzinfo=None)
    export = Export(tool, within.as_posix(), "", modified_at, file.stat().st_size, file)
    yield from _expanded(export)


def _expanded(export: Export) -> Iterator[Export]:
    """The export itself, or the exports it holds; one that cannot be opened says so."""
    if export.trouble:
        yield replace(export, file_id=hashlib.sha256(f"{export.path} {export.size}".encode()).hexdigest())
        return
    try:
        entries = _entries(export)
        # a bomb among the members of an archive is refused alone, a document is opened as a whole
        opened = entries if _is_document(entries) else [entry for entry in entries if not _bomb_of(entry)]
        if trouble := _bomb(sum(entry.file_size for entry in opened), export.size):
            yield from _expanded(replace(export, trouble=trouble))
            return
        within = _sheets(export) or _members(export, entries)
        file_id = "" if within and not export.sheet else _digest(export)
    except DAMAGED as error:
        yield from _expanded(replace(export, trouble=f"the file cannot be opened ({type(error).__name__})"))
        return
    if not within:
        yield replace(export, file_id=file_id)
    for member in within:
        yield from [member] if member.sheet else _expanded(member)


def _entries(export: Export) -> list[zipfile.ZipInfo]:
    """What an archive says it holds; a workbook is one too. Raises one of DAMAGED."""
    with export.open() as stream:
        if not zipfile.is_zipfile(stream):
            return []
        with zipfile.ZipFile(stream) as archive:
            return archive.infolist()


def _members(export: Export, entries: list[zipfile.ZipInfo]) -> list[Export]:
    """The exports in an archive; nothing for a workbook and for what is packed too deep."""
    if len(export.members) >= DEEPEST_ARCHIVE or _is_document(entries):
        return []
    times = Counter(entry.filename for entry in entries)
    return [
        replace(
            export,
            path=f"{export.path}!{entry.filename}",
            modified_at=_stated_at(entry) or export.modified_at,
            size=entry.file_size,
            members=(*export.members, entry.filename),
            trouble="the archive holds several files of this name" if times[entry.filename] > 1 else _trouble(entry),
        )
        for entry in entries
        if not entry.is_dir() and _wanted(Path(entry.filename))
    ]


def _sheets(export: Export) -> list[Export]:
    """The filled sheets of a workbook that has several."""
    with export.open() as stream:
        if not stream.read(4).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            return []
    names = sheet_names(export.content())
    if len(names) < 2:
        return []
    digest = _digest(export)
    return [
        replace(
            export,
            path=f"{export.path}!{name}",
            file_id=hashlib.sha256(f"{digest}!{name}".encode()).hexdigest(),
            sheet=name,
        )
        for name in names
    ]


@contextmanager
def _opened(file: Path, members: tuple[str, ...]) -> Iterator[BinaryIO]:
    if not members:
        with file.open("rb") as stream:
            yield stream
        return
    with _opened(file, members[:-1]) as outer, zipfile.ZipFile(outer) as archive, archive.open(members[-1]) as stream:
        if len(members) < DEEPEST_ARCHIVE and members[-1].lower().endswith(".zip"):
            yield io.BytesIO(stream.read())  # an archive in an archive is looked through back and forth
        else:
            yield stream  # type: ignore[misc]


def _digest(export: Export) -> str:
    digest = hashlib.sha256()
    with export.open() as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _is_document(entries: list[zipfile.ZipInfo]) -> bool:
    return any(entry.filename in OFFICE_MEMBERS for entry in entries)


def _trouble(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & 0x1:
        return "the archive is locked with a password: unlock it and drop what it holds"
    return _bomb_of(entry)


def _bomb_of(entry: zipfile.ZipInfo) -> str | None:
    return _bomb(entry.file_size, entry.compress_size)


def _bomb(size: int, packed: int) -> str | None:
    if size <= max(ALWAYS_EXPANDED, LARGEST_EXPANSION * packed):
        return None
    return f"expands to {size // max(1, packed):,} times its size: unpack it yourself if it is what you expect"


def _stated_at(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return None  # archives without dates state the zeroth of January 1980


def _wanted(within: Path) -> bool:
    parts = [part for part in within.parts if part != ".."]
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
    return not hidden and within.name.lower() not in NOT_EXPORTS
