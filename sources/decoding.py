"""Bytes of a text export into text."""

import codecs
import re

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(content: bytes) -> tuple[str, str]:
    """Text and encoding; never fails, Windows-1252 being the last resort. NUL characters are dropped."""
    text, encoding = _decoded(content)
    return text.replace("\0", ""), encoding


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace"), encoding
    head = content[:2000]
    if len(head) > 1 and head[1::2].count(0) > len(head) // 4:
        return content.decode("utf-16-le", errors="replace"), "utf-16-le"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    damaged, whole = text.count("\ufffd"), len(re.sub(r"[\x00-\x7f\ufffd]+", "", text))
    if whole > damaged:
        return text, "utf-8"  # a character cut in half does not make the others Windows-1252
    return content.decode("cp1252", errors="replace"), "windows-1252"
