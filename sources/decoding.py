"""Bytes of a text export into text, in blocks that end where a record does."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from sources.exports import Export
from sources.mojibake import unscrambled

BLOCK = 1 << 24  # characters of a block, unless a record goes on
LONGEST_RECORD = 1 << 26
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LINES_LOOKED_AT = 100
SHOWN = 1000
NO_CELLS = str.maketrans(dict.fromkeys('",;\t|', " "))
TOO_LONG = " [a line too long to be read]"


def encoding(export: Export) -> str:
    """The encoding of a text; never fails, Windows-1252 being the last resort."""
    with export.open() as stream:
        head = stream.read(4096)
        for mark, name in MARKS:
            if head.startswith(mark):
                return name
        for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            if len(head) > 1 and head[first::2].count(0) > len(head) // 4:
                return name
        if _is_utf8(head, stream):
            return "utf-8"
    damaged = whole = 0
    for text in _decoded(export, "utf-8"):
        damaged, whole = damaged + text.count("\ufffd"), whole + len(re.sub(r"[\x00-\x7f\ufffd]+", "", text))
    # a character cut in half does not make the others Windows-1252
    return "utf-8" if whole > damaged else "windows-1252"


def blocks(export: Export, name: str) -> Iterator[str]:
    """The text in blocks of whole records; NUL characters are dropped, of an endless line the beginning is kept."""
    rest, endless = "", False
    for text in _decoded(export, name):
        if endless:
            end = min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=len(text))
            rest, endless = rest + text[end:], end == len(text)
        else:
            rest += text
        if len(rest) < BLOCK:
            continue
        end = _end_of_record(rest)
        if not end and len(rest) > LONGEST_RECORD:
            end = max(rest.rfind("\n"), rest.rfind("\r", 0, -1)) + 1
            endless = not end
        if end:
            yield unscrambled(rest[:end])
            rest = rest[end:]
        elif endless:
            rest = rest[:SHOWN].translate(NO_CELLS) + TOO_LONG
    if rest:
        yield unscrambled(rest)


def _is_utf8(head: bytes, stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head.replace(b"\0", b""))
        while block := stream.read(BLOCK):
            if not block.isascii() or decoder.getstate()[0]:
                decoder.decode(block.replace(b"\0", b""))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(export: Export, name: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    wide = name.startswith("utf-16")
    with export.open() as stream:
        first = True
        while block := stream.read(BLOCK):
            # a stray NUL may stand inside a character of several bytes
            text = decoder.decode(block if wide else block.replace(b"\0", b"")).replace("\0", "")
            yield text.removeprefix("\ufeff") if first else text
            first = first and not text
        yield decoder.decode(b"", final=True)


def _end_of_record(text: str) -> int:
    """Where the last whole record ends: after a line break outside quotes; 0 when there is none.

    Best is a line that opens or closes no quotes: quotes that damage left open make the others look closed.
    """
    newline = "\n" if "\n" in text else "\r"
    end = text.rfind(newline, 0, len(text) - (newline == "\r")) + 1  # a last `\r` may be half of a line break
    inside = text.count('"', 0, end) % 2 == 1
    ends: list[int] = []
    while end and len(ends) < LINES_LOOKED_AT:
        start = text.rfind(newline, 0, end - 1) + 1
        turns = text.count('"', start, end) % 2 == 1
        if not inside and not turns:
            return end
        ends += [] if inside else [end]
        inside, end = inside ^ turns, start
    return max(ends, default=0) if end else 0
