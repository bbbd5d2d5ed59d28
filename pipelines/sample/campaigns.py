"""The campaigns of the invented company, and the places that know them under some name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from pipelines.sample.words import table

PLACES = pl.Schema(
    {
        "campaign": pl.String(),
        "place": pl.String(),
        "name": pl.String(),
        "kind": pl.String(),
        "budget": pl.Int64(),
        "months": pl.List(pl.Int64()),
        "year": pl.Int64(),
    }
)


def campaigns(start: date, until: date) -> pl.DataFrame:
    """One row per campaign and place that knows it: `place` is a market, `email` or `crm`; `months` null: all year."""
    rows = [row for entry in table("markets.toml")["campaigns"] for row in _places(entry, start, until)]
    return pl.DataFrame(rows, schema=PLACES)


def _places(entry: dict[str, Any], start: date, until: date) -> Iterator[dict[str, Any]]:
    months = entry.get("months")
    names = entry["names"]
    known = {"crm": next(iter(names.values()))} | names
    for year in range(start.year, until.year + 1) if months else [None]:
        for place, name in known.items():
            # The same word in two markets, bought apart: two campaigns, and no deal can tell which.
            if entry.get("separate") and place == "crm":
                continue
            suffix = f"-{place.lower()}" if entry.get("separate") else ""
            yield {
                "campaign": entry["campaign"].format(year=year) + suffix,
                "place": place,
                "name": name.format(year=year),
                "kind": entry["kind"],
                "budget": entry["budget"],
                "months": months,
                "year": year,
            }
