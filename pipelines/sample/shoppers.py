"""The records the shop keeps of the people: what they typed when they ordered or asked for news."""

from datetime import date

import polars as pl

from pipelines.sample import consent, disagreements
from pipelines.sample.phones import notation
from pipelines.sample.records import KEPT, NOTATIONS
from pipelines.sample.spelling import PLAIN, respelled
from pipelines.sample.words import chance, moments, pick_weighted

KNOWN = 0.65  # of all people
ABSENT = [
    *consent.STORIES,
    *disagreements.STORIES,
    "shared_inbox",
    "placeholder_address",
    "consent_conflict",
    "invalid_email",
    "unreachable_contact",
]
TYPED = {
    "exact": 64,
    "lower": 12,
    "upper": 6,
    "unaccented": 6,
    "typo": 4,
    "initial": 3,
    "one_field": 3,
    "no_first_name": 2,
}


def shoppers(people: pl.DataFrame, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per profile in the shop: `shopper_no`, name, addresses, `consent` …

    Of whom two tools know different things, half shop as the one knows them and half as the other.
    """
    draws = chance(seed, "shoppers")
    drawn = pl.lit(pl.Series(draws.random(len(people)) < KNOWN))
    known = people.filter(drawn & ~pl.col("story").is_in(ABSENT))
    count = len(known)
    other = pl.col("person_no") % 2 == 1
    spelling = pl.select(
        pl.when(known["story"] == "plain")
        .then(pick_weighted(draws, TYPED, count))
        .otherwise(pick_weighted(draws, PLAIN, count))
    ).to_series()
    volunteered, stated = (pl.lit(pl.Series(draws.random(count) < share)) for share in (0.5, 0.7))
    named = known.with_columns(
        pl.when(other).then(pl.coalesce(f"{column}_other", column)).otherwise(column).alias(column)
        for column in ("first_name", "last_name", "company")
    )
    return (
        respelled(named, spelling)
        .with_columns(
            email=pl.when(other & pl.col("other_address")).then("email_other").otherwise("email"),
            phone=notation(
                pl.when(pl.col("phone_told").fill_null(volunteered)).then("phone"),
                pl.lit(pick_weighted(draws, NOTATIONS, count)),
            ),
            street=pl.when(pl.col("person_no") % 3 == 0)
            .then(pl.col("street").str.replace(" ", ", ", literal=True))
            .otherwise("street"),
            consent=pl.when(stated & (pl.col("stance") != "none")).then("stance").otherwise(pl.lit("unknown")),
            created_at=moments(draws, start, until, count),
        )
        .select(*KEPT, "consent")
        .sort("created_at", maintain_order=True)
        .with_columns(shopper_no=pl.int_range(pl.len()))
        .drop("stance", "birth_date")
    )
