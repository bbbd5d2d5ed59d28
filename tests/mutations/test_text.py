"""Exports whose bytes were rewritten: another encoding, delimiter or line ending, a French spreadsheet."""

import codecs
import re
from dataclasses import replace

import pytest


def as_utf16_le(original):
    return replace(original.written(encoding="utf-16-le"), whole=True)


def as_utf16_le_with_mark(original):
    mutant = original.written(encoding="utf-16-le")
    return replace(mutant, content=codecs.BOM_UTF16_LE + mutant.content, whole=True)


def as_utf16_be(original):
    return replace(original.written(encoding="utf-16-be"), whole=True)


def as_utf16_be_with_mark(original):
    mutant = original.written(encoding="utf-16-be")
    return replace(mutant, content=codecs.BOM_UTF16_BE + mutant.content, whole=True)


def as_utf8_with_mark(original):
    return replace(original.written(encoding="utf-8-sig"), whole=True)


def as_windows_1252(original):
    try:
        return replace(original.written(encoding="cp1252"), whole=True)
    except UnicodeEncodeError:
        return None


def as_mojibake(original):
    try:
        scrambled = original.written(encoding="utf-8").content.decode("cp1252").encode()
    except UnicodeDecodeError:
        return None
    return replace(original.written(), content=scrambled, whole=True)


def as_mojibake_with_one_line_typed_later(original):
    mutant = as_mojibake(original)
    line = ["Évêché"] + ["né"] * len(original.labels)
    typed = original.delimiter.join(line).encode() + original.newline.encode()
    return mutant and replace(mutant, content=mutant.content + typed, origins=[*mutant.origins, -1])


def with_semicolons(original):
    return replace(original.written(delimiter=";"), whole=True)


def with_commas(original):
    return replace(original.written(delimiter=","), whole=True)


def with_tabs(original):
    return replace(original.written(delimiter="\t"), whole=True)


def with_bars(original):
    return replace(original.written(delimiter="|"), whole=True)


def with_crlf(original):
    return replace(original.written(newline="\r\n"), whole=True)


def with_cr_only(original):
    return replace(original.written(newline="\r"), whole=True)


def with_nuls(original):
    mutant = original.written(encoding="utf-8")
    pieces = (mutant.content[at : at + 7] for at in range(0, len(mutant.content), 7))
    return replace(mutant, content=b"\0".join(pieces), whole=True)


def with_a_nul_in_front(original):
    mutant = original.written(encoding="utf-8")
    return replace(mutant, content=b"\0" + mutant.content, whole=True)


def with_every_cell_quoted(original):
    lines = [
        original.delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells, _ in original.grid
    ]
    content = original.newline.join([*lines, ""]).encode(original.encoding)
    return replace(original.written(), content=content, whole=True)


def without_a_last_line_break(original):
    mutant = original.written(newline="\n", encoding="utf-8")
    return replace(mutant, content=mutant.content.removesuffix(b"\n"), whole=True)


def with_bytes_of_no_encoding(original):
    mutant = original.written(encoding="utf-8")
    return replace(mutant, content=mutant.content + b"\xff\xfe\x81\n", lenient=True)


def saved_by_a_french_spreadsheet(original):
    width = len(original.labels)
    rows = []
    for at, (cells, origin) in enumerate(original.grid):
        seen = (
            [_french(cell, original.types.get(column)) for column, cell in enumerate(cells)]
            if at > original.header
            else cells
        )
        rows.append((seen + [""] * (width - len(seen)), origin))
    # what a spreadsheet shows of a time has no seconds
    touched = frozenset(name for at, name in original.fields.items() if original.types[at] == "datetime")
    try:
        mutant = original.written(rows, delimiter=";", encoding="cp1252", newline="\r\n")
    except UnicodeEncodeError:
        return None
    return replace(mutant, touched=touched)


def _french(cell, kind):
    if kind in ("money", "decimal", "percent"):
        plain = cell.replace(",", "") if re.search(r",\d{3}\b.*\.", cell) else cell
        return plain.replace(".", ",")
    if kind in ("date", "datetime"):
        return re.sub(r"^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d:\d\d)\S*)?$", r"\3/\2/\1 \4", cell).strip()
    return cell


@pytest.mark.parametrize(
    "mutator",
    [
        as_utf16_le,
        as_utf16_le_with_mark,
        as_utf16_be,
        as_utf16_be_with_mark,
        as_utf8_with_mark,
        as_windows_1252,
        as_mojibake,
        as_mojibake_with_one_line_typed_later,
        with_semicolons,
        with_commas,
        with_tabs,
        with_bars,
        with_crlf,
        with_cr_only,
        with_nuls,
        with_a_nul_in_front,
        with_every_cell_quoted,
        without_a_last_line_break,
        with_bytes_of_no_encoding,
        saved_by_a_french_spreadsheet,
    ],
)
def test_text_written_in_another_way_is_read_alike(complaints, mutator):
    assert "\n".join(complaints(mutator)) == ""
