"""The records two tools keep of the people: the CRM's contacts and the mailing list's members."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.phones import notation
from pipelines.sample.spelling import ANY, CAREFUL, NAMED, PLAIN, respelled
from pipelines.sample.words import chance, moments, pick_weighted, slug

NOTATIONS = {"spaced": 46, "international": 26, "dotted": 12, "bare": 10, "zeros": 6}
STAGES = {"subscriber": 18, "lead": 34, "marketing_lead": 14, "sales_lead": 10, "opportunity": 9, "customer": 15}
SOURCES = {"organic": 26, "paid": 24, "email": 14, "direct": 14, "referral": 8, "offline": 14}
SPELLINGS = {"whole": PLAIN, "named": NAMED, "any": ANY}
IDENTITY = ["person_id", "story", "stance", "first_name", "last_name", "email", "phone", "company", "organisation_no"]
KEPT = [*IDENTITY, "job_title", "street", "city", "postcode", "country", "created_at"]


def contacts(people: pl.DataFrame, organisations: pl.DataFrame, seed: int, until: date) -> pl.DataFrame:
    """One row per contact in the CRM, oldest first: `contact_no`, name, addresses, `consent`, `stage` …"""
    draws = chance(seed, "contacts")
    known = people.filter(pl.col("in_crm"))
    first = respelled(known, pick_weighted(draws, CAREFUL, len(known))).with_columns(email=_crm_address())
    twice = known.filter(pl.col("story").str.starts_with("duplicate_crm"))
    same_address = pl.col("story") == "duplicate_crm_address"
    second = respelled(twice, pick_weighted(draws, PLAIN, len(twice))).with_columns(
        email=pl.when(same_address).then(pl.col("email").str.to_titlecase()).otherwise("email_other"),
        phone=pl.when(~same_address).then("phone"),
        created_at=pl.lit(moments(draws, until - timedelta(days=120), until, len(twice))),
    )
    frame = pl.concat([first.select(KEPT), second.select(KEPT)])
    frame = _with_switchboards(_with_notation(frame, draws), organisations).sort("created_at", maintain_order=True)
    count = len(frame)
    share = pl.lit(pl.Series(draws.random(count)))
    age = (pl.lit(until).cast(pl.Datetime("us")) - pl.col("created_at")).dt.total_seconds()
    stated = pl.lit(pl.Series(draws.random(count) < 0.7))
    return frame.with_columns(
        contact_no=pl.int_range(pl.len()),
        updated_at=pl.col("created_at") + pl.duration(seconds=(age * share).cast(pl.Int64)),
        stage=pl.lit(pick_weighted(draws, STAGES, count)),
        source=pl.lit(pick_weighted(draws, SOURCES, count)),
        consent=pl.when(pl.col("story") == "consent_conflict")
        .then(pl.when(_conflict_granted()).then(pl.lit("granted")).otherwise(pl.lit("withdrawn")))
        .when(stated & (pl.col("stance") != "none"))
        .then("stance")
        .otherwise(pl.lit("unknown")),
    ).drop("stance")


def members(people: pl.DataFrame, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per address in the mailing list: `member_no`, name, `status`, `joined_at`, `left_at`, `imported`."""
    draws = chance(seed, "members")
    known = people.filter(pl.col("in_mail"))
    story = pl.col("story")
    # Where no address links two records, or where a link shows a gap, a name must be there; where a name and a
    # telephone are the only link, or names must contradict each other, it must be whole.
    whole = story.is_in(["duplicate_mail", "duplicate_crm_phone", "phone_linked", "shared_inbox"])
    named = story.is_in(["hard", "consent_conflict"])
    draw = {name: pick_weighted(draws, weights, len(known)) for name, weights in SPELLINGS.items()}
    spelling = known.select(
        pl.when(whole).then(draw["whole"]).when(named).then(draw["named"]).otherwise(draw["any"])
    ).to_series()
    told = story.is_in(["duplicate_mail", "phone_linked"])
    volunteered = pl.lit(pl.Series(draws.random(len(known)) < 0.3)) & pl.lit(
        ~spelling.is_in(["no_name", "no_first_name"])
    )
    first = respelled(known, spelling).with_columns(
        email=pl.when(story.is_in(["phone_linked", "hard"])).then("email_other").otherwise("email"),
        phone=pl.when(told | (volunteered & (story != "hard"))).then("phone"),
        company=pl.when(pl.lit(spelling) != "no_name").then("company"),
    )
    twice = known.filter(story == "duplicate_mail")
    second = respelled(twice, pick_weighted(draws, PLAIN, len(twice))).with_columns(email="email_other")
    frame = _with_notation(pl.concat([first.select(KEPT), second.select(KEPT)]), draws)
    return _with_status(frame, draws, start, until)


def _crm_address() -> pl.Expr:
    """The CRM's copy of an address: missing or mistyped where a story says so."""
    first, last = slug(pl.col("first_name")), slug(pl.col("last_name"))
    even = pl.col("person_no") % 2 == 0
    broken = pl.when(even).then(first + "." + last + "@").otherwise(first + " " + last + ".example")
    return (
        pl.when(pl.col("story") == "invalid_email")
        .then(broken)
        .when(pl.col("story") != "unreachable_contact")
        .then("email")
    )


def _conflict_granted() -> pl.Expr:
    """Half of the conflicts are granted in the CRM and withdrawn by mail, the other half the reverse."""
    return pl.col("person_id").str.slice(-1).cast(pl.Int64) % 2 == 0


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


def _with_status(frame: pl.DataFrame, draws: np.random.Generator, start: date, until: date) -> pl.DataFrame:
    count = len(frame)
    granted = pick_weighted(draws, {"subscribed": 70, "imported": 14, "cleaned": 8, "nonsubscribed": 8}, count)
    withdrawn = pick_weighted(draws, {"unsubscribed": 86, "cleaned": 8, "nonsubscribed": 6}, count)
    silent = pick_weighted(draws, {"imported": 60, "cleaned": 12, "nonsubscribed": 28}, count)
    joined = pl.lit(moments(draws, start, until, count))
    import_day = pl.lit(start + timedelta(days=45)).cast(pl.Datetime("us")) + pl.duration(hours=14, minutes=3)
    age = (pl.lit(until).cast(pl.Datetime("us")) - pl.col("joined_at")).dt.total_seconds()
    share = pl.lit(pl.Series(draws.random(count)))
    status = (
        pl.when(pl.col("story") == "consent_conflict")
        .then(pl.when(_conflict_granted()).then(pl.lit("unsubscribed")).otherwise(pl.lit("subscribed")))
        .when(pl.col("stance") == "granted")
        .then(pl.lit(granted))
        .when(pl.col("stance") == "withdrawn")
        .then(pl.lit(withdrawn))
        .otherwise(pl.lit(silent))
    )
    left = pl.col("joined_at") + pl.duration(seconds=(age * share).cast(pl.Int64))
    return (
        frame.with_columns(status=status)
        .with_columns(
            imported=pl.col("status") == "imported", status=pl.col("status").replace("imported", "subscribed")
        )
        .with_columns(joined_at=pl.when("imported").then(import_day).otherwise(joined))
        .with_columns(left_at=pl.when(pl.col("status").is_in(["unsubscribed", "cleaned"])).then(left))
        .sort("joined_at", maintain_order=True)
        .with_columns(member_no=pl.int_range(pl.len()))
        .drop("stance", "created_at")
    )
