"""Text into numbers, by the evidence of the file and never by the cell alone."""

from collections.abc import Collection

import polars as pl

MARKS = (".", ",")
SPACES = r"[\s'’]"
GROUPS = r"[+-]?\d{1,3}(?:{group}\d{3})+"
UNPROVEN = "nothing in the file tells a decimal mark from a thousands separator"
CONTRADICTORY = "the file writes decimals both with a point and with a comma"
# signs that stand for one currency only; a bare dollar is that of two dozen countries
SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "us$": "USD", "$us": "USD", "a$": "AUD", "au$": "AUD", "ca$": "CAD",
    "r$": "BRL", "zł": "PLN", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₫": "VND", "฿": "THB", "₱": "PHP",
    "₦": "NGN", "chf": "CHF",
}  # fmt: skip
BARE = r"^[+-]?[\d.,]*\d$"
CURRENCY = r"(?:[A-Z]{1,3}\s?)?\p{Sc}(?:US)?|zł|^[A-Z]{3}\b|\b(?:[A-Z]{3}|DH)$"


def bare(cells: pl.Series) -> pl.Series:
    """Amounts without what stands beside them: currency, percent sign, brackets, a guarding quote."""
    if cells.str.contains(BARE).all():
        return cells
    plain = pl.lit(cells).str.strip_prefix("'").str.replace(r"^\[(.*)\]$", "$1").str.replace_all("[−–]", "-")
    plain = plain.str.replace_all(CURRENCY, "").str.strip_chars().str.replace(r"^\((.*)\)$", "-$1")
    plain = plain.str.replace(r"\s*%$", "").str.replace(r"^([+-])\s+", "$1").str.replace(r"^(.*\d)-$", "-$1")
    return pl.select(plain.str.strip_chars()).to_series()


def currency_code(written: str) -> str | None:
    """The ISO 4217 code of a code or sign, None for a sign that several currencies share."""
    plain = written.strip().lower()
    return SIGNS.get(plain) or (plain.upper() if plain.isascii() and plain.isalpha() and len(plain) == 3 else None)


def currencies(cells: pl.Series) -> pl.Series:
    """The currency that stands beside each amount, null where none does or its sign is that of several."""
    told = cells.str.extract(r"([A-Z]{3}|[A-Za-z]{0,2}\p{Sc}[A-Z]{0,2}|zł)\s*[+-]?\d|\d\s*([A-Z]{3}|\p{Sc}|zł)$", 1)
    told = told.fill_null(cells.str.extract(r"\d[\s\u00a0\u202f]*([A-Z]{3}|\p{Sc}|zł)\s*$", 1))
    words = told.unique().drop_nulls()
    return told.replace_strict({word: currency_code(word) for word in words}, default=None, return_dtype=pl.String)


def proven_marks(cells: pl.Series) -> set[str]:
    """The decimal marks that bare amounts prove."""
    return {mark for mark in MARKS if cells.str.contains(_proof(mark)).any()}


def decimal_mark(proven: Collection[str]) -> tuple[str | None, str]:
    """The decimal mark of a file whose amounts prove some; None, with the reason, when they prove none or both."""
    if len(proven) == 1:
        return next(iter(proven)), ""
    if proven:
        return None, CONTRADICTORY
    return None, UNPROVEN


def amounts(cells: pl.Series, mark: str | None) -> pl.Series:
    """Bare amounts as decimals of six places; null what is none or, without a mark, needs one to be read."""
    whole = rf"^[+-]?\d+$|^{GROUPS.replace('{group}', SPACES)}$"
    if mark is None:
        return _decimals(cells, whole, ".")
    other = MARKS[1 - MARKS.index(mark)]
    grouped = GROUPS.replace("{group}", rf"(?:{SPACES}|[{other}])")
    return _decimals(cells, rf"^(?:[+-]?\d*|{grouped})(?:[{mark}]\d+)?$|^[+-]?\d+[{mark}]$", mark)


def counts(cells: pl.Series) -> pl.Series:
    """Whole numbers, thousands separated or not; null what is none."""
    digits = cells.cast(pl.Int64, strict=False)
    if digits.null_count() == cells.null_count():
        return digits
    plain = cells.str.strip_prefix("'").str.replace(r"^\[(.*)\]$", "$1").str.strip_chars()
    readable = plain.str.contains(rf"^[+-]?\d+$|^{GROUPS.replace('{group}', rf'(?:{SPACES}|[.,])')}$")
    digits = plain.str.replace(r"^([+-]?\d+)[.,]0{1,2}$", "$1")  # a spreadsheet's way to write a whole number
    readable |= digits != plain
    digits = digits.str.replace_all(rf"{SPACES}|[.,]", "")
    return _where(readable, digits).cast(pl.Int64, strict=False)


def _proof(mark: str) -> str:
    """Matches amounts in which `mark` can be nothing but the decimal mark."""
    other = MARKS[1 - MARKS.index(mark)]
    lone = rf"^[+-]?(?:\d*[{mark}]\d{{1,2}}|\d*[{mark}]\d{{4,}}|0+[{mark}]\d+|\d{{4,}}[{mark}]\d+|[{mark}]\d+)$"
    after_groups = rf"^[+-]?\d{{1,3}}(?:(?:{SPACES}|[{other}])\d{{3}})+[{mark}]\d+$"
    several_of_the_other = rf"^[+-]?\d{{1,3}}(?:[{other}]\d{{3}}){{2,}}$"
    return f"{lone}|{after_groups}|{several_of_the_other}"


def _decimals(cells: pl.Series, readable: str, mark: str) -> pl.Series:
    other = MARKS[1 - MARKS.index(mark)]
    plain = cells.str.replace_all(rf"{SPACES}|[{other}]", "").str.replace_all(mark, ".", literal=True)
    has_digit = plain.str.contains(r"\d")
    return _where(cells.str.contains(readable) & has_digit, plain).cast(pl.Decimal(18, 6), strict=False)


def _where(readable: pl.Series, cells: pl.Series) -> pl.Series:
    return cells.set(~readable.fill_null(value=False), None)
