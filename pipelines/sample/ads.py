"""What the advertising accounts spent and got, day by day."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.words import chance, table

# Prices of a market against the euro's: the same campaign costs more dirhams than euros.
LEVELS = {"FR": 1.0, "GB": 0.7, "MA": 4.2}


def ads(campaigns: pl.DataFrame, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per market, campaign and day it ran; `cost` and `value` in hundredths, `conversions` in hundredths too.

    A few rows of one market have no campaign: money nobody can attribute.
    """
    draws = chance(seed, "ads")
    markets = table("markets.toml")["currencies"]
    days = pl.date_range(start, until, closed="left", eager=True).alias("date").to_frame()
    running = (
        campaigns.filter(pl.col("place").is_in(list(markets)))
        .with_columns(campaign_no=pl.int_range(pl.len()))
        .join(days, how="cross", maintain_order="left_right")
        .filter(
            pl.col("months").is_null()
            | (
                pl.col("months").list.contains(pl.col("date").dt.month().cast(pl.Int64))
                & (pl.col("date").dt.year() == pl.col("year"))
            )
        )
        .sort("place", "date", "campaign_no")
    )
    count = len(running)
    weekday = pl.when(pl.col("date").dt.weekday() > 5).then(0.55).otherwise(1.1)
    season = 1 + 0.18 * (2 * np.pi * (pl.col("date").dt.ordinal_day() - 60) / 365).sin()
    level = pl.col("place").replace_strict(LEVELS, return_dtype=pl.Float64)
    noise = pl.lit(pl.Series(draws.lognormal(0, 0.22, count)))
    price = pl.lit(pl.Series(draws.uniform(38, 160, count))) * level
    rate = pl.lit(pl.Series(draws.uniform(0.008, 0.06, count)))
    converted = pl.lit(pl.Series(draws.gamma(1.1, 2.2, count)))
    basket = pl.lit(pl.Series(draws.uniform(3_000, 26_000, count))) * level
    frame = (
        running.with_columns(cost=(pl.col("budget") * weekday * season * level * noise).round().cast(pl.Int64))
        .with_columns(clicks=(pl.col("cost") / price).round().cast(pl.Int64) + 1)
        .with_columns(
            impressions=(pl.col("clicks") / rate).round().cast(pl.Int64) + 3,
            conversions=(pl.col("clicks") * converted).round().cast(pl.Int64),
        )
        .with_columns(value=(pl.col("conversions") / 100 * basket).round().cast(pl.Int64))
    )
    frame = frame.select(
        market="place",
        currency=pl.col("place").replace_strict(markets, return_dtype=pl.String),
        campaign_no="campaign_no",
        campaign="campaign",
        name="name",
        kind="kind",
        date="date",
        **{measure: pl.col(measure) for measure in ("cost", "impressions", "clicks", "conversions", "value")},
    )
    return pl.concat([frame, _unattributed(frame, draws, until)]).sort("market", "date", maintain_order=True)


def _unattributed(ads: pl.DataFrame, draws: np.random.Generator, until: date) -> pl.DataFrame:
    window = ads.filter(
        (pl.col("market") == "FR") & pl.col("date").is_between(until - timedelta(days=180), until - timedelta(days=60))
    )
    days = window["date"].unique().sort()
    chosen = days.gather(np.sort(draws.permutation(len(days))[:6]))
    nothing = {column: pl.lit(None, ads.schema[column]) for column in ("campaign_no", "campaign", "name", "kind")}
    return (
        window.filter(pl.col("date").is_in(chosen.implode()))
        .unique("date", keep="first", maintain_order=True)
        .with_columns(
            **nothing, cost=pl.col("cost") // 3 + 1, conversions=pl.lit(0, pl.Int64), value=pl.lit(0, pl.Int64)
        )
    )
