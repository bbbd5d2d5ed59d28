"""People of whom the CRM and the mailing list state what cannot both be true, and still are one person."""

import polars as pl

STORIES = {"customer_values_differ": 0.004}
# What two tools know differently of people who changed their employer or their name: the older record is outdated.
OUTDATED = ["company", "last_name"]


def with_disagreements(people: pl.DataFrame) -> pl.DataFrame:
    """Add `birth_date_other`, what the mailing list was told: one digit of the day is wrong."""
    is_wrong = pl.col("story").is_in(list(STORIES))
    day = pl.col("birth_date").dt.day()
    slip = pl.when(day >= 30).then(-10).when(day % 10 >= 8).then(-1).otherwise(1)
    return people.with_columns(
        birth_date_other=pl.when(is_wrong).then(pl.col("birth_date") + pl.duration(days=slip)),
        birth_told=pl.when(is_wrong).then(True).otherwise("birth_told"),
    )
