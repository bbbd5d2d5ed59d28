"""The records two tools keep of the people: the CRM's contacts and the mailing list's members."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.consent import known_to_crm, on_mailing_list
from pipelines.sample.phones import notation
from pipelines.sample.spelling import ANY, CAREFUL, NAMED, PLAIN, respelled
from pipelines.sample.words import chance, moments, pick_weighted, slug

NOTATIONS = {"spaced": 46, "international": 26, "dotted": 12, "bare": 10, "zeros": 6}
STAGES = {"subscriber": 18, "lead": 34, "marketing_lead": 14, "sales_lead": 10, "opportunity": 9, "customer": 15}
SOURCES = {"organic": 26, "paid": 24, "email": 14, "direct": 14, "referral": 8, "offline": 14}
SPELLINGS = {"whole": PLAIN, "named": NAMED, "any": ANY}
IDENTITY = ["person_id", "story", "lookalike", "lookalike_no", "stance", "first_name", "last_name", "spelling"]
REACHED = ["email", "phone", "company", "organisation_no", "job_title", "street", "city", "postcode", "country"]
KEPT = [*IDENTITY, *REACHED, "birth_date", "created_at"]


def contacts(people: pl.DataFrame, organisations: pl.DataFrame, seed: int, until: date) -> pl.DataFrame:
    """One row per contact in the CRM, oldest first: `contact_no`, name, addresses, `consent`, `stage` …"""
    draws = chance(seed, "contacts")
    known = people.filter(pl.col("in_crm")).with_columns(
        last_name=pl.col("last_name") + pl.col("name_ending").fill_null("")
    )
    first = respelled(known, pick_weighted(draws, CAREFUL, len(known))).with_columns(email=_crm_address())
    twice = known.filter(pl.col("story").str.starts_with("duplicate_crm"))
    same_address = pl.col("story") == "duplicate_crm_address"
    second = respelled(twice, pick_weighted(draws, PLAIN, len(twice))).with_columns(
        email=pl.when(same_address).then(pl.col("email").str.to_titlecase()).otherwise("email_other"),
        phone=pl.when(~same_address).then("phone"),
        created_at=pl.lit(moments(draws, until - timedelta(days=120), until, len(twice))),
    )
    told = [_told_birth(frame, 0.35, draws) for frame in (first, second)]
    frame = pl.concat(frame.select(KEPT) for frame in told)
    frame = _with_switchboards(_with_notation(frame, draws), organisations).sort("created_at", maintain_order=True)
    count = len(frame)
    share = pl.lit(pl.Series(draws.random(count)))
    age = (pl.lit(until).cast(pl.Datetime("us")) - pl.col("created_at")).dt.total_seconds()
    frame = frame.with_columns(
        contact_no=pl.int_range(pl.len()),
        updated_at=pl.col("created_at") + pl.duration(seconds=(age * share).cast(pl.Int64)),
        stage=pl.lit(pick_weighted(draws, STAGES, count)),
        source=pl.lit(pick_weighted(draws, SOURCES, count)),
    )
    return known_to_crm(frame, draws, until)


def members(people: pl.DataFrame, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per address in the mailing list: `member_no`, name, `status`, `joined_at`, `left_at`, `imported`."""
    draws = chance(seed, "members")
    known = people.filter(pl.col("in_mail")).with_columns(
        pl.coalesce(f"{column}_other", column).alias(column)
        for column in ("first_name", "last_name", "company", "postcode", "birth_date")
    )
    story = pl.col("story")
    # Where no address links two records, or where a link shows a gap, a name must be there; where a name and a
    # telephone are the only link, or names must contradict each other, it must be whole.
    whole = ~story.is_in(["plain", "hard", "consent_conflict", "duplicate_crm_address"])
    named = story.is_in(["hard", "consent_conflict"])
    draw = {name: pick_weighted(draws, weights, len(known)) for name, weights in SPELLINGS.items()}
    spelling = known.select(
        pl.when(whole).then(draw["whole"]).when(named).then(draw["named"]).otherwise(draw["any"])
    ).to_series()
    volunteered = pl.lit(pl.Series(draws.random(len(known)) < 0.3)) & pl.lit(
        ~spelling.is_in(["no_name", "no_first_name"])
    )
    first = respelled(known, spelling).with_columns(
        email=pl.when("other_address").then("email_other").otherwise("email"),
        phone=pl.when(pl.col("phone_told").fill_null(volunteered)).then("phone"),
        company=pl.when(pl.lit(spelling) != "no_name").then("company"),
    )
    twice = known.filter(story == "duplicate_mail")
    second = respelled(twice, pick_weighted(draws, PLAIN, len(twice))).with_columns(email="email_other")
    told = [_told_birth(frame, 0.25, draws) for frame in (first, second)]
    frame = _with_notation(pl.concat(frame.select(KEPT) for frame in told), draws)
    return on_mailing_list(frame, draws, start, until)


def _crm_address() -> pl.Expr:
    """The CRM's copy of an address: missing or mistyped where a story says so."""
    first, last = slug(pl.col("first_name")), slug(pl.col("last_name"))
    even = pl.col("person_no") % 2 == 0
    broken = pl.when(even).then(first + "." + last + "@").otherwise(first + " " + last + ".example")
    return (
        pl.when(pl.col("story") == "invalid_email")
        .then(broken)
        .when(~pl.col("story").is_in(["unreachable_contact", "no_crm_address"]))
        .then("email")
    )


def _told_birth(frame: pl.DataFrame, share: float, draws: np.random.Generator) -> pl.DataFrame:
    """The frame with the day of birth of those who must be told by it, and of a share of the others."""
    volunteered = pl.lit(pl.Series(draws.random(len(frame)) < share))
    return frame.with_columns(birth_date=pl.when(pl.col("birth_told").fill_null(volunteered)).then("birth_date"))


def _with_notation(frame: pl.DataFrame, draws: np.random.Generator) -> pl.DataFrame:
    return frame.with_columns(phone=notation(pl.col("phone"), pl.lit(pick_weighted(draws, NOTATIONS, len(frame)))))


def _with_switchboards(frame: pl.DataFrame, organisations: pl.DataFrame) -> pl.DataFrame:
    """Colleagues without a number of their own get the company's, where at least three of other names share it."""
    lines = organisations.select("organisation_no", "switchboard").filter(pl.col("switchboard").is_not_null())
    numbered = frame.with_row_index("row")
    unlike = (
        numbered.filter(pl.col("phone").is_null() & (pl.col("story") == "plain"))
        .join(lines, on="organisation_no", maintain_order="left")
        .unique(["organisation_no", "last_name"], keep="none", maintain_order=True)
        .filter(pl.len().over("organisation_no") >= 3)
        .select("row", "switchboard")
    )
    return (
        numbered.join(unlike, on="row", how="left", maintain_order="left")
        .with_columns(phone=pl.coalesce("phone", notation(pl.col("switchboard"), pl.lit("spaced"))))
        .drop("row", "switchboard")
    )
