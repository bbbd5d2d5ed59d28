"""The mailings of the invented company and what came of them."""

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from pipelines.sample.words import chance, table

SCHEMA = pl.Schema(
    {
        "campaign": pl.String(),
        "title": pl.String(),
        "subject": pl.String(),
        "sent_at": pl.Datetime("us"),
        "test": pl.Boolean(),
    }
)


def sends(campaigns: pl.DataFrame, members: int, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per mailing, oldest first: what it was called, to how many it went, opens, clicks, orders and revenue."""
    draws = chance(seed, "sends")
    plan = pl.DataFrame(
        _newsletters(start, until) + _campaign_mailings(campaigns) + _tests(start), schema=SCHEMA, orient="row"
    )
    plan = plan.filter(pl.col("sent_at").is_between(start, until, closed="left")).sort("sent_at", "title")
    count = len(plan)
    days = (pl.col("sent_at").dt.date() - start).dt.total_days()
    share = 0.45 + 0.5 * days / (until - start).days

    def part(low: float, high: float) -> pl.Expr:
        return pl.lit(pl.Series(draws.uniform(low, high, count)))

    def counted(share: pl.Expr, of: str) -> pl.Expr:
        return (pl.col(of) * share).round().cast(pl.Int64)

    return (
        plan.with_columns(recipients=pl.when("test").then(3).otherwise((members * share).round() + 20).cast(pl.Int64))
        .with_columns(
            hard_bounces=counted(part(0.001, 0.012), "recipients"),
            soft_bounces=counted(part(0.002, 0.015), "recipients"),
        )
        .with_columns(delivered=pl.col("recipients") - pl.col("hard_bounces") - pl.col("soft_bounces"))
        .with_columns(
            unique_opens=counted(part(0.22, 0.44), "delivered"), unsubscribes=counted(part(0.0005, 0.006), "delivered")
        )
        .with_columns(
            total_opens=counted(part(1.2, 2.1), "unique_opens"),
            unique_clicks=counted(part(0.05, 0.2), "unique_opens"),
            complaints=counted(part(0, 0.0006), "delivered"),
        )
        .with_columns(
            total_clicks=counted(part(1.0, 1.6), "unique_clicks"), orders=counted(part(0, 0.04), "unique_clicks")
        )
        .with_columns(revenue=counted(part(2_900, 38_000), "orders"), send_no=pl.int_range(pl.len()))
    )


def _newsletters(start: date, until: date) -> list[tuple[Any, ...]]:
    plan = table("markets.toml")["newsletters"]
    months = pl.date_range(start, until, interval="1mo", eager=True)
    return [
        (
            f"newsletter-{day:%Y-%m}",
            plan["title"].format(month=plan["months"][day.month - 1], year=day.year),
            plan["subjects"][number % len(plan["subjects"])],
            datetime(day.year, day.month, 8 + number % 5, 9 + number % 6, 12 + 7 * (number % 6)),
            False,
        )
        for number, day in enumerate(months)
    ]


def _campaign_mailings(campaigns: pl.DataFrame) -> list[tuple[Any, ...]]:
    mailed = campaigns.filter(pl.col("place") == "email").iter_rows(named=True)
    return [
        (
            row["campaign"],
            row["name"],
            f"{row['name'].split(' (')[0]}\u00a0: réservez votre essai",
            datetime(row["year"], row["months"][0], 17, 22, 32),
            False,
        )
        for row in mailed
    ]


def _tests(start: date) -> list[tuple[Any, ...]]:
    first = datetime(start.year, start.month, 5, 15, 4)
    return [
        ("test-mailings", "Essai interne", "Essai, ne pas lire", first + timedelta(days=90 * turn), True)
        for turn in range(2)
    ]
