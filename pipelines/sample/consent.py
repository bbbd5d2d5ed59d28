"""What people say about being mailed, what each tool knows of it, and where tools go against it.

A person's stance is one; tools know it or do not. Only stories named after a gap let two tools disagree.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.words import moments, pick_weighted

STORIES = {"mailed_after_opt_out": 0.004, "bounced_but_active": 0.004}
# Nobody whose address bounces is called subscribed elsewhere, but where a story says so.
ON_LIST = {
    "granted": {"subscribed": 76, "imported": 15, "nonsubscribed": 9},
    "withdrawn": {"unsubscribed": 86, "cleaned": 8, "nonsubscribed": 6},
    "none": {"imported": 60, "cleaned": 12, "nonsubscribed": 28},
}


def known_to_crm(contacts: pl.DataFrame, draws: np.random.Generator, until: date) -> pl.DataFrame:
    """Contacts with `consent`, `opted_out` (stated anywhere) and `mailed_at` (the last time, if ever)."""
    stated = pl.lit(pl.Series(draws.random(len(contacts)) < 0.7))
    story, stance, number = pl.col("story"), pl.col("stance"), pl.col("contact_no")
    mailed = pl.lit(until).cast(pl.Datetime("us")) - pl.duration(days=3 + number % 9, hours=14, minutes=number % 40)
    consent = (
        pl.when(story == "consent_conflict")
        .then(pl.when(_conflict_granted()).then(pl.lit("granted")).otherwise(pl.lit("withdrawn")))
        .when(story == "bounced_but_active")
        .then(pl.lit("granted"))
        .when(stated & (stance != "none") & (story != "mailed_after_opt_out"))
        .then("stance")
        .otherwise(pl.lit("unknown"))
    )
    to_mail = (pl.col("consent") == "granted") & (story == "plain") & (pl.col("created_at") < mailed)
    return (
        contacts.with_columns(consent=consent, opted_out=stance == "withdrawn")
        .with_columns(mailed_at=pl.when(to_mail | (story == "mailed_after_opt_out")).then(mailed))
        .drop("stance")
    )


def on_mailing_list(members: pl.DataFrame, draws: np.random.Generator, start: date, until: date) -> pl.DataFrame:
    """Members with `status`, `joined_at`, `left_at` and `imported`, in the order in which they joined."""
    count, story = len(members), pl.col("story")
    drawn = {stance: pl.lit(pick_weighted(draws, weights, count)) for stance, weights in ON_LIST.items()}
    status = (
        pl.when(story == "consent_conflict")
        .then(pl.when(_conflict_granted()).then(pl.lit("unsubscribed")).otherwise(pl.lit("subscribed")))
        .when(story == "mailed_after_opt_out")
        .then(pl.lit("unsubscribed"))
        .when(story == "bounced_but_active")
        .then(pl.lit("cleaned"))
        .otherwise(pl.coalesce(pl.when(pl.col("stance") == stance).then(told) for stance, told in drawn.items()))
    )
    import_day = pl.lit(start + timedelta(days=45)).cast(pl.Datetime("us")) + pl.duration(hours=14, minutes=3)
    # who is mailed all the same left three weeks ago or earlier, and had been there for a while
    late = story == "mailed_after_opt_out"
    end = pl.lit(until).cast(pl.Datetime("us")) - pl.when(late).then(pl.duration(days=20)).otherwise(pl.duration())
    since = pl.when(late).then(pl.duration(days=90)).otherwise(pl.duration())
    joined = pl.lit(moments(draws, start, until, count)) - since
    share = pl.lit(pl.Series(draws.random(count)))
    age = (end - pl.col("joined_at")).dt.total_seconds()
    left = pl.col("joined_at") + pl.duration(seconds=(age * share).cast(pl.Int64))
    return (
        members.with_columns(status=status)
        .with_columns(
            imported=pl.col("status") == "imported", status=pl.col("status").replace("imported", "subscribed")
        )
        .with_columns(joined_at=pl.when("imported").then(import_day).otherwise(joined))
        .with_columns(left_at=pl.when(pl.col("status").is_in(["unsubscribed", "cleaned"])).then(left))
        .sort("joined_at", maintain_order=True)
        .with_columns(member_no=pl.int_range(pl.len()))
        .drop("stance", "created_at")
    )


def _conflict_granted() -> pl.Expr:
    """Half of the conflicts are granted in the CRM and withdrawn by mail, the other half the reverse."""
    return pl.col("person_id").str.slice(-1).cast(pl.Int64) % 2 == 0
