"""The sales the CRM follows."""

from datetime import date

import numpy as np
import polars as pl

from pipelines.sample.words import chance, moments, pick_weighted

STAGES = {
    "appointment": 14,
    "qualified": 14,
    "presentation": 10,
    "decision": 8,
    "contract": 8,
    "won": 28,
    "lost": 18,
}
PRODUCTS = ["Flotte vélos cargo", "Leasing annuel", "Maintenance", "Triporteurs sur mesure", "Formation conducteurs"]


def deals(contacts: pl.DataFrame, campaigns: pl.DataFrame, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per deal, oldest first; `amount` in hundredths. A `contact_no` no contact has: its contact is gone."""
    draws = chance(seed, "deals")
    usable = contacts.filter(~pl.col("story").is_in(["shared_inbox", "placeholder_address"]))
    count = max(12, len(contacts) * 3 // 5)
    buyers = usable.gather(draws.integers(0, len(usable), count)).select(
        "contact_no", "organisation_no", "company", "last_name", "country", "source", since="created_at"
    )
    frame = buyers.with_columns(
        created_at=pl.max_horizontal("since", pl.lit(moments(draws, start, until, count))),
        stage=pl.lit(pick_weighted(draws, STAGES, count)),
        amount=pl.lit(pl.Series(np.round(draws.lognormal(8.4, 0.9, count)).astype(np.int64) * 100)),
        currency=pl.when(pl.col("country") == "GB").then(pl.lit("GBP")).otherwise(pl.lit("EUR")),
        product=pl.lit(pl.Series(PRODUCTS).gather(draws.integers(0, len(PRODUCTS), count))),
        roll=pl.lit(pl.Series(draws.random(count))),
    ).sort("created_at", maintain_order=True)
    ends = pl.col("created_at") + pl.duration(days=8 + (pl.col("roll") * 110).cast(pl.Int64))
    limit = pl.lit(until).cast(pl.Datetime("us"))
    settled = pl.col("stage").is_in(["won", "lost"])
    frame = frame.with_columns(
        deal_no=pl.int_range(pl.len()),
        name=pl.coalesce("company", "last_name") + pl.lit(" - ") + pl.col("product"),
        stage=pl.when(settled & (ends >= limit)).then(pl.lit("contract")).otherwise("stage"),
        closed_at=ends,
    )
    return _with_stories(_with_campaigns(frame, campaigns, draws), draws).drop("product", "roll", "since", "last_name")


def _with_campaigns(deals: pl.DataFrame, campaigns: pl.DataFrame, draws: np.random.Generator) -> pl.DataFrame:
    """Half of the deals won by an advertisement or a mailing say by which, as the CRM calls it."""
    mailed = campaigns.filter(pl.col("place") == "email")["campaign"]
    known = campaigns.filter(pl.col("place") == "crm").select(
        "campaign",
        "name",
        "months",
        "year",
        source=pl.when(pl.col("campaign").is_in(mailed.implode())).then(pl.lit("email")).otherwise(pl.lit("paid")),
    )
    told = deals.filter(pl.lit(pl.Series(draws.random(len(deals)) < 0.5)) & pl.col("source").is_in(["paid", "email"]))
    month = pl.col("created_at").dt.month().cast(pl.Int64)
    running = pl.col("months").is_null() | (
        pl.col("months").list.contains(month) & (pl.col("created_at").dt.year() == pl.col("year"))
    )
    candidates = told.select("deal_no", "source", "created_at").join(
        known.drop("source"), how="cross", maintain_order="left_right"
    )
    chosen = (
        candidates.filter(running)
        .with_columns(turn=pl.int_range(pl.len()).over("deal_no"), of=pl.len().over("deal_no"))
        .filter(pl.col("turn") == pl.col("deal_no") % pl.col("of"))
        .select("deal_no", "campaign", campaign_name="name")
    )
    return deals.join(chosen, on="deal_no", how="left", maintain_order="left")


def _with_stories(deals: pl.DataFrame, draws: np.random.Generator) -> pl.DataFrame:
    count = len(deals)
    each = max(2, count // 60)
    order = draws.permutation(count)
    turn = pl.lit(pl.Series(np.argsort(order)))
    story = (
        pl.when(turn < each)
        .then(pl.lit("deal_without_source"))
        .when(turn < 2 * each)
        .then(pl.lit("deal_without_customer"))
        .otherwise(pl.lit("plain"))
    )
    gone = pl.when(pl.col("deal_no") % 2 == 0).then(10_000_000 + pl.col("deal_no"))
    sourced = pl.col("story") != "deal_without_source"
    return deals.with_columns(story=story).with_columns(
        pl.when(sourced).then(pl.col("source", "campaign", "campaign_name")).name.keep(),
        contact_no=pl.when(pl.col("story") == "deal_without_customer").then(gone).otherwise("contact_no"),
    )
