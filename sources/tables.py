"""Text of a delimited export into records and columns of text, every row knowing its number."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

DELIMITERS = (",", ";", "\t", "|")
HEAD = 60
ROW_NUMBER = "_row_number"

csv.field_size_limit(2**31 - 1)  # a note in a cell may be longer than the module's default allows


@dataclass(frozen=True)
class Record:
    """One row as a spreadsheet shows it: its number, its cells and where the text after it starts."""

    number: int
    cells: list[str]
    end: int = 0

    @property
    def text(self) -> str:
        """What the row says, its filled cells one after the other."""
        return " ".join(cell.strip() for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Irregular:
    """A row whose number of cells is not the header's."""

    number: int
    cells: list[str]
    text: str
    unclosed_quote: bool = False


@dataclass
class Table:
    """The rows below a header: text columns `c0`, `c1` … with `_row_number`, and the rows that do not fit them."""

    cells: pl.DataFrame
    irregular: list[Irregular]


def head(text: str, delimiter: str, first_row: int = 1) -> list[Record]:
    """The first records of a text, numbered from `first_row`."""
    lines = io.StringIO(text, newline="")
    ends = [0]

    def counted() -> Iterator[str]:
        for line in lines:
            ends.append(ends[-1] + len(line))
            yield line

    reader = csv.reader(counted(), delimiter=delimiter)
    records = islice(enumerate(reader, start=first_row), HEAD)
    return [Record(number, cells, ends[reader.line_num]) for number, cells in records]


def start_of(text: str, delimiter: str, width: int, count: int) -> int:
    """Where the record after the first `count` ones starts, records being those of `body`."""
    lines = list(io.StringIO(text, newline=""))
    ends = (end for *_, end in islice(_records(lines, delimiter, width), count))
    return sum(map(len, lines[: max(ends, default=0)]))


def body(text: str, delimiter: str, width: int, first_row: int) -> Table:
    """The rows of a text without its header, numbered from `first_row`."""
    if '"' not in text and (plain := _arrow_plain(text, delimiter, width, first_row)):
        return plain
    try:
        table = _arrow_body(text, delimiter, width, first_row)
    except pa.ArrowInvalid:
        return _python_body(text, delimiter, width, first_row)
    return table if _well_quoted(text, delimiter, table) else _python_body(text, delimiter, width, first_row)


def is_padded(table: Table) -> bool:
    """Whether most rows end with more empty cells than the header has; of a few it may be a shift of cells."""
    padded = sum(_ends_empty(row, table.cells.width - 1) for row in table.irregular)
    filled = pl.any_horizontal(pl.exclude(ROW_NUMBER) != "")
    return padded > 0 and padded > table.cells.filter(filled).height


def without_padding(table: Table) -> Table:
    """The table with the rows that end with more empty cells than the header has brought to its width."""
    width = table.cells.width - 1
    padded = [row for row in table.irregular if _ends_empty(row, width)]
    fitted = _frame([row.cells[:width] for row in padded], width, [row.number for row in padded])
    rest = [row for row in table.irregular if not _ends_empty(row, width)]
    return Table(pl.concat([table.cells, fitted]).sort(ROW_NUMBER), rest)


def _ends_empty(row: Irregular, width: int) -> bool:
    return len(row.cells) > width and not row.unclosed_quote and not any(cell.strip() for cell in row.cells[width:])


def _well_quoted(text: str, delimiter: str, table: Table) -> bool:
    """Whether every quote is closed where it should be; a quote that is not can swallow rows without a trace."""
    several_lines = pl.any_horizontal(pl.col(pl.String).str.contains(r"[\r\n]")).any()
    suspect = (
        text.count('"') % 2 == 1
        or any("\n" in row.text or "\r" in row.text for row in table.irregular)
        or table.cells.select(several_lines).item()
    )
    if not suspect:
        return True
    try:
        widths = {len(cells) for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)}
    except csv.Error:
        return False
    return widths <= {0, table.cells.width - 1}


