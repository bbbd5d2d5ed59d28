"""Sheets of a workbook into columns of text."""

import io
import zipfile

import polars as pl

from sources.exports import OFFICE_MEMBERS
from sources.tables import HEAD, ROW_NUMBER, Record, Table

LEGACY_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a spreadsheet program's file, whatever it is called."""
    if content.startswith(LEGACY_EXCEL):
        return True
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(OFFICE_MEMBERS & set(archive.namelist()))
    except zipfile.BadZipFile:
        return False


def sheets(content: bytes) -> list[pl.DataFrame]:
    """Each sheet as text columns `c0`, `c1` … with `_row_number`. Raises what polars raises on a damaged workbook."""
    found = pl.read_excel(
        io.BytesIO(content),
        sheet_id=0,
        has_header=False,
        infer_schema_length=0,
        read_options={"skip_rows": 0},  # otherwise leading empty rows are dropped and the row numbers shift
        drop_empty_rows=False,
        drop_empty_cols=False,
        raise_if_empty=False,
    )
    return [_numbered(sheet) for sheet in found.values() if sheet.width]


def sheet_head(sheet: pl.DataFrame) -> list[Record]:
    """The first records of a sheet."""
    rows = sheet.head(HEAD).drop(ROW_NUMBER).rows()
    return [Record(number, [cell or "" for cell in cells]) for number, cells in enumerate(rows, start=1)]


def sheet_body(sheet: pl.DataFrame, header: Record) -> Table:
    """The rows of a sheet below its header."""
    return Table(sheet.filter(pl.col(ROW_NUMBER) > header.number), [])


def _numbered(sheet: pl.DataFrame) -> pl.DataFrame:
    names = [f"c{index}" for index in range(sheet.width)]
    numbers = pl.Series(ROW_NUMBER, range(1, sheet.height + 1), dtype=pl.Int64)
    return sheet.rename(dict(zip(sheet.columns, names, strict=True))).cast(pl.String).with_columns(numbers)
