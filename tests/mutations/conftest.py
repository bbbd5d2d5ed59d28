"""The invented company's exports, damaged in every way that people, spreadsheets and networks damage files.

Each way is tried on some of the exports, other ones each time; UNSILO_EVERY_MUTATION=1 tries it on all of them.
Exports are cut to a few dozen rows first.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.sample import write_sample
from sources.exports import scan
from sources.layout import Tool, tools
from sources.outcome import ReadFile
from sources.reading import read

ROWS = 24
SHARE = 24
NO_DATA = re.compile(
    r"^(total|totaux|grand total|search total|audience total|performance max total|©|copyright|confidential|#)", re.I
)
PERSONAL = {"email", "first_name", "last_name", "full_name", "phone", "street"}

Row = tuple[
    list[str], int | None
]  # cells, and which row of the original it is: ADDED for a new one, None for what is no data
ADDED = -1


@dataclass(frozen=True)
class Original:
    """An export as it was: rows as Python's csv module sees them, `origin` numbering those that are data."""

    at: int
    tool: str
    name: str
    grid: tuple[Row, ...]
    header: int
    delimiter: str = ","
    encoding: str = "utf-8"
    newline: str = "\n"
    workbook: bool = False
    known: dict[str, Tool] = field(repr=False, default_factory=dict)
    folder: Path = field(repr=False, default=Path())

    def written(self, rows: list[Row] | None = None, **dialect: Any) -> Mutant:
        """The export with other rows or in another dialect."""
        how = replace(self, **dialect) if dialect else self
        text = as_text(rows or [*self.grid], how.delimiter, how.newline)
        return Mutant(text.encode(how.encoding), [origin for _, origin in rows or self.grid])

    @property
    def origins(self) -> list[int | None]:
        return [origin for _, origin in self.grid]

    @property
    def stacked(self) -> bool:
        """Whether several tables stand one below the other."""
        return any(_is_mark(cells) for cells, _ in self.grid[self.header :])

    @property
    def marked(self) -> bool:
        """Whether lines that begin with a mark tell where a table begins."""
        return any(_is_mark(cells) for cells, _ in self.grid)

    @property
    def labels(self) -> list[str]:
        return self.grid[self.header][0]

    @cached_property
    def file(self) -> ReadFile:
        return read_bytes(self.folder / "original" / str(self.at), self, self.written())

    @cached_property
    def fields(self) -> dict[int, str]:
        """The field of each column that one field takes alone, by position."""
        pairs = self.file.tables[0].columns if self.file.tables else []
        return {at: name for at, (_, name) in enumerate(pairs) if name}

    @property
    def stated(self) -> frozenset[str]:
        """The fields no column states, but the table as a whole."""
        return frozenset(name for row in self.truth.values() for name in row) - {*self.fields.values()}

    @cached_property
    def types(self) -> dict[int, str]:
        return {at: self.file.tables[0].report.fields[name].type for at, name in self.fields.items()}

    @cached_property
    def truth(self) -> dict[int, dict[str, Any]]:
        """The typed row of each data row that is loaded."""
        if self.file.rows is None:
            return {}
        names = [name for name in self.file.tables[0].report.fields if name in self.file.rows.columns]
        numbered = self.file.rows.select("_row_number", *names).to_dicts()
        return {self.grid[row["_row_number"] - 1][1]: row for row in numbered}  # type: ignore[misc]

    @cached_property
    def personal(self) -> set[str]:
        columns = [at for at, name in self.fields.items() if name in PERSONAL]
        cells = {row[at].strip() for row, origin in self.grid if origin is not None for at in columns if at < len(row)}
        return {cell for cell in cells if len(cell) > 4}


@dataclass(frozen=True)
class Mutant:
    """A damaged export: its bytes, and for each of its rows which row of the original it is.

    `touched`: fields whose values the damage changes. `whole`: nothing real has changed, every value must be read.
    `lenient`: some rows no longer are the original's, so rows are not compared. `noise`: characters put into texts.
    `doubtful`: what stands below the rows listed may be read or not.
    """

    content: bytes
    origins: list[int | None]
    name: str | None = None
    tool: str | None = None
    touched: frozenset[str] = frozenset()
    whole: bool = False
    lenient: bool = False
    noise: str = ""
    doubtful: bool = False


Mutator = Callable[[Original], Mutant | None]


def as_text(rows: list[Row], delimiter: str, newline: str = "\n") -> str:
    text = io.StringIO()
    # the module quotes line breaks only if they are its own
    quoting = csv.QUOTE_ALL if newline == "\r" else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    for cells, _ in rows:
        writer.writerow(cells) if any(cells) or len(cells) > 1 else text.write(newline)
    return text.getvalue()


def read_bytes(folder: Path, original: Original, mutant: Mutant) -> ReadFile:
    """What is read of a damaged export that lies alone in a folder of exports."""
    file = folder / (mutant.tool or original.tool) / (mutant.name or original.name)
    file.parent.mkdir(parents=True)
    file.write_bytes(mutant.content)
    os.utime(file, (1_790_000_000, 1_790_000_000))
    [export] = scan(folder)
    return read(export, original.known)


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Original]:
    """Every export of a small invented company, members of archives and workbooks too."""
    root = tmp_path_factory.mktemp("company")
    write_sample(root / "exports", root / "truth", customers=150, until=date(2026, 9, 28))
    known = tools()
    return [
        replace(_parsed(at, export.tool, export.name, export.content()), known=known, folder=root)
        for at, export in enumerate(scan(root / "exports"))
    ]


