"""Cells of text into the type their field has; a cell that cannot be read becomes null, with a reason."""

from collections.abc import Callable

import polars as pl

from sources import amounts, dates
from sources.evidence import Evidence
from sources.labels import normalised
from sources.reports import NUMBERS, Field

BOOLEANS = {
    **dict.fromkeys(("true", "yes", "oui", "vrai", "1"), True),
    **dict.fromkeys(("false", "no", "non", "faux", "0"), False),
}
SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "US$": "USD"}
SCIENTIFIC = r"^\d(?:[.,]\d+)?[eE]\+\d+$"  # always signed: `26002260e0` is an id some tools hand out


def typed(field: Field, cells: pl.Series, evidence: Evidence, position: int) -> tuple[pl.Series, pl.Series]:
    """Values of the field's type and the reason of each cell that could not be read.

    `evidence` is what the whole column at this position proves, of which the cells may be a part.
    """
    if field.values:
        words = cells.unique().drop_nulls()
        meanings = {word: field.values.get(normalised(word)) for word in words}
        meant = cells.replace_strict(meanings, default=None, return_dtype=pl.String)
        return _READERS[field.type](meant)[0], _reasons(cells, meant, "a word the layout does not know")
    if field.type in NUMBERS:
        return _amounts(cells, *evidence.mark)
    if field.type in ("date", "datetime"):
        days = dates.first_days(cells) if field.spans else cells
        moment, reasons = dates.moments(days, evidence.order(position))
        return moment.cast(field.polars_type), reasons
    values, reason = _READERS[field.type](cells)
    return values, _reasons(cells, values, reason)


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
    if not cells.str.contains(r"^['=]").any():
        return cells, ""
    return cells.str.replace(r"^'([=+\-@])", "$1").str.replace(r'^="(.*)"$', "$1"), ""


def _id(cells: pl.Series) -> tuple[pl.Series, str]:
    if not cells.str.contains(r"^['=\[]|\.0$|[eE]\+").any():
        return cells, ""
    ids = cells.str.replace(r"^'([=+\-@\d])", "$1").str.replace(r'^="(.*)"$', "$1")
    ids = ids.str.replace(r"^\[(.*)\]$", "$1").str.replace(r"^(\d{5,})\.0$", "$1")
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
    if cells.null_count() == values.null_count():
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
    unread = cells.is_not_null() & values.is_null()
    return pl.select(pl.when(unread).then(pl.lit(reason))).to_series()


_READERS: dict[str, Callable[[pl.Series], tuple[pl.Series, str]]] = {
    "text": _text,
    "id": _id,
    "external_id": _id,
    "currency": _currency,
    "boolean": _boolean,
    "count": _count,
}
