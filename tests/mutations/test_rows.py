"""Exports whose lines were moved, cut, doubled or mixed with those of others."""

import re
from dataclasses import replace

import pytest


def _data_rows(original):
    return [at for at, (_, origin) in enumerate(original.grid) if origin is not None]


def _changed(original, change):
    """The export with every third data row changed."""
    rows = [*original.grid]
    for at in _data_rows(original)[::3]:
        cells, origin = rows[at]
        rows[at] = (change([*cells]), origin)
    return rows


def with_a_cell_too_few(original):
    return original.written(_changed(original, lambda cells: cells[:-1]))


def with_a_cell_too_many(original):
    return original.written(_changed(original, lambda cells: [*cells, "surplus"]))


def with_an_empty_cell_too_many(original):
    return original.written(_changed(original, lambda cells: [*cells, ""]))


def with_trailing_delimiters_everywhere(original):
    return replace(original.written([([*cells, "", ""], origin) for cells, origin in original.grid]), whole=True)


def with_trailing_delimiters_below_the_header(original):
    rows = [
        (cells if at <= original.header else [*cells, ""], origin) for at, (cells, origin) in enumerate(original.grid)
    ]
    return replace(original.written(rows), whole=True)


def with_blank_lines_in_front(original):
    return replace(original.written([*[([], None)] * 4, *original.grid]), whole=True)


def with_blank_lines_between_rows(original):
    rows = [line for row in original.grid for line in (row, ([], None))]
    return replace(original.written(rows), whole=not original.stacked, lenient=original.stacked)


def with_lines_of_delimiters_between_rows(original):
    empty = ([""] * len(original.labels), None)
    return replace(
        original.written([line for row in original.grid for line in (row, empty)]), whole=not original.stacked
    )


def with_a_padded_title_in_front(original):
    empty = [""] * (len(original.labels) - 1)
    return replace(original.written([(["Mon fichier", *empty], None), *original.grid]), whole=True)


def with_a_long_preamble(original):
    return replace(original.written([*[([f"Note {at}"], None) for at in range(8)], *original.grid]), whole=True)


def without_preamble(original):
    if not original.header or original.stacked:
        return None
    return replace(original.written([*original.grid[original.header :]]), touched=original.stated)


def with_the_header_again_in_the_middle(original):
    middle = _data_rows(original)[len(_data_rows(original)) // 2 :][:1]
    return (
        original.written([*original.grid[: middle[0]], (original.labels, None), *original.grid[middle[0] :]])
        if middle
        else None
    )


def with_the_header_below_its_rows(original):
    at = _data_rows(original)[2:3]
    if not at or original.stacked:
        return None
    head = original.grid[: original.header]
    body = original.grid[original.header + 1 :]
    split = at[0] - original.header
    mutant = original.written([*head, *body[:split], original.grid[original.header], *body[split:]])
    return replace(mutant, lenient=original.marked)


def without_a_header(original):
    rows = [row for at, row in enumerate(original.grid) if at != original.header]
    return replace(original.written(rows), lenient=original.stacked)


def with_the_same_report_below(original):
    return original.written([*original.grid, ([], None), *original.grid])


def with_the_same_report_right_below(original):
    return replace(original.written([*original.grid, *original.grid[original.header :]]), touched=original.stated)


def with_a_table_of_no_tool_below(original):
    width = len(original.labels)
    fruit = [["Fruit", "Colour", "Weight"], ["Apple", "red", "12"], ["Pear", "green", "13"]]
    rows = [(cells + [""] * (width - len(cells)), -1 if at else None) for at, cells in enumerate(fruit)]
    return replace(original.written([*original.grid, ([], None), *rows]), lenient=True)


def with_a_table_of_no_tool_in_front(original):
    fruit = [["Fruit", "Colour", "Weight", "Price", "Place"], ["Apple", "red", "12", "3", "Lyon"]]
    rows = [(cells, -1 if at else None) for at, cells in enumerate(fruit)]
    return replace(original.written([*rows, ([], None), *original.grid]), lenient=True)


def with_an_open_quote(original):
    before_a_cell = rf'(?<={re.escape(original.delimiter)})(?=[^"{original.delimiter}])'
    return _as_lines(original, lambda line: re.sub(before_a_cell, '"', line, count=1), noise='"')


def with_an_open_quote_at_the_end(original):
    if original.grid[-1][1] is None or original.encoding == "utf-16":
        return None
    mutant = original.written()
    cut = mutant.content.rstrip(b"\r\n") + original.delimiter.encode() + b'"open'
    return replace(mutant, content=cut)


def with_stray_quotes(original):
    return _as_lines(original, lambda line: re.sub(r"(?<=[A-Za-z]{2})(?=[A-Za-z])", '"', line, count=1), noise='"')


def with_quotes_around_whole_lines(original):
    return _as_lines(original, lambda line: '"' + line.replace('"', '""') + '"')


def with_an_unquoted_delimiter(original):
    return _as_lines(original, lambda line: line.replace(" ", f"{original.delimiter} ", 1), noise=",;\t")


def with_an_unquoted_line_break(original):
    mutant = _as_lines(original, lambda line: line.replace(" ", "\n", 1))
    return mutant and replace(mutant, lenient=True)


def _as_lines(original, change, noise=""):
    """Every third data row changed as a line of text; a row of several lines is left alone."""
    text, rows = [], _data_rows(original)[::3]
    for at, row in enumerate(original.grid):
        line = original.written([row], encoding="utf-8", newline="\n").content.decode().removesuffix("\n")
        text.append(change(line) if at in rows and "\n" not in line else line)
    content = "".join(f"{line}\n" for line in text)
    return replace(original.written(), content=content.encode(original.encoding, errors="replace"), noise=noise)


@pytest.mark.parametrize(
    "mutator",
    [
        with_a_cell_too_few,
        with_a_cell_too_many,
        with_an_empty_cell_too_many,
        with_trailing_delimiters_everywhere,
        with_trailing_delimiters_below_the_header,
        with_blank_lines_in_front,
        with_blank_lines_between_rows,
        with_lines_of_delimiters_between_rows,
        with_a_padded_title_in_front,
        with_a_long_preamble,
        without_preamble,
        with_the_header_again_in_the_middle,
        with_the_header_below_its_rows,
        without_a_header,
        with_the_same_report_below,
        with_the_same_report_right_below,
        with_a_table_of_no_tool_below,
        with_a_table_of_no_tool_in_front,
        with_an_open_quote,
        with_an_open_quote_at_the_end,
        with_stray_quotes,
        with_quotes_around_whole_lines,
        with_an_unquoted_delimiter,
        with_an_unquoted_line_break,
    ],
)
def test_every_row_of_damaged_lines_is_loaded_or_kept_aside(complaints, mutator):
    assert "\n".join(complaints(mutator)) == ""
