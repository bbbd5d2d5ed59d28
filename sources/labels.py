"""How column labels are compared and named."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sources.mojibake import unscrambled

_ALIKE = str.maketrans({"’": "'", "‘": "'", "_": " ", "\ufeff": "", "\u200b": ""})


@lru_cache(maxsize=20_000)
def normalised(label: str) -> str:
    """A label without what varies between exports: case, accents, kinds of apostrophe and space, a trailing `*`."""
    decomposed = unicodedata.normalize("NFKD", unscrambled(label).translate(_ALIKE))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split()).rstrip("* ")


def snake_case(label: str) -> str:
    """A column name for a label, '' when it holds no letter or digit."""
    name = re.sub(r"[^a-z0-9]+", "_", normalised(label)).strip("_")
    return f"_{name}" if name[:1].isdigit() else name


def column_names(labels: Mapping[int, str], taken: Iterable[str]) -> dict[int, str]:
    """Distinct column names for the labels at some positions; what is taken or repeated gets `_2`, `_3` …"""
    used = set(taken)
    names: dict[int, str] = {}
    for position, label in labels.items():
        wanted = snake_case(label) or f"column_{position + 1}"
        candidates = (wanted if count == 1 else f"{wanted}_{count}" for count in itertools.count(1))
        names[position] = next(name for name in candidates if name not in used)
        used.add(names[position])
    return names
