"""People whom another tool knows by another name, another address or another employer, and how they can be found."""

import polars as pl

from pipelines.sample.words import chance, picked, slug, words

# Stories of people whom the mailing list knows by another address than the CRM.
OTHER_ADDRESS = ["phone_linked", "hard", "job_change", "plus_address", "dotted_address"]
OTHER_PHONE_TOLD = ["duplicate_mail", "phone_linked", "job_change"]
COUNTRIES = ["FR", "GB", "MA"]
# The provider allows no hyphen in an address, so nobody has one of these; it ignores dots.
DOT_BLIND = "gmail.com"

STORY = pl.col("story")
# Of three with another name, the first keeps the address, the second the telephone, the third says when they were born.
TURN = pl.col("person_no") % 3


def short_names() -> pl.DataFrame:
    """Names and what they are shortened to, by `country`; `turn` numbers them within it."""
    pairs = pl.concat(
        words("short_names", country).str.split("=").to_frame("pair").with_columns(country=pl.lit(country))
        for country in COUNTRIES
    )
    return pairs.select(
        "country",
        first_name=pl.col("pair").list.get(0),
        short_name=pl.col("pair").list.get(1),
        turn=pl.int_range(pl.len()).over("country"),
    )


def with_names_to_shorten(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Whoever goes by a short name somewhere has a name that has one."""
    draws = chance(seed, "short names")
    names = short_names().select("country", "turn", long_name="first_name")
    known = names.group_by("country").agg(known=pl.len().cast(pl.Int64))
    return (
        people.with_columns(draw=pl.lit(pl.Series(draws.integers(0, 1_000_000, len(people)))))
        .join(known, on="country", how="left", maintain_order="left")
        .with_columns(turn=pl.col("draw") % pl.col("known"))
        .join(names, on=["country", "turn"], how="left", maintain_order="left")
        .with_columns(first_name=pl.when(STORY == "short_name").then("long_name").otherwise("first_name"))
        .drop("draw", "known", "turn", "long_name")
    )


def with_disguises(people: pl.DataFrame, organisations: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Add what the mailing list knows: `first_name_other`, `last_name_other`, `company_other`, `postcode_other` …

    … where that is something else; `other_address`: it knows `email_other`, not `email`; and `phone_told` and
    `birth_told`, which say by what it can be told who somebody is.
    """
    draws = chance(seed, "disguises")
    count = len(people)
    married = pl.lit(picked(draws, words("last_names", "french"), count))
    short = short_names().select("country", "first_name", "short_name")
    employers = organisations.select(
        new_no="organisation_no", company_other="name", new_domain="domain", postcode_other="postcode"
    )
    is_short, is_married, is_moved = (story == STORY for story in ("short_name", "new_name", "job_change"))
    local, domain = (pl.col("email").str.split("@").list.get(part) for part in (0, 1))
    first, last = slug(pl.col("first_name")), slug(pl.col("last_name"))
    number = pl.col("person_no").cast(pl.String)
    dotted = pl.concat_str(first, pl.lit("."), last, pl.lit("-"), number)
    provider = pl.lit("@" + DOT_BLIND)
    is_dotted = STORY == "dotted_address"
    other = (
        pl.when(is_moved)
        .then(last + "." + first + "@" + pl.col("new_domain"))
        .when(STORY == "plus_address")
        .then(local + "+velosolis@" + domain)
        .when(is_dotted)
        .then(dotted.str.replace_all(".", "", literal=True) + provider)
        .otherwise("email_other")
    )
    renamed = is_short | is_married
    return (
        people.with_columns(new_no=pl.when(is_moved).then((pl.col("organisation_no") + 1) % len(organisations)))
        .join(employers, on="new_no", how="left", maintain_order="left")
        .join(short, on=["country", "first_name"], how="left", maintain_order="left")
        .with_columns(
            first_name_other=pl.when(is_short).then("short_name"),
            last_name_other=pl.when(is_married).then(married),
            email=pl.when(is_dotted).then(dotted + provider).otherwise("email"),
            email_other=other,
            other_address=STORY.is_in(OTHER_ADDRESS) | (renamed & (TURN > 0)),
            phone_told=pl.when(STORY.is_in(OTHER_PHONE_TOLD) | (renamed & (TURN == 1)))
            .then(True)
            .when(STORY.is_in(["hard", "no_crm_address"]) | renamed)
            .then(False)
            .otherwise("phone_told"),
            birth_told=pl.when((renamed & (TURN == 2)) | (STORY == "no_crm_address") | _at_home_only())
            .then(True)
            .otherwise("birth_told"),
        )
        .drop("new_no", "new_domain", "short_name")
    )


def _at_home_only() -> pl.Expr:
    """No employer says who they are: their day of birth must."""
    return (STORY == "hard") & pl.col("private")
