"""Sheets of a workbook into columns of text."""

import io
import zipfile

import polars as pl

from sources.tables import HEAD, ROW_NUMBER, Record, Table

OFFICE_MEMBERS = frozenset({"[Content_Types].xml", "mimetype"})  # what makes an archive a document
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


def sheet_names(content: bytes) -> list[str]:
    """The sheets that hold anything, when there are several; nothing for what is no workbook or a damaged one."""
    if not is_workbook(content):
        return []
    try:
        return [name for name, sheet in _read(content).items() if sheet.width]
    except (Exception, pl.exceptions.PanicException):  # what is wrong with it is said when it is read
        return []


def sheet(content: bytes, name: str | None) -> pl.DataFrame:
    """A sheet, by default the first that holds anything, as text columns `c0`, `c1` … with `_row_number`.

    Raises what polars raises on a damaged workbook.
    """
    filled = {title: found for title, found in _read(content).items() if found.width}
    if not filled:
        return pl.DataFrame(schema={ROW_NUMBER: pl.Int64})
    found = filled[name] if name else next(iter(filled.values()))
    names = [f"c{index}" for index in range(found.width)]
    numbers = pl.Series(ROW_NUMBER, range(1, found.height + 1), dtype=pl.Int64)
    return found.rename(dict(zip(found.columns, names, strict=True))).cast(pl.String).with_columns(numbers)


class SheetDocument:
    """A sheet, read downwards."""

    more = False

    def __init__(self, rows: pl.DataFrame) -> None:
        self._rows = rows

    def heads(self) -> list[tuple[str | None, list[Record]]]:
        """The first records."""
        rows = self._rows.head(HEAD)
        numbers = rows[ROW_NUMBER].to_list()
        cells = rows.drop(ROW_NUMBER).rows()
        return [(None, [Record(n, [c or "" for c in row]) for n, row in zip(numbers, cells, strict=True)])]

    def below(self, header: Record, delimiter: str | None) -> list[Table]:
        """The rows below a header."""
        self._rows = self._rows.filter(pl.col(ROW_NUMBER) > header.number)
        return [Table(self._rows, [])]

    def rewind(self, number: int) -> None:
        """Go back to a row that was read."""
        self._rows = self._rows.filter(pl.col(ROW_NUMBER) >= number)


def _read(content: bytes) -> dict[str, pl.DataFrame]:
    return pl.read_excel(
        io.BytesIO(content),
        sheet_id=0,
        has_header=False,
        infer_schema_length=0,
        read_options={"skip_rows": 0},  # otherwise leading empty rows are dropped and the row numbers shift
        drop_empty_rows=False,
        drop_empty_cols=False,
        raise_if_empty=False,
    )
