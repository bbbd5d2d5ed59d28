"""Cells of text into the type their field has; a cell that cannot be read becomes null, with a reason."""

from collections.abc import Callable

import polars as pl

from sources import amounts, dates
from sources.reports import NUMBERS, Field

BOOLEANS = {
    **dict.fromkeys(("true", "yes", "oui", "vrai", "1"), True),
    **dict.fromkeys(("false", "no", "non", "faux", "0"), False),
}
SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "US$": "USD"}
SCIENTIFIC = r"^\d(?:[.,]\d+)?[eE]\+\d+$"  # always signed: `26002260e0` is an id some tools hand out


def typed(field: Field, cells: pl.Series, mark: str | None, unsettled: str) -> tuple[pl.Series, pl.Series]:
    """Values of the field's type and the reason of each cell that could not be read.

    `mark` is the file's decimal mark, `unsettled` why there is none.
    """
    if field.type in NUMBERS:
        return _amounts(cells, mark, unsettled)
    if field.type in ("date", "datetime"):
        moment, reasons = dates.moments(cells)
        return moment.cast(field.polars_type), reasons
    values, reason = _READERS[field.type](cells)
    return values, _reasons(cells, values, reason)


def decimal_mark(fields: list[tuple[Field, pl.Series]], workbook: bool) -> tuple[str | None, str]:
    """The decimal mark of a file, from all its cells that hold amounts; None with the reason when unproven."""
    proof = [amounts.bare(cells) for field, cells in fields if field.type in NUMBERS]
    mark, unsettled = amounts.decimal_mark(proof)
    if mark is None and unsettled == amounts.UNPROVEN and workbook:
        return ".", ""  # a workbook holds numbers, which are written with a point when they become text
    return mark, unsettled


def _amounts(cells: pl.Series, mark: str | None, unsettled: str) -> tuple[pl.Series, pl.Series]:
    bare = amounts.bare(cells)
    values = amounts.amounts(bare, mark)
    reasons = _reasons(cells, values, "no number that can be read")
    if mark is None:
        waits = values.is_null() & bare.str.contains(r"^[+-]?[\d.,\s]*\d[\d.,\s]*$")
        reasons = reasons.set(waits.fill_null(value=False), unsettled)
    return values, reasons


def _text(cells: pl.Series) -> tuple[pl.Series, str]:
    """Text without what tools and spreadsheets put around it so that it is not taken for a formula."""
    return cells.str.replace(r"^'([=+\-@])", "$1").str.replace(r'^="(.*)"$', "$1"), ""


def _id(cells: pl.Series) -> tuple[pl.Series, str]:
    ids = _text(cells)[0].str.replace(r"^\[(.*)\]$", "$1").str.replace(r"^(\d{5,})\.0$", "$1")
    return ids.set(ids.str.contains(SCIENTIFIC), None), "an id whose digits a spreadsheet has lost"


def _currency(cells: pl.Series) -> tuple[pl.Series, str]:
    codes = cells.str.to_uppercase().replace(SYMBOLS)
    return codes.set(~codes.str.contains(r"^[A-Z]{3}$"), None), "no currency code"


def _boolean(cells: pl.Series) -> tuple[pl.Series, str]:
    values = cells.str.to_lowercase().replace_strict(BOOLEANS, default=None, return_dtype=pl.Boolean)
    return values, "neither yes nor no"


def _count(cells: pl.Series) -> tuple[pl.Series, str]:
    return amounts.counts(cells), "no whole number"


def _reasons(cells: pl.Series, values: pl.Series, reason: str) -> pl.Series:
    unread = cells.is_not_null() & values.is_null()
    return pl.select(pl.when(unread).then(pl.lit(reason))).to_series()


_READERS: dict[str, Callable[[pl.Series], tuple[pl.Series, str]]] = {
    "text": _text,
    "id": _id,
    "currency": _currency,
    "boolean": _boolean,
    "count": _count,
}
