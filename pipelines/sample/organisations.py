"""The client companies of the invented company."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from pipelines.sample.phones import numbered
from pipelines.sample.words import chance, moments, pick_weighted, picked, slug, table, words

COUNTRIES = {"FR": 0.82, "GB": 0.11, "MA": 0.07}
STORIES = ("duplicate_companies", "companies_share_domain", "invalid_registration_number")
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
    """One row per client company, about nine people each: no two have a name or a domain in common.

    `registration_number` is a SIREN or a British company number that nobody was given; `story` as in `besides`.
    """
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
    frame = frame.with_columns(
        domain=slug(pl.col("name")) + pl.lit(".example"),
        industry=pl.lit(picked(draws, words("organisations", "industries"), count)),
        owner=pl.lit(picked(draws, OWNERS, count)),
        switchboard=numbered(dialled, switchboards=True),
        created_at=moments(draws, start - timedelta(days=400), start, count),
    )
    return _registered(_with_stories(frame, seed), seed)


def besides(organisations: pl.DataFrame, seed: int) -> pl.DataFrame:
    """What the CRM has besides one record per company, with the same columns: a gap each, as `story` says.

    duplicate_companies: the same company again, under a name written otherwise. companies_share_domain: another one,
    which uses the first one's domain. companies_alike: two that have a trade for a name and nothing else.
    """
    nothing = pl.lit(None, pl.String)
    twice = organisations.filter(pl.col("story") == "duplicate_companies").with_columns(
        name=pl.col("name").str.to_uppercase() + pl.lit(" ") + pl.col("legal_form").str.to_uppercase(),
        registration_number=nothing,
    )
    owned = organisations.filter(pl.col("story") == "companies_share_domain").with_columns(
        name=pl.col("name") + pl.lit(" Holding"),
        company_no=pl.lit(len(organisations)) + pl.int_range(pl.len()),
        number=pl.lit(len(organisations)) + pl.int_range(pl.len()),
    )
    towns = organisations.filter(pl.col("country") == "FR").unique("city", keep="first", maintain_order=True).head(2)
    alike = towns.with_columns(
        name=pl.lit(words("organisations", "trades")[0]),
        domain=nothing,
        registration_number=nothing,
        switchboard=nothing,
        story=pl.lit("companies_alike"),
        company_no=pl.lit(len(organisations) + len(owned)) + pl.int_range(pl.len()),
    )
    owned = _registered(owned, seed, pl.col("number")).drop("number")
    more = pl.concat([twice, owned, alike])
    return more.with_columns(organisation_no=len(organisations) + pl.int_range(pl.len()))


def _with_stories(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Three stories of a few French companies each; in every tool, what is registered wrongly is so."""
    french = frame.filter(pl.col("country") == "FR")["organisation_no"]
    order = french.gather(chance(seed, "companies' stories").permutation(len(french)))
    each = max(2, len(frame) // 60)
    cast = pl.DataFrame(
        {
            "organisation_no": order[: each * len(STORIES)],
            "story": pl.Series([story for story in STORIES for _ in range(each)])[: len(order)],
        }
    )
    return frame.join(cast, on="organisation_no", how="left", maintain_order="left").with_columns(
        company_no=pl.col("organisation_no"), story=pl.col("story").fill_null("plain")
    )


def _registered(frame: pl.DataFrame, seed: int, number: pl.Expr | None = None) -> pl.DataFrame:
    """With `legal_form` and `registration_number`, none of which any register has given."""
    serial = (pl.col("organisation_no") if number is None else number) * 7_919 + seed % 1_000
    digits = (serial % 1_000_000).cast(pl.String).str.zfill(6)
    even, odd = ([digits.str.slice(at, 1).cast(pl.Int64) for at in range(first, 6, 2)] for first in (0, 1))
    # the check digit of a SIREN, which begins with two zeros here
    total = sum(even, pl.lit(0)) + sum(((2 * digit) // 10 + (2 * digit) % 10 for digit in odd), pl.lit(0))
    wrong = (pl.col("story") == "invalid_registration_number").cast(pl.Int64)
    siren = pl.lit("00") + digits + ((wrong - total) % 10).cast(pl.String)
    forms = pl.Series(["SARL", "SAS", "SA"])
    return frame.with_columns(
        legal_form=pl.when(pl.col("country") == "GB")
        .then(pl.lit("Ltd"))
        .otherwise(pl.lit(forms).gather(pl.col("company_no") % len(forms))),
        registration_number=pl.when(pl.col("country") == "FR")
        .then(siren)
        .when(pl.col("country") == "GB")
        .then(pl.lit("99") + digits),
    )
