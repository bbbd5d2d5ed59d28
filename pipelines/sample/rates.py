"""Exchange rates that could have been: units of a currency for one euro."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.words import chance, table


def rates(seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per currency and working day before `until`: `currency`, `rate_date`, `rate` (text or null)."""
    draws = chance(seed, "rates")
    quoted = table("markets.toml")["rates"]
    days = pl.date_range(start - timedelta(days=14), until, closed="left", eager=True)
    working = days.filter(
        (days.dt.weekday() <= 5) & ~days.dt.strftime("%m-%d").is_in(["01-01", "05-01", "12-25", "12-26"])
    )
    walks = np.exp(np.cumsum(draws.normal(0, 0.003, (len(working), len(quoted))), axis=0))
    frames = [
        pl.DataFrame({"rate_date": working, "rate": np.round(level * walks[:, column], _decimals(level))}).select(
            "rate_date", currency=pl.lit(currency), rate=pl.col("rate").cast(pl.String)
        )
        for column, (currency, level) in enumerate(quoted.items())
    ]
    # One currency joins the list late: not quoted before.
    newcomer = pl.col("currency") == list(quoted)[-1]
    unquoted = newcomer & (pl.col("rate_date") < start + timedelta(days=200))
    return pl.concat(frames).with_columns(rate=pl.when(~unquoted).then("rate"))


def _decimals(level: float) -> int:
    return 2 if level > 1_000 else 3 if level > 100 else 4