def _arrow_plain(text: str, delimiter: str, width: int, first_row: int) -> Table | None:
    """A text without quotes whose rows all have the header's width, on all cores; None for any other."""
    try:
        frame = _parsed(text, delimiter, width, arrow_csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False))
    except pa.ArrowInvalid:
        return None
    return Table(_numbered(frame, range(first_row, first_row + frame.height)), [])


def _arrow_body(text: str, delimiter: str, width: int, first_row: int) -> Table:
    irregular: list[Irregular] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        cells = next(csv.reader(io.StringIO(row.text, newline=""), delimiter=delimiter), [])
        irregular.append(Irregular(row.number + first_row - 1, cells, row.text))
        return "skip"

    if not text:
        return Table(_frame([], width, []), [])
    # one thread: only then does arrow tell which row is invalid
    options = arrow_csv.ParseOptions(
        delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
    )
    frame = _parsed(text, delimiter, width, options, threads=False)
    total = frame.height + len(irregular)
    numbers = pl.Series(ROW_NUMBER, range(first_row, first_row + total), dtype=pl.Int64)
    if irregular:
        numbers = numbers.filter(~numbers.is_in([row.number for row in irregular]))
    return Table(frame.with_columns(numbers), irregular)


def _parsed(
    text: str, delimiter: str, width: int, options: arrow_csv.ParseOptions, *, threads: bool = True
) -> pl.DataFrame:
    """All cells as text, an empty one as ''. Raises ArrowInvalid."""
    names = [f"c{index}" for index in range(width)]
    parsed = arrow_csv.read_csv(
        pa.BufferReader(text.encode("utf-8", errors="replace")),
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=threads),
        parse_options=options,
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    frame = pl.from_arrow(parsed)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _python_body(text: str, delimiter: str, width: int, first_row: int) -> Table:
    """Slower, but able to resume after a quote that is never closed: that line alone is irregular then."""
    lines = list(io.StringIO(text, newline=""))
    rows: list[list[str]] = []
    numbers: list[int] = []
    irregular: list[Irregular] = []
    number = first_row
    for record, source, _ in _records(lines, delimiter, width):
        cells = record or [""] * width
        if len(cells) == width and source is None:
            rows.append(cells)
            numbers.append(number)
        else:
            shown = source if source is not None else delimiter.join(cells)
            irregular.append(Irregular(number, cells, shown.rstrip("\r\n"), unclosed_quote=source is not None))
        number += 1
    return Table(_frame(rows, width, numbers), irregular)


def _records(lines: list[str], delimiter: str, width: int) -> Iterator[tuple[list[str], str | None, int]]:
    """Cells of each record, and after which line it ends; of a line whose quote is never closed the line itself."""
    start = 0
    while start < len(lines):
        begin = start
        reader = csv.reader(map(lines.__getitem__, range(begin, len(lines))), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                end = begin + reader.line_num
                if len(cells) not in (0, width) and _holds_row(lines[start + 1 : end], delimiter, width):
                    break
                yield cells, None, end
                start = end
            else:
                return
        except csv.Error:
            pass
        line = lines[start]
        closed = line.count('"') % 2 == 0
        start += 1
        yield (next(csv.reader([line], delimiter=delimiter)), None, start) if closed else ([], line, start)


def _holds_row(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether one of the lines is a whole row on its own."""
    return any(len(cells) == width for cells in csv.reader(lines, delimiter=delimiter))


def _frame(rows: list[list[str]], width: int, numbers: list[int]) -> pl.DataFrame:
    schema = {f"c{index}": pl.String for index in range(width)}
    return _numbered(pl.DataFrame(rows, schema=schema, orient="row"), numbers)


def _numbered(frame: pl.DataFrame, numbers: Sequence[int]) -> pl.DataFrame:
    return frame.with_columns(pl.Series(ROW_NUMBER, numbers, dtype=pl.Int64))
