"""Files that are cut short, empty, something else than they say, or lie in a folder of another tool."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" + bytes(range(256)) * 40


def _cut(original, content, encoding=None):
    """The rows that are still whole; of the last one there may be a part."""
    text = content.decode(encoding or original.encoding, errors="ignore")
    whole = len([*csv.reader(io.StringIO(text, newline=""), delimiter=original.delimiter)]) - 1
    return replace(original.written(), content=content, origins=[*original.origins[:whole]], doubtful=True)


def _other(original, content):
    return replace(original.written(), content=content, lenient=True)


def cut_in_a_row(original):
    content = original.written().content
    return _cut(original, content[: len(content) * 2 // 3])


def cut_after_three_bytes(original):
    return _cut(original, original.written().content[:3])


def cut_in_the_header(original):
    head = original.written([*original.grid[: original.header], (original.labels, None)], encoding="utf-8").content
    return _cut(original, head[: len(head) - len(head) // 4], "utf-8")


def cut_in_a_character(original):
    content = original.written(encoding="utf-8").content
    halves = [found.start() + 1 for found in re.finditer(rb"[\xc3\xe2]", content)]
    return _cut(original, content[: halves[-1]], "utf-8") if halves else None


def cut_in_half_a_character_of_utf16(original):
    content = original.written(encoding="utf-16").content
    return _cut(original, content[: len(content) // 3 * 2 + 1 - len(content) // 3 * 2 % 2], "utf-16")


def cut_in_a_quoted_cell(original):
    content = original.written(encoding="utf-8").content
    quotes = [found.end() for found in re.finditer(rb'(?m)(?:^|[,;\t])"[^"]', content)]
    return _cut(original, content[: quotes[-1]], "utf-8") if quotes else None


def of_no_bytes(original):
    return _other(original, b"")


def of_a_mark_only(original):
    return _other(original, b"\xef\xbb\xbf")


def of_blank_lines_only(original):
    return _other(original, b"\r\n  \r\n;;;\r\n\r\n" * 30)


def of_the_header_only(original):
    return original.written([*original.grid[: original.header], (original.labels, None)])


def of_nuls_only(original):
    return _other(original, b"\0" * 4096)


def of_a_picture(original):
    return _other(original, PNG)


def of_a_document(original):
    return _other(original, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type /Catalog>>\nendobj\n" * 50)


def of_a_web_page(original):
    return _other(original, b"<!DOCTYPE html><html><body><table><tr><td>Campaign</td></tr></table></body></html>")


def of_noise(original):
    return _other(original, bytes((at * at * 31 + at * 7) % 251 for at in range(20_000)))


def in_a_folder_of_another_tool(original):
    others = [tool for tool in original.known if tool != original.tool]
    return replace(original.written(), tool=others[sum(original.name.encode()) % len(others)], lenient=True)


def in_a_folder_of_no_tool(original):
    return replace(original.written(), tool="zorglub", lenient=True)


def named_as_a_workbook(original):
    return replace(original.written(), name=f"{original.name}.xlsx", whole=True)


def without_a_suffix(original):
    return replace(original.written(), name="télé chargement", touched=original.stated)


def as_a_workbook_named_csv(original):
    return replace(_workbook(original), name=f"{original.name}.csv")


def as_a_workbook(original):
    return replace(_workbook(original), name=f"{original.name}.xlsx")


def as_half_a_workbook(original):
    content = _workbook(original).content
    return _other(original, content[: len(content) // 2])


def as_a_workbook_without_its_sheet(original):
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook(original).content)) as book, zipfile.ZipFile(kept, "w") as copy:
        for name in book.namelist():
            copy.writestr(name, b"" if name.startswith("xl/worksheets") else book.read(name))
    return _other(original, kept.getvalue())


def as_an_empty_workbook(original):
    return _other(original, _book([]))


def _workbook(original):
    return replace(original.written(), content=_book([cells for cells, _ in original.grid]))


def _book(rows):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    return content.getvalue()


@pytest.mark.parametrize(
    "mutator",
    [
        cut_in_a_row,
        cut_after_three_bytes,
        cut_in_the_header,
        cut_in_a_character,
        cut_in_half_a_character_of_utf16,
        cut_in_a_quoted_cell,
        of_no_bytes,
        of_a_mark_only,
        of_blank_lines_only,
        of_the_header_only,
        of_nuls_only,
        of_a_picture,
        of_a_document,
        of_a_web_page,
        of_noise,
        in_a_folder_of_another_tool,
        in_a_folder_of_no_tool,
        named_as_a_workbook,
        without_a_suffix,
        as_a_workbook_named_csv,
        as_a_workbook,
        as_half_a_workbook,
        as_a_workbook_without_its_sheet,
        as_an_empty_workbook,
    ],
)
def test_a_file_that_is_not_what_it_was_is_read_or_refused_with_a_reason(complaints, mutator):
    assert "\n".join(complaints(mutator)) == ""
