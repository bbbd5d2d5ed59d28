"""The tables a file may hold: one per delimiter for text, one per sheet for a workbook."""

from dataclasses import dataclass

import polars as pl

from sources import tables, workbooks
from sources.decoding import decode
from sources.tables import Record, Table


@dataclass(frozen=True)
class TextGrid:
    """A text seen through one delimiter."""

    records: list[Record]
    delimiter: str
    text: str

    def below(self, header: Record) -> Table:
        return tables.body(self.text[header.end :], self.delimiter, len(header.cells), header.number + 1)


@dataclass(frozen=True)
class SheetGrid:
    """One sheet of a workbook."""

    records: list[Record]
    sheet: pl.DataFrame
    delimiter: None = None

    def below(self, header: Record) -> Table:
        return workbooks.sheet_body(self.sheet, header)


Grid = TextGrid | SheetGrid


def grids(content: bytes) -> tuple[list[Grid], str | None]:
    """Every way to see the content as a table, and the encoding of a text. Raises on a damaged workbook."""
    if workbooks.is_workbook(content):
        return [SheetGrid(workbooks.sheet_head(sheet), sheet) for sheet in workbooks.sheets(content)], None
    text, encoding = decode(content)
    return [TextGrid(tables.head(text, delimiter), delimiter, text) for delimiter in tables.DELIMITERS], encoding
