"""Record ids of the invented company's Salesforce: 15 characters told apart by case, and their checksum of three."""

import polars as pl

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
INSTANCE = "Qx00000"
LAST = 5  # characters that count
PREFIXES = {
    "account": "001",
    "contact": "003",
    "user": "005",
    "opportunity": "006",
    "contact_role": "00K",
    "lead": "00Q",
    "member": "00v",
    "campaign": "701",
}
NOTHING = "000000000000000AAA"


def short(kind: str, number: pl.Expr) -> pl.Expr:
    """The id of 15 characters, as reports show it, of the record with a number below 900 million."""
    scattered = (number * 7_368_787 + 104_729) % len(DIGITS) ** LAST
    places = [scattered // len(DIGITS) ** place % len(DIGITS) for place in reversed(range(LAST))]
    return pl.concat_str(pl.lit(PREFIXES[kind] + INSTANCE), *(pl.lit(DIGITS).str.slice(place, 1) for place in places))


def long(kind: str, number: pl.Expr) -> pl.Expr:
    """The same id with its checksum, as exports of whole objects show it."""
    record = short(kind, number)
    sums = [
        pl.sum_horizontal(
            record.str.slice(start + place, 1).str.contains("[A-Z]").cast(pl.Int64) * 2**place for place in range(5)
        )
        for start in (0, 5, 10)
    ]
    return pl.concat_str(record, *(pl.lit(CHECKSUM).str.slice(total, 1) for total in sums))
