"""The byte formats of a campaign report, for the invented company's accounts: money and conversions in hundredths."""

import re

import polars as pl

from sources.google_ads.invented_numbers import NOTHING, Notation, ratio, stated
from sources.invented_ads import span, summed

ENGLISH = [
    "Campaign type", "Campaign", "Campaign ID", "Customer ID", "Day", "Currency code", "Cost", "Clicks", "Impr.", "CTR",
    "Avg. CPC", "Conversions", "Conv. rate", "Conv. value", "Cost / conv.",
]  # fmt: skip
FRENCH = [
    "Type de campagne", "Campagne", "ID de la campagne", "Numéro client", "Jour", "Code de la devise", "Coût", "Clics",
    "Impr.", "CTR", "CPC moy.", "Conversions", "Taux de conv.", "Valeur de conv.", "Coût/conv.",
]  # fmt: skip
PERIOD = [
    "Campaign status", "Campaign", "Budget", "Budget name", "Budget type", "Status", "Status reasons",
    "Optimization score", "Campaign type", "Customer ID", "Currency code", "Impr.", "Interactions", "Interaction rate",
    "Avg. cost", "Cost", "Clicks", "Conv. rate", "Conversions", "Conv. value", "Cost / conv.",
]  # fmt: skip
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
]  # fmt: skip


def daily(ads: pl.DataFrame) -> str:
    """As the report editor downloads it: UTF-8, commas, one row per campaign and day, no totals."""
    first, last = span(ads)
    period = f"{first.day} {first:%B} {first.year} - {last.day} {last:%B} {last.year}"
    return f"Campagnes par jour\n{period}\n" + _columns(ads, ENGLISH).write_csv()


def excel(ads: pl.DataFrame) -> bytes:
    """As its `Excel .csv` button does."""
    return in_utf_16("Campaign report", english_range(ads), _columns(ads, ENGLISH))


def in_utf_16(title: str, period: str, table: pl.DataFrame) -> bytes:
    """The bytes of an `Excel .csv`: UTF-16LE, tabs; thousands are quoted though no tab asks for it."""
    lines = table.write_csv(separator="\t", quote_style="never")
    quoted = re.sub(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", r'"\g<0>"', lines)
    return b"\xff\xfe" + f"{title}\n{period}\n{quoted}".encode("utf-16-le")


def english_range(ads: pl.DataFrame) -> str:
    """The line below the title, as an English interface writes it."""
    first, last = span(ads)
    return f"{first:%B} {first.day}, {first.year} - {last:%B} {last.day}, {last.year}"


def french(ads: pl.DataFrame) -> pl.DataFrame:
    """The rows of a French report, all of them text."""
    return _columns(ads, FRENCH, thousands="\u00a0", decimal=",", day="%d/%m/%Y", percent="\u00a0%")


def french_range(ads: pl.DataFrame) -> str:
    """The line below the title, as a French interface writes it."""
    return " - ".join(f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in span(ads))


def period(ads: pl.DataFrame, hidden: int = 0, beside: int = 0) -> str:
    """The campaigns grid over a period, totals below; they count `hidden` hundredths of campaigns no row shows.

    The account's total counts those `beside` as well.
    """
    rows = summed(ads, ["name", "kind", "account_id", "currency"])
    grid = rows.with_columns(
        label=pl.lit("Enabled"), budget=pl.lit("60.00"), budget_type=pl.lit("Daily"), state=pl.lit("Eligible")
    )
    total = summed(rows, ["currency"]).with_columns(cost=pl.col("cost") + hidden)
    kinds = summed(rows, ["kind", "currency"])
    totals = [
        total.with_columns(label=pl.lit("Total: Campaigns")),
        total.with_columns(label=pl.lit("Total: Account"), cost=pl.col("cost") + beside),
        kinds.with_columns(label=pl.lit("Total: ") + pl.col("kind")),
    ]
    table = _grid(pl.concat([grid, *totals], how="diagonal"))
    return f'Campaign report\n"{english_range(ads)}"\n' + table.write_csv()


def _columns(
    ads: pl.DataFrame,
    labels: list[str],
    *,
    thousands: str = ",",
    decimal: str = ".",
    day: str = "%Y-%m-%d",
    percent: str = "%",
) -> pl.DataFrame:
    number = Notation(thousands, decimal, percent)
    cost, clicks, conversions = pl.col("cost"), pl.col("clicks"), pl.col("conversions")
    cells = [
        stated("kind"),
        stated("name"),
        stated("campaign_id"),
        pl.col("account_id"),
        pl.col("date").dt.strftime(day),
        pl.col("currency"),
        number.plain(cost),
        number.whole(clicks),
        number.whole(pl.col("impressions")),
        number.rate(clicks, pl.col("impressions")),
        number.plain(ratio(cost, clicks)),
        number.grouped(conversions),
        number.rate(conversions, clicks * 100),
        number.grouped(pl.col("value")),
        number.plain(ratio(cost * 100, conversions)),
    ]
    return ads.select(cell.alias(label) for label, cell in zip(labels, cells, strict=True))


def _grid(rows: pl.DataFrame) -> pl.DataFrame:
    number = Notation(",", ".", "%")
    cost, clicks, conversions = pl.col("cost"), pl.col("clicks"), pl.col("conversions")
    cells = [
        pl.col("label"),
        stated("name"),
        stated("budget"),
        pl.lit(NOTHING),
        stated("budget_type"),
        stated("state"),
        pl.lit(None, pl.String),
        pl.lit(NOTHING),
        stated("kind"),
        stated("account_id"),
        pl.col("currency"),
        number.whole(pl.col("impressions")),
        number.whole(clicks),
        number.rate(clicks, pl.col("impressions")),
        number.plain(ratio(cost, clicks)),
        number.plain(cost),
        number.whole(clicks),
        number.rate(conversions, clicks * 100),
        number.grouped(conversions),
        number.grouped(pl.col("value")),
        number.plain(ratio(cost * 100, conversions)),
    ]
    return rows.select(cell.alias(label) for label, cell in zip(PERIOD, cells, strict=True))
