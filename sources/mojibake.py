"""Text that was once read in the wrong encoding, put right."""

import re

# what Windows-1252 shows for the bytes that Latin-1 leaves without a sign
_SIGNS = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
_LATIN = str.maketrans({sign: chr(byte) for sign, byte in _SIGNS.items() if sign})
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")


def unscrambled(text: str) -> str:
    """Text whose UTF-8 was taken for Windows-1252 and saved again (`dÃ©pensÃ©`), put right; any other as it is."""
    if not any(sign in text for sign in ("Ã", "Â", "â")):
        return text
    # each sign on its own: lines typed after the damage are right already
    return _FOREIGN.sub(_as_meant, text)


def _as_meant(scrambled: re.Match[str]) -> str:
    try:
        return scrambled[0].translate(_LATIN).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return scrambled[0]
