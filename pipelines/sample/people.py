"""The people behind the records: who they are, how they can be reached, and which story each one plays.

A story says in how many records, and how, the tools will know a person. Stories named after a gap plant that gap.
Who is easily taken for somebody else is told in `lookalikes.py`, who is known under another name or address in
`disguises.py`.
"""

from datetime import date

import polars as pl

from pipelines.sample import consent, disagreements
from pipelines.sample.births import with_birth_dates
from pipelines.sample.disguises import with_disguises, with_names_to_shorten
from pipelines.sample.lookalikes import KIND, NAMESAKES, ONE_LINE, PLACE, with_lookalikes, with_shared_lines
from pipelines.sample.organisations import places
from pipelines.sample.phones import numbered
from pipelines.sample.words import chance, moments, pick_weighted, picked, slug, words

STORIES = {
    "duplicate_crm_address": 0.010,
    "duplicate_crm_phone": 0.012,
    "duplicate_mail": 0.012,
    "consent_conflict": 0.015,
    "invalid_email": 0.006,
    "unreachable_contact": 0.006,
    "phone_linked": 0.04,
    "hard": 0.03,
    "short_name": 0.008,
    "new_name": 0.006,
    "plus_address": 0.008,
    "dotted_address": 0.004,
    "job_change": 0.008,
    "no_crm_address": 0.006,
    **consent.STORIES,
    **disagreements.STORIES,
}
IN_BOTH = ["phone_linked", "short_name", "new_name", "job_change", "no_crm_address"]
NEEDS_PHONE = ["duplicate_crm_phone", "duplicate_mail", "invalid_email", *IN_BOTH]
CRM_ONLY = ["invalid_email", "unreachable_contact"]
BOTH = [
    *consent.STORIES,
    *disagreements.STORIES,
    "consent_conflict",
    "hard",
    "plus_address",
    "dotted_address",
    *IN_BOTH,
]
TONGUES = {
    "FR": {"french": 0.86, "maghreb": 0.10, "english": 0.04},
    "GB": {"english": 0.90, "french": 0.06, "maghreb": 0.04},
    "MA": {"maghreb": 0.88, "french": 0.12},
}


