"""Entries of a layout file: each is what it should be, or refused by its place with what is allowed there."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from sources.reports import LayoutError

SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")
Keys = tuple[str, ...]


def check(holds: bool, otherwise: str) -> None:
    """Raises LayoutError unless it holds."""
    if not holds:
        raise LayoutError(otherwise)


def mapping(where: str, stated: Any, required: Keys = (), optional: Keys = (), anything: bool = False) -> Any:
    """A mapping that has the required keys and no other than the optional ones; `anything`: the keys are free."""
    check(isinstance(stated, Mapping), f"{where} must be a mapping")
    missing = [key for key in required if key not in stated]
    unknown = [] if anything else [str(key) for key in stated if key not in (*required, *optional)]
    check(not unknown, f"{where}: unknown {', '.join(unknown)}{nearest(unknown[:1], (*required, *optional))}")
    check(not missing, f"{where}: {', '.join(missing)} missing")
    return stated


def nearest(unknown: Iterable[str], known: Iterable[str]) -> str:
    """What is known instead: the nearest word to the first unknown one, then all unless they are many."""
    words = sorted(known)
    near = [word for name in unknown for word in difflib.get_close_matches(name, words, n=1)]
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{hint} (there are {', '.join(words)})" if len(words) <= 25 else hint


def one_of(where: str, stated: Any, known: Iterable[str]) -> str:
    """One of the known words."""
    words = list(known)
    check(stated in words, f"{where} must be one of {', '.join(words)}, not {stated!r}")
    return str(stated)


def name(where: str, stated: Any) -> str:
    """A name of ours: lower case, digits and underscores."""
    check(isinstance(stated, str) and bool(SNAKE_CASE.fullmatch(stated)), f"{where} {stated!r} is not snake_case")
    return str(stated)


def text(where: str, stated: Any) -> str:
    """A text; numbers count as what stands there."""
    check(isinstance(stated, str | int | float) and not isinstance(stated, bool), f"{where} must be a text")
    return str(stated)


def texts(where: str, stated: Any) -> tuple[str, ...]:
    """A text, or the texts in a list that may hold lists."""
    if isinstance(stated, list | tuple):
        return tuple(found for item in stated for found in texts(where, item))
    check(stated is not None and not isinstance(stated, Mapping), f"{where} must be a text or a list of texts")
    return (str(stated),)


def groups(where: str, stated: Any) -> tuple[tuple[str, ...], ...]:
    """A list whose items are a text or a list of texts."""
    check(isinstance(stated, list | tuple), f"{where} must be a list")
    return tuple(texts(where, item) for item in stated)


def items(where: str, stated: Any) -> list[Any]:
    """A list."""
    check(isinstance(stated, list), f"{where} must be a list")
    return list(stated)


def flag(where: str, stated: Any) -> bool:
    """True or false."""
    check(isinstance(stated, bool), f"{where} must be true or false")
    return bool(stated)


def pattern(where: str, stated: Any) -> str | None:
    """A regular expression that names are matched with, or nothing."""
    try:
        re.compile(text(where, stated) if stated is not None else "")
    except re.error as error:
        raise LayoutError(f"{where}: {stated!r} is no regular expression: {error}") from error
    return None if stated is None else str(stated)


def cell_pattern(where: str, stated: Any) -> str | None:
    """A regular expression that cells are matched with, or nothing: polars knows no look-around."""
    found = pattern(where, stated)
    try:
        pl.Series([""]).str.contains(found or "")
    except pl.exceptions.ComputeError as error:
        raise LayoutError(f"{where}: {found!r} cannot be matched on cells: {error}") from error
    return found
