"""An invented company's Pinterest Ads: an account per market, exported at a level each."""

from datetime import timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, in_units, money
from sources.invented_ads import MEASURES, campaigns_of, every_day, shared_out, spent, summed
from sources.invented_files import drop, saved_again, workbook

TOOL = "pinterest_ads"
ACCOUNTS = {"FR": "549770313877", "GB": "549771526094"}
CAMPAIGN = "catalogue"
DAYS = 60
ADS = pl.DataFrame(
    {
        "ad_group": ["Cargo", "Cargo", "Family"],
        "ad": ["Carousel", "Pin, static", "Video"],
        "no": [0, 1, 2],
        "share": [35, 35, 30],
    }
)
GROUP_KEYS = ["date", "name", "ad_group", "account_id", "currency"]
FRENCH = {
    "Date": "Date",
    "Campaign name": "Nom de la campagne",
    "Ad account ID": "ID du compte publicitaire",
    "Ad account currency": "Devise du compte publicitaire",
    "Spend in account currency": "Dépenses dans la devise du compte",
    "Impressions": "Impressions",
    "Pin clicks": "Clics sur l'Épingle",
    "Conversions": "Conversions",
}


def write(company: Company, folder: Path) -> Planted:
    """Write two months of the French campaigns, and a workbook into which somebody put two British exports.

    One sheet has a month of ad groups, the other a month of ads.
    """
    until = company.until
    chosen = every_day(company, ACCOUNTS, DAYS).filter(pl.col("campaign") == CAMPAIGN)
    # a quarter of what it costs elsewhere
    ads = chosen.with_columns(pl.col(MEASURES) // 4)
    british, french = ads.filter(pl.col("market") == "GB"), ads.filter(pl.col("market") == "FR")
    halfway = until - timedelta(days=30)
    groups = shared_out(british.filter(pl.col("date") < halfway), ADS)
    single = shared_out(british.filter(pl.col("date") >= halfway), ADS)
    again = _cells(french, []).select(list(FRENCH)).rename(FRENCH)
    sheets = {
        "Ad groups": _cells(summed(groups, GROUP_KEYS), ["Ad group name"]),
        "Ads": _cells(single, ["Ad group name", "Ad name", "Ad ID"]),
    }
    drop(folder / "uk", "Pinterest UK.xlsx", workbook(sheets, until), until)
    drop(folder / "france", "Pinterest campagnes.csv", saved_again(again), until)
    return Planted(
        campaigns=campaigns_of(TOOL, ads),
        spend=spent(TOOL, ads),
        settings={"owner": "social", "monthly_cost": 0},
    )


def _cells(rows: pl.DataFrame, entities: list[str]) -> pl.DataFrame:
    """As the reporting page exports it: one row per day, results in brackets, ids with letters before them."""
    made = {
        "Ad group name": lambda: pl.col("ad_group"),
        "Ad name": lambda: pl.col("ad"),
        "Ad ID": lambda: pl.lit("PP") + (687_311_495_000 + pl.col("no") * 977).cast(pl.String),
    }
    results = pl.col("conversions") // 100
    each = pl.when(results > 0).then("[" + in_units(pl.col("cost") // results.clip(1)) + "]")
    return rows.select(
        pl.col("date").alias("Date"),
        pl.col("name").alias("Campaign name"),
        *(made[label]().alias(label) for label in entities),
        **{
            "Ad account ID": pl.col("account_id"),
            "Ad account currency": pl.col("currency"),
            "Spend in account currency": money(pl.col("cost")),
            "Impressions": pl.col("impressions"),
            "Pin clicks": pl.col("clicks"),
            "Conversions": money(pl.col("conversions")),
            "Result": "[" + results.cast(pl.String) + "]",
            "Cost per result": each,
        },
    )
