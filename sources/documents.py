"""An export as something to read downwards: records in front, then the rows below a header, block by block."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from sources import stacked, tables, workbooks
from sources.decoding import LONGEST_RECORD, blocks, encoding
from sources.exports import Export
from sources.tables import Record, Table


class Document(Protocol):
    """Where reading stands in an export; `more` tells whether there is more of it than what was parsed last."""

    @property
    def more(self) -> bool: ...

    def heads(self) -> Sequence[tuple[str | None, list[Record]]]:
        """The next records, seen through each delimiter."""

    def below(self, header: Record, delimiter: str | None) -> Iterable[Table]:
        """The rows below one of those records, to the end."""

    def rewind(self, number: int) -> None:
        """Go back to a row of the table that was given last."""


def document(export: Export) -> tuple[Document, str | None]:
    """An export from its beginning, and the encoding of a text. Raises on a damaged workbook."""
    with export.open() as stream:
        start = stream.read(8)
    if start.startswith((b"PK\x03\x04", workbooks.LEGACY_EXCEL)):
        content = export.content()
        if workbooks.is_workbook(content):
            return workbooks.SheetDocument(workbooks.sheet(content, export.sheet)), None
    name = encoding(export)
    return TextDocument(export, name), name


class TextDocument:
    """A text, of which one block at a time is in memory."""

    def __init__(self, export: Export, name: str) -> None:
        self._blocks = blocks(export, name)
        self._text = next(self._blocks, "")
        self._next = next(self._blocks, None)
        self._row = 1
        self._delimiter, self._width = ",", 0
        self._fill()

    @property
    def more(self) -> bool:
        return self._next is not None

    def heads(self) -> list[tuple[str | None, list[Record]]]:
        return [(delimiter, tables.head(self._text, delimiter, self._row)) for delimiter in tables.DELIMITERS]

    def below(self, header: Record, delimiter: str | None) -> Iterable[Table]:
        self._text, self._row = self._text[header.end :], header.number + 1
        self._delimiter, self._width = delimiter or ",", len(header.cells)
        padded: bool | None = None
        while True:
            table = tables.body(self._text, self._delimiter, self._width, self._row)
            padded = tables.is_padded(table) if padded is None else padded
            table = tables.without_padding(table) if padded else table
            loose = stacked.loose_end(table) if self.more else None
            yield stacked.until(table, loose) if loose else table
            if self._next is None:
                self._text = ""
                return
            kept = self._from(loose) if loose else ""
            self._row = loose or self._row + table.cells.height + len(table.irregular)
            self._text, self._next = kept + self._next, next(self._blocks, None)

    def rewind(self, number: int) -> None:
        self._text, self._row = self._from(number), number
        self._fill()

    def _from(self, number: int) -> str:
        return self._text[tables.start_of(self._text, self._delimiter, self._width, number - self._row) :]

    def _fill(self) -> None:
        """See to it that a header and the lines above it are in one text."""
        while self._next is not None and len(self._text) < LONGEST_RECORD and len(self._head()) < tables.HEAD:
            self._text, self._next = self._text + self._next, next(self._blocks, None)

    def _head(self) -> list[Record]:
        return tables.head(self._text, self._delimiter)
