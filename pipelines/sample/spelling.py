"""How one name gets written: every spelling here still names the same person to a careful reader."""

import polars as pl

from pipelines.sample.words import unaccented

# Equal once case, accents and order are forgotten: the only ones where a name and a telephone must suffice.
PLAIN = {"exact": 68, "upper": 12, "lower": 6, "unaccented": 8, "swapped": 4, "one_field": 2}
ANY = {
    "exact": 46,
    "upper": 8,
    "lower": 8,
    "unaccented": 8,
    "swapped": 4,
    "initial": 6,
    "spaced": 3,
    "typo": 5,
    "maiden": 4,
    "no_first_name": 3,
    "no_name": 5,
    "one_field": 3,
}
NAMED = {how: weight for how, weight in ANY.items() if not how.startswith("no_")}
# The CRM is kept with care: nothing swapped or cut.
CAREFUL = {"exact": 84, "upper": 10, "unaccented": 4, "lower": 2}


def respelled(frame: pl.DataFrame, how: pl.Series) -> pl.DataFrame:
    """The frame with `first_name` and `last_name` written as `how` says, row by row; null where left out.

    `spelling` is what was done. In `one_field` both stand in the first, as a directory writes them.
    """
    first, last, spelling = pl.col("first_name"), pl.col("last_name"), pl.lit(how)
    single = last.str.contains(r"^\p{L}{6,}$")
    middle = last.str.len_chars() // 2
    return frame.with_columns(
        spelling=spelling,
        first_name=pl.when(spelling == "lower")
        .then(first.str.to_lowercase())
        .when(spelling == "unaccented")
        .then(unaccented(first))
        .when(spelling == "swapped")
        .then(last)
        .when(spelling == "initial")
        .then(first.str.slice(0, 1))
        .when(spelling == "spaced")
        .then(first.str.replace_all("-", " ", literal=True))
        .when(spelling.is_in(["no_first_name", "no_name"]))
        .then(None)
        .when(spelling == "one_field")
        .then(last.str.to_uppercase() + " " + first)
        .otherwise(first),
        last_name=pl.when(spelling == "upper")
        .then(last.str.to_uppercase())
        .when(spelling == "lower")
        .then(last.str.to_lowercase())
        .when(spelling == "unaccented")
        .then(unaccented(last))
        .when(spelling == "swapped")
        .then(first)
        .when(spelling == "spaced")
        .then(last.str.replace_all("-", " ", literal=True))
        .when(single & (spelling == "typo"))
        .then(last.str.slice(0, middle) + last.str.slice(middle + 1))
        .when(spelling == "maiden")
        .then(last.str.split("-").list.first())
        .when(spelling.is_in(["no_name", "one_field"]))
        .then(None)
        .otherwise(last),
    )
