"""How the exports of an invented company come to lie in a folder: dropped, zipped, as workbooks, or saved again.

The bytes depend on the content and the day alone.
"""

import os
import zipfile
from calendar import timegm
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import polars as pl
from polars import selectors
from xlsxwriter import Workbook


def drop(folder: Path, name: str, content: bytes, on: date, hour: int = 7) -> Path:
    """Write one dropped file, last modified on a given day and hour (UTC)."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stamp = timegm(datetime.combine(on, time(hour)).timetuple())
    os.utime(path, (stamp, stamp))
    return path


def digest(path: Path) -> str:
    """The id of a dropped file; of some gaps its first twelve letters are a part of the row's key."""
    return sha256(path.read_bytes()).hexdigest()


def zipped(members: Mapping[str, bytes], on: date, hour: int = 7) -> bytes:
    """A zip file of its members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (on.year, on.month, on.day, hour, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def workbook(sheets: Mapping[str, pl.DataFrame], on: date) -> bytes:
    """A workbook of one table a sheet; text stays text and numbers are numbers."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.combine(on, time())})
        for name, table in sheets.items():
            table.write_excel(book, name)
    return buffer.getvalue()


def saved_again(table: pl.DataFrame, above: Sequence[str] = (), below: Sequence[str] = ()) -> bytes:
    """A table as a French user's spreadsheet saves it: Windows-1252, semicolons, decimal commas, days first.

    That concerns columns of numbers and dates, text stays as it is. Lines above and below get as many cells as the
    table; what Windows-1252 lacks becomes a question mark.
    """
    days = table.with_columns(
        selectors.date().dt.strftime("%d/%m/%Y"), selectors.datetime().dt.strftime("%d/%m/%Y %H:%M")
    )
    rows = days.write_csv(separator=";", line_terminator="\r\n", decimal_comma=True)
    first, last = ("".join(f"{line}{';' * (table.width - 1)}\r\n" for line in lines) for lines in (above, below))
    return f"{first}{rows}{last}".encode("cp1252", "replace")
