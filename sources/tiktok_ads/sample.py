"""An invented company's TikTok Ads: one French account, exported at another level every few weeks."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, gap, in_units, money
from sources.invented_ads import MEASURES, campaigns_of, every_day, shared_out, spent
from sources.invented_files import drop, saved_again, workbook

TOOL = "tiktok_ads"
ACCOUNT, ACCOUNT_NAME = "7204418835590127617", "Vélosolis FR"
KINDS = ["Display", "Demand Gen"]
WEEKS = 9
AD_GROUPS = pl.DataFrame({"ad_group": ["Large", "Reciblage"], "share": [65, 35]})
ADS = pl.DataFrame({"ad": ["Témoignage 15s", "Démo 30s"], "share": [40, 60]})
FRENCH = {
    "Ad group name": "Nom du groupe de publicités",
    "Campaign name": "Nom de la campagne",
    "Account ID": "ID du compte",
    "Currency": "Devise",
    "By Day": "Par jour",
    "Cost": "Coût",
    "Impressions": "Impressions",
    "Clicks (destination)": "Clics (destination)",
    "Conversions": "Conversions",
}


def write(company: Company, folder: Path) -> Planted:
    """Write three weeks of campaigns and three of ads as workbooks, and three of ad groups saved by a spreadsheet.

    The first does not say which currency it is in, and the name of the last pretends that it is text.
    """
    until = company.until
    first, second, third = (until - timedelta(weeks=weeks) for weeks in (WEEKS, 6, 3))
    chosen = every_day(company, {"FR": ACCOUNT}, 7 * WEEKS).filter(pl.col("kind").is_in(KINDS))
    # a third of what the company spends on them elsewhere
    ads = chosen.with_columns(pl.col(MEASURES) // 3)
    campaigns, groups, single = (
        ads.filter(pl.col("date").is_between(*days, closed="left")) for days in pairwise([first, second, third, until])
    )
    groups, single = shared_out(groups, AD_GROUPS), shared_out(shared_out(single, AD_GROUPS), ADS)
    unpriced = campaigns.with_columns(currency=pl.lit(None, pl.String))
    by_campaign = _downloaded(campaigns, ["Campaign name", "Campaign ID"]).drop("Currency")
    by_ad = _downloaded(single, ["Ad name", "Ad group name", "Campaign name"])
    by_group = _cells(groups, ["Ad group name", "Campaign name"]).select(list(FRENCH)).rename(FRENCH)
    drop(folder, f"Campaign Report-{second}.xlsx", workbook({"Sheet1": by_campaign}, second), second)
    drop(folder, "Groupes de publicités.csv", saved_again(by_group), third)
    drop(folder, f"Ad Report-{until}.csv", workbook({"Sheet1": by_ad}, until), until)
    return Planted(
        campaigns=campaigns_of(TOOL, ads),
        gaps=gap("spend_without_currency", TOOL, _rows(campaigns)),
        spend=spent(TOOL, pl.concat([unpriced, groups, single], how="diagonal")),
        settings={"owner": "social", "monthly_cost": 0},
    )


def _rows(unpriced: pl.DataFrame) -> pl.Series:
    """The days of campaigns as a gap names them."""
    parts = [pl.lit(TOOL), "account_id", pl.col("date").cast(pl.String), _campaign_id(), "name"]
    return unpriced.select(pl.concat_str(parts, separator="/")).to_series()


def _campaign_id() -> pl.Expr:
    return (1_790_000_000_000_000_000 + pl.col("campaign_no") * 7_731_590_221).cast(pl.String)


def _cells(rows: pl.DataFrame, first: list[str]) -> pl.DataFrame:
    """The columns of an export, numbers as numbers; few conversions are masked."""
    count = pl.col("conversions") // 100
    known = {
        "Campaign name": pl.col("name"),
        "Campaign ID": _campaign_id(),
        "Ad group name": pl.col("ad_group") if "ad_group" in rows.columns else pl.lit(None),
        "Ad name": pl.col("ad") if "ad" in rows.columns else pl.lit(None),
    }
    return rows.select(
        *(known[label].alias(label) for label in first),
        **{
            "Account ID": pl.lit(ACCOUNT),
            "Account name": pl.lit(ACCOUNT_NAME),
            "Currency": pl.col("currency"),
            "By Day": pl.col("date"),
            "Cost": money(pl.col("cost")),
            "CPM": in_units(pl.col("cost") * 1000 // pl.col("impressions").clip(1)),
            "Impressions": pl.col("impressions"),
            "Clicks (destination)": pl.col("clicks"),
            "Conversions": pl.when(count.is_between(1, 4)).then(pl.lit("<5")).otherwise(count.cast(pl.String)),
            "Cost per result": pl.lit("-"),
        },
    )


def _downloaded(rows: pl.DataFrame, first: list[str]) -> pl.DataFrame:
    """The sheet that Ads Manager downloads: days as text, below the rows their total, in which nothing is masked."""
    cells = _cells(rows, first).with_columns(pl.col("By Day").cast(pl.String))
    total = cells.select(
        pl.lit(f"Total of {rows.height} results").alias(first[0]),
        pl.col("Cost", "Impressions", "Clicks (destination)").sum(),
        pl.lit("-").alias("By Day"),
        pl.lit(str(rows["conversions"].sum() // 100)).alias("Conversions"),
    )
    return pl.concat([cells, total], how="diagonal")