@pytest.fixture(scope="session")
def complaints(originals: list[Original]) -> Callable[[Mutator], list[str]]:
    """Damages the exports in one way, and says where reading them went wrong."""

    def found(mutator: Mutator) -> list[str]:
        name = mutator.__name__
        every = bool(os.environ.get("UNSILO_EVERY_MUTATION"))
        share = originals if every else originals[zlib.crc32(name.encode()) % SHARE :: SHARE]
        told: list[str] = []
        tried = 0
        for at, original in enumerate(share):
            mutant = mutator(original)
            if mutant is None:
                continue
            tried += 1
            folder = original.folder / name / str(at)
            file = read_bytes(folder, original, mutant)
            shutil.rmtree(folder)
            told += [f"{name} of {original.tool}/{original.name}: {wrong}" for wrong in judged(original, mutant, file)]
        assert tried, f"{name} damages none of {len(share)} exports"
        return told

    return found


def judged(original: Original, mutant: Mutant, file: ReadFile) -> Iterator[str]:
    """What is wrong with the way a damaged export was read."""
    said = [file.reason or "", *file.warnings, *file.rejected_rows["reason"], *file.rejected_cells["reason"]]
    if leaked := [value for value in original.personal if any(value in text for text in said)]:
        yield f"a reason or warning tells {leaked[0]!r}"
    if file.status == "rejected":
        if not file.reason:
            yield "rejected without a reason"
        if re.search(r"cannot be read \((?!ComputeError|CalamineError)", file.reason or ""):
            yield f"stumbled: {file.reason}"
        return
    if any(table.rows_read != table.rows_loaded + table.rows_rejected for table in file.tables):
        yield "rows read are not rows loaded and rows rejected"
    rejected = file.rejected_rows
    if rejected.filter(pl.col("reason").is_null() | (pl.col("reason") == "") | pl.col("row_text").is_null()).height:
        yield "a row is rejected without a reason or its text"
    if not mutant.lenient:
        yield from _compared(original, mutant, file)


def _compared(original: Original, mutant: Mutant, file: ReadFile) -> Iterator[str]:
    expected = {number for number, origin in enumerate(mutant.origins, start=1) if origin is not None}
    loaded = file.rows.rows_by_key("_row_number", named=True, unique=True) if file.rows is not None else {}
    seen, read = {*loaded, *file.rejected_rows["row_number"]}, file.rows_read
    if mutant.doubtful:
        seen = {number for number in seen if number <= len(mutant.origins)}
        loaded, read = {number: row for number, row in loaded.items() if number in seen}, len(seen)
    if read != len(expected) or seen != expected:
        yield f"{len(expected)} data rows, {file.rows_read} read; differing at {sorted(seen ^ expected)[:6]}"
        return
    refused = set(file.rejected_cells.select("row_number", "field").rows())
    kept = {origin for number in loaded if (origin := mutant.origins[number - 1]) is not None}
    if mutant.whole and (missing := original.truth.keys() - kept):
        yield f"{len(missing)} rows refused that were loaded before: {file.rejected_rows['reason'].unique().to_list()}"
    for number, row in loaded.items():
        was = original.truth.get(mutant.origins[number - 1], {})  # type: ignore[arg-type]
        for name in was.keys() - mutant.touched - {"_row_number"}:
            excused = row.get(name) is None and (number, name) in refused and not mutant.whole
            if _plain(row.get(name), mutant.noise) != _plain(was[name], mutant.noise) and not excused:
                yield f"row {number}, {name}: {row.get(name)!r} was {was[name]!r}"
                return


def _plain(value: Any, noise: str) -> Any:
    return "".join(sign for sign in value if sign not in noise) if noise and isinstance(value, str) else value


def _parsed(at: int, tool: str, name: str, content: bytes) -> Original:
    workbook = zipfile.is_zipfile(io.BytesIO(content))
    encoding, delimiter, newline = "utf-8", ",", "\n"
    if workbook:
        sheet = pl.read_excel(io.BytesIO(content), has_header=False, infer_schema_length=0, drop_empty_rows=False)
        rows = [[cell or "" for cell in row] for row in sheet.rows()]
    else:
        encoding = _encoding(content)
        text = content.decode(encoding)
        newline = "\r\n" if "\r\n" in text else "\n"
        seen = {mark: [*csv.reader(io.StringIO(text, newline=""), delimiter=mark)] for mark in ",;\t"}
        delimiter = max(seen, key=lambda mark: max(len(cells) for cells in seen[mark][:15]))
        rows = seen[delimiter]
    width = min(3, max(len(cells) for cells in rows))
    header = next(at for at, cells in enumerate(rows) if sum(map(bool, cells)) >= width)
    data = [at for at, cells in enumerate(rows) if at > header and _is_data(cells) and not _is_mark(rows[at - 1])]
    kept = set(data[:: len(data) // ROWS + 1])
    lines = [(cells, at if at in kept else None) for at, cells in enumerate(rows) if at not in data or at in kept]
    return Original(at, tool, name, tuple(lines), header, delimiter, encoding, newline, workbook)


def _is_data(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return any(cells[:3]) and not any(NO_DATA.search(cell) for cell in filled)


def _is_mark(cells: list[str]) -> bool:
    """Whether a line says that a table begins below it."""
    return bool(cells) and cells[0].startswith("#")


def _encoding(content: bytes) -> str:
    if content.startswith(b"\xff\xfe"):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
