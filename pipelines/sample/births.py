"""When the people were born, which few tools know."""

from datetime import date

import polars as pl

from pipelines.sample.words import chance

OLDEST, YOUNGEST = 76, 21
GENERATION = 22  # years between father and son, at least
SONS = ["father_and_son", "undated_father_and_son"]


def with_birth_dates(people: pl.DataFrame, seed: int, until: date) -> pl.DataFrame:
    """Add `birth_date`: a father's is a generation before his son's, twins have the same."""
    draws = chance(seed, "births")
    count = len(people)
    days = pl.Series(draws.integers(0, (OLDEST - YOUNGEST) * 365, count))
    later = pl.Series(draws.integers(GENERATION * 365, (GENERATION + 15) * 365, count))
    oldest = pl.lit(date(until.year - OLDEST, 1, 1))
    frame = people.with_columns(days=pl.lit(days), later=pl.lit(later))
    first = frame.filter(pl.col("place") == 0).select("lookalike_no", of_first=pl.col("days") % (20 * 365))
    is_son = pl.col("lookalike").is_in(SONS) & (pl.col("place") == 1)
    is_father = pl.col("lookalike").is_in(SONS) & (pl.col("place") == 0)
    age = (
        pl.when(is_son)
        .then(pl.col("of_first") + pl.col("later"))
        .when(is_father | (pl.col("lookalike") == "twins"))
        .then("of_first")
        .otherwise("days")
    )
    return (
        frame.join(first, on="lookalike_no", how="left", maintain_order="left")
        .with_columns(birth_date=oldest + pl.duration(days=age))
        .drop("days", "later", "of_first")
    )
