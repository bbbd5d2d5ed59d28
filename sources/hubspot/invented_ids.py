"""Record ids of the invented company's HubSpot: eleven or twelve digits, never in an unbroken row."""

import polars as pl

MINUTE = "%Y-%m-%d %H:%M"


def contact(column: str) -> pl.Expr:
    """Record id of the contact whose number stands in `column`."""
    number = pl.col(column)
    return (105_284_000_000 + number * 1_037 + number * 7_919 % 1_009).cast(pl.String)


def company(column: str) -> pl.Expr:
    """Record id of the company whose number stands in `column`."""
    return (28_417_000_000 + pl.col(column) * 613).cast(pl.String)


def deal(column: str) -> pl.Expr:
    """Record id of the deal whose number stands in `column`."""
    return (41_930_000_000 + pl.col(column) * 977).cast(pl.String)
