"""What the invented company's advertising tools have in common: campaigns of every day, and figures shared out exactly.

Money and conversions are in hundredths.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from sources.invented import CAMPAIGNS, RESTATEMENTS, Company, money

MEASURES = ["cost", "impressions", "clicks", "conversions", "value"]


def every_day(company: Company, accounts: Mapping[str, str], days: int) -> pl.DataFrame:
    """The last days of `company.ads` in the markets that have an account, of campaigns that ran on each of them.

    `account_id` is the market's. No day of these is missing.
    """
    first = company.until - timedelta(days=days)
    window = company.ads.filter(
        pl.col("market").is_in(list(accounts)), pl.col("date") >= first, pl.col("name").is_not_null()
    )
    ran = window.filter(pl.len().over("market", "campaign_no") == days)
    return ran.with_columns(account_id=pl.col("market").replace_strict(accounts, return_dtype=pl.String))


def shared_out(rows: pl.DataFrame, parts: pl.DataFrame, measures: Sequence[str] = MEASURES) -> pl.DataFrame:
    """Every row once per part, with the part's other columns; the parts of a figure add up to it.

    `share` of a part is in percent; all shares add up to 100.
    """
    upto = parts["share"].cum_sum()
    marked = parts.drop("share").with_columns(upto=upto, after=upto - parts["share"])
    shares = {name: pl.col(name) * pl.col("upto") // 100 - pl.col(name) * pl.col("after") // 100 for name in measures}
    every = rows.join(marked, how="cross", maintain_order="left_right")
    return every.with_columns(**shares).drop("upto", "after")


def summed(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """One row per value of some columns, in the order in which they come."""
    return rows.group_by(by, maintain_order=True).agg(pl.col(MEASURES).sum())


def span(rows: pl.DataFrame) -> tuple[date, date]:
    """The first and the last `date`."""
    return rows.select(pl.col("date").min(), last=pl.col("date").max()).row(0)


def campaigns_of(tool: str, rows: pl.DataFrame) -> pl.DataFrame:
    """What `Planted.campaigns` says of rows with `account_id`, `name` and `campaign`, but for those without a name."""
    named = rows.drop_nulls("name").select("account_id", "campaign", tool=pl.lit(tool), campaign_name=pl.col("name"))
    return named.select(CAMPAIGNS.names()).unique().sort("account_id", "campaign_name")


def spent(tool: str, by_day: pl.DataFrame, by_period: pl.DataFrame | None = None) -> pl.DataFrame:
    """What `Planted.spend` says of rows with `account_id`, `currency` and `cost`, each counted once."""
    parts = {"spend_by_day": by_day, "spend_by_period": by_day.clear() if by_period is None else by_period}
    marked = [
        rows.select("account_id", "currency", cost=money(pl.col("cost")), part=pl.lit(part))
        for part, rows in parts.items()
    ]
    sums = {part: pl.col("cost").filter(pl.col("part") == part).sum() for part in parts}
    accounts = pl.concat(marked).group_by("account_id", "currency").agg(spend=pl.col("cost").sum(), **sums)
    return accounts.sort("account_id", "currency").select(pl.lit(tool).alias("tool"), pl.all())


def restated(tool: str, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """What `Planted.restatements` says of the `cost` of the same accounts and days before and after."""
    key = ["account_id", "currency", "date"]
    previous, current = (
        rows.group_by(key).agg(money(pl.col("cost").sum()).alias(when))
        for rows, when in ((before, "previous"), (after, "current"))
    )
    days = previous.join(current, on=key).with_columns(tool=pl.lit(tool)).sort(key)
    return days.select(RESTATEMENTS.names())
