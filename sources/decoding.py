"""Bytes of a text export into text."""

import codecs

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
UNDEFINED_IN_WINDOWS_1252 = dict.fromkeys((0x81, 0x8D, 0x8F, 0x90, 0x9D), "\N{REPLACEMENT CHARACTER}")


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
        return _windows_1252(content), "windows-1252"


def _windows_1252(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1").translate(UNDEFINED_IN_WINDOWS_1252)
