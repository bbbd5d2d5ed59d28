"""The client companies of the invented company."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.phones import numbered
from pipelines.sample.words import chance, moments, pick_weighted, picked, slug, table, words

COUNTRIES = {"FR": 0.82, "GB": 0.11, "MA": 0.07}
OWNERS = pl.Series(["Équipe Ouest", "Équipe Est", "Équipe Sud", "Grands comptes", "Export"])


def places(draws: np.random.Generator, countries: pl.Series) -> pl.DataFrame:
    """A town per row: city, postcode, dialling zone and street, in the country given."""
    towns = pl.DataFrame(
        [
            (country, *town)
            for country, key in {"FR": "france", "GB": "united_kingdom", "MA": "morocco"}.items()
            for town in table("words.toml")["places"][key]
        ],
        schema=["country", "city", "postcode", "zone"],
        orient="row",
    ).with_columns(town=pl.int_range(pl.len()).over("country"), towns=pl.len().over("country").cast(pl.Int64))
    sizes = towns.select("country", "towns").unique()
    frame = pl.DataFrame({"country": countries, "draw": draws.integers(0, 1_000_000, len(countries))})
    street, british = (picked(draws, words("places", key), len(countries)) for key in ("streets", "british_streets"))
    name = pl.when(pl.col("country") == "GB").then(pl.lit(british)).otherwise(pl.lit(street))
    number = pl.Series(draws.integers(1, 120, len(countries)))
    return (
        frame.join(sizes, on="country", how="left", maintain_order="left")
        .with_columns(town=pl.col("draw") % pl.col("towns"))
        .join(towns.drop("towns"), on=["country", "town"], how="left", maintain_order="left")
        .select("city", "postcode", "zone", street=pl.lit(number).cast(pl.String) + pl.lit(" ") + name)
    )


def organisations(customers: int, seed: int, start: date, until: date) -> pl.DataFrame:
    """One row per client company, about nine people each: no two have a name or a domain in common."""
    draws = chance(seed, "organisations")
    trades, sites, endings = (words("organisations", key) for key in ("trades", "places", "endings"))
    british = words("organisations", "british_trades")
    bases = len(trades) * len(sites)
    count = min(customers // 9 + 20, bases * (len(endings) + 1))
    number = np.arange(count)
    base = draws.permutation(bases)[number % bases]
    country = pick_weighted(draws, COUNTRIES, count)
    name = pl.struct(
        trade=pl.lit(trades.gather(base % len(trades))),
        british=pl.lit(british.gather(base % len(trades))),
        place=pl.lit(sites.gather(base // len(trades))),
        ending=pl.lit(pl.concat([pl.Series([""]), " " + endings]).gather(number // bases)),
    )
    full = (
        pl.when(pl.col("country") == "GB")
        .then(pl.concat_str(name.struct.field("place"), pl.lit(" "), name.struct.field("british", "ending")))
        .otherwise(pl.concat_str(name.struct.field("trade"), pl.lit(" "), name.struct.field("place", "ending")))
    )
    has_switchboard = pl.Series(draws.random(count) < 0.45)
    frame = pl.DataFrame({"organisation_no": number, "country": country}).with_columns(name=full)
    frame = pl.concat([frame, places(draws, country)], how="horizontal")
    dialled = frame.select(
        pl.when(pl.lit(has_switchboard)).then(pl.col("country") + pl.lit(" ") + pl.col("zone"))
    ).to_series()
    return frame.with_columns(
        domain=slug(pl.col("name")) + pl.lit(".example"),
        industry=pl.lit(picked(draws, words("organisations", "industries"), count)),
        owner=pl.lit(picked(draws, OWNERS, count)),
        switchboard=numbered(dialled, switchboards=True),
        created_at=moments(draws, start - timedelta(days=400), start, count),
    )