def people(customers: int, organisations: pl.DataFrame, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per person: `first_name` … `email`, `email_other`, `phone`, `story`, `stance`, `in_crm`, `in_mail`."""
    frame = with_lookalikes(_named(customers, organisations, seed, start, until), seed)
    frame = with_names_to_shorten(_with_stories(frame, seed), seed)
    frame = _with_phones(_with_addresses(frame, seed), seed)
    frame = with_birth_dates(with_disguises(frame, organisations, seed), seed, until)
    return _with_presence(disagreements.with_disagreements(frame), seed)


def _named(customers: int, organisations: pl.DataFrame, seed: int, start: date, until: date) -> pl.DataFrame:
    draws = chance(seed, "names")
    count = customers + customers // 50 + 20  # namesakes within one company are left out below
    private = pl.Series(draws.random(count) < 0.18)
    employer = pl.Series(draws.integers(0, len(organisations), count))
    frame = (
        pl.DataFrame({"employer": employer, "private": private})
        .join(
            organisations.select(
                "country", "domain", "city", "postcode", "zone", employer="organisation_no", company="name"
            ),
            on="employer",
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.when("private").then(None).otherwise(pl.col("company", "domain")).name.keep())
        .with_columns(organisation_no=pl.when(~pl.col("private")).then("employer"))
    )
    home = places(draws, frame["country"])
    frame = frame.with_columns(
        pl.when("private").then(pl.lit(home[column])).otherwise(column).alias(column)
        for column in ("city", "postcode", "zone")
    ).with_columns(
        pl.when(~pl.col("private")).then(pl.lit(picked(draws, words("jobs", "titles"), count))).alias("job_title"),
        street=pl.lit(home["street"]),
        created_at=moments(draws, start, until, count),
    )
    tongues = {country: pick_weighted(draws, weights, count) for country, weights in TONGUES.items()}
    spoken = pl.coalesce(pl.when(pl.col("country") == c).then(pl.lit(t)) for c, t in tongues.items())
    for column, section in {"first_name": "first_names", "last_name": "last_names"}.items():
        drawn = {tongue: picked(draws, words(section, tongue), count) for tongue in TONGUES["FR"]}
        frame = frame.with_columns(
            pl.coalesce(pl.when(spoken == tongue).then(pl.lit(names)) for tongue, names in drawn.items()).alias(column)
        )
    # Married names: the second half is what another tool may not know.
    second = picked(draws, words("last_names", "french"), count)
    double = pl.lit(pl.Series(draws.random(count) < 0.05)) & ~pl.col("last_name").str.contains("[ -]")
    return (
        frame.with_columns(
            last_name=pl.when(double).then(pl.col("last_name") + "-" + pl.lit(second)).otherwise("last_name")
        )
        .with_columns(household=pl.coalesce("organisation_no", -1 - pl.int_range(pl.len())))
        .unique(["household", "first_name", "last_name"], keep="first", maintain_order=True)
        .head(customers)
        .with_columns(person_no=pl.int_range(pl.len()))
        .drop("household", "employer")
    )


def _with_addresses(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    draws = chance(seed, "addresses")
    count = len(frame)
    frame = frame.with_columns(first=slug(pl.col("first_name")), last=slug(pl.col("last_name")))
    first, last = pl.col("first"), pl.col("last")
    work = pl.when(pl.col("organisation_no") % 4 == 0).then(first.str.slice(0, 1) + last).otherwise(first + "." + last)
    born = pl.lit(pl.Series(draws.integers(60, 99, count))).cast(pl.String)
    style = pl.lit(pl.Series(draws.integers(0, 4, count)))
    home = (
        pl.when(style == 0)
        .then(first + "." + last)
        .when(style == 1)
        .then(last + "." + first)
        .when(style == 2)
        .then(first + last)
        .otherwise(first + "." + last + born)
    )

    def unique(local: pl.Expr, domain: pl.Expr) -> pl.Expr:
        rank = pl.int_range(pl.len()).over(local, domain)
        return local + pl.when(rank > 0).then((rank + 1).cast(pl.String)).otherwise(pl.lit("")) + "@" + domain

    mailboxes = pl.lit(picked(draws, pl.Series(["courriel.example", "boite.example", "mail.example.com"]), count))
    seconds = pl.lit(picked(draws, pl.Series(["poste.example", "webmail.example.net", "perso.example.org"]), count))
    frame = (
        frame.with_columns(work=work, home=home, mailbox=pl.coalesce("domain", mailboxes), second=seconds)
        .with_columns(local=pl.coalesce("work", "home"))
        .with_columns(
            email=pl.coalesce("shared_address", unique(pl.col("local"), pl.col("mailbox"))),
            email_other=unique(pl.col("home"), pl.col("second")),
        )
        .drop("first", "last", "work", "home", "local", "mailbox", "second", "shared_address")
    )
    superiors = frame.filter((KIND == "assistant") & (PLACE == 0)).select("lookalike_no", of_superior="email")
    return (
        frame.join(superiors, on="lookalike_no", how="left", maintain_order="left")
        .with_columns(email=pl.coalesce("of_superior", "email"))
        .drop("of_superior")
    )


def _with_stories(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    free = frame.filter(pl.col("story").is_null()).select("person_no")
    free = free[chance(seed, "stories").permutation(len(free))]
    told = [name for name, share in STORIES.items() for _ in range(max(2, round(share * len(frame))))][: len(free)]
    cast = free.head(len(told)).with_columns(given=pl.Series(told, dtype=pl.String))
    return (
        frame.join(cast, on="person_no", how="left", maintain_order="left")
        .with_columns(story=pl.coalesce("story", "given", pl.lit("plain")))
        .with_columns(
            story=pl.when((pl.col("story") == "job_change") & pl.col("private"))
            .then(pl.lit("phone_linked"))
            .otherwise("story")
        )
        .drop("given")
    )


def _with_phones(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    draws = chance(seed, "phones")
    count = len(frame)
    alike = KIND.is_in(NAMESAKES) | (KIND.is_in(ONE_LINE) & (PLACE == 0))
    needs = pl.col("story").is_in(NEEDS_PHONE) | alike.fill_null(False)
    mobile = pl.lit(pl.Series(draws.random(count) < 0.65)) & ~KIND.is_in(ONE_LINE).fill_null(False)
    wanted = needs | pl.lit(pl.Series(draws.random(count) < 0.65))
    kind = pl.col("country") + pl.lit(" ") + pl.when(mobile).then(pl.lit("mobile")).otherwise("zone")
    queue = frame.with_columns(
        range=pl.when(wanted & (pl.col("story") != "unreachable_contact")).then(kind), needs=needs
    ).sort("needs", descending=True, maintain_order=True)
    return (
        queue.with_columns(phone=numbered(queue["range"]))
        .with_columns(
            story=pl.when(pl.col("story").is_in(NEEDS_PHONE) & pl.col("phone").is_null())
            .then(pl.lit("plain"))
            .otherwise("story")
        )
        .sort("person_no")
        .drop("range", "needs", "zone")
        .pipe(with_shared_lines)
    )


def _with_presence(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    draws = chance(seed, "presence")
    count = len(frame)
    known_to = pl.lit(pick_weighted(draws, {"crm": 0.30, "mail": 0.40, "both": 0.30}, count))
    story = pl.col("story")
    stance = pick_weighted(draws, {"granted": 0.52, "withdrawn": 0.12, "none": 0.36}, count)
    where = (
        pl.when(story.is_in(CRM_ONLY))
        .then(pl.lit("crm"))
        .when(story.is_in(BOTH))
        .then(pl.lit("both"))
        .otherwise(pl.coalesce("known_to", known_to))
    )
    return frame.with_columns(
        in_crm=where.is_in(["crm", "both"]) | story.str.starts_with("duplicate_crm"),
        in_mail=where.is_in(["mail", "both"]) | (story == "duplicate_mail"),
        # Nobody can tell whose statement a shared address is: it makes none.
        stance=pl.when(story.is_in(["shared_inbox", "placeholder_address"]))
        .then(pl.lit("none"))
        .otherwise(pl.lit(stance)),
        person_id=pl.lit("p") + pl.col("person_no").cast(pl.String).str.zfill(7),
    ).drop("known_to")
