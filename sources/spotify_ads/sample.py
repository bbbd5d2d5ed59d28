"""An invented company's Spotify Ads: one French account, exported at three levels."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import polars as pl

from sources.invented import Company, Planted, gap, money
from sources.invented_ads import campaigns_of, every_day, shared_out, span, spent
from sources.invented_files import drop, saved_again

TOOL = "spotify_ads"
ACCOUNT = str(uuid5(NAMESPACE_URL, "an account of Spotify Ads"))
CAMPAIGN, AD_SETS, ADS = "fleet", ["Managers 25-44", "Cities"], ["Audio 30s", "Audio 15s"]
SINCE, STALE = 80, 20
MEASURES = ["cost", "impressions", "clicks"]


def write(company: Company, folder: Path) -> Planted:
    """Write twenty days each of campaigns, ad sets and ads, and nothing since; the ad sets were saved again."""
    days = [company.until - timedelta(days=days) for days in (SINCE, 60, 40, STALE)]
    chosen = every_day(company, {"FR": ACCOUNT}, SINCE).filter(pl.col("campaign") == CAMPAIGN)
    ads = chosen.filter(pl.col("date") < days[3]).with_columns(pl.col(MEASURES) // 2)
    campaigns, sets, single = (ads.filter(pl.col("date").is_between(*span, closed="left")) for span in pairwise(days))
    sets = shared_out(sets, _under(AD_SETS, "Ad Set"), MEASURES)
    single = shared_out(shared_out(single, _under(AD_SETS, "Ad Set"), MEASURES), _under(ADS, "Ad"), MEASURES)
    drop(folder, "campaign-report.csv", _report(campaigns, "Campaign"), days[1])
    drop(folder, "ad-set-report.csv", saved_again(_cells(sets), above=_above(sets, "Ad Set")), days[2])
    drop(folder, "ad-report.csv", _report(single, "Ad"), days[3])
    return Planted(
        campaigns=campaigns_of(TOOL, ads),
        gaps=gap("stale_export", TOOL, [f"{TOOL}/ad-report.csv"]),
        spend=spent(TOOL, ads),
        settings={"owner": "brand", "monthly_cost": 0},
    )


def _under(names: list[str], entity: str) -> pl.DataFrame:
    """Two that share what their campaign spends."""
    ids = [str(uuid5(NAMESPACE_URL, name)) for name in names]
    return pl.DataFrame({f"{entity} ID": ids, f"{entity} Name": names, "share": [50, 50]})


def _above(rows: pl.DataFrame, entity: str) -> list[str]:
    """The lines that name a report, and a blank one."""
    first, last = span(rows)
    return [
        f"Report Name: {entity} report", "Report Granularity: Daily", f"Report Primary Entity: {entity}",
        f"Report Date Range: {first} - {last} (UTC)", f"Report Data as of: {last} 23:59:59 (UTC)", "",
    ]  # fmt: skip


def _report(rows: pl.DataFrame, entity: str) -> bytes:
    """As Ads Manager exports it."""
    return ("\n".join([*_above(rows, entity), ""]) + _cells(rows).write_csv(date_format="%Y/%m/%d")).encode()


def _cells(rows: pl.DataFrame) -> pl.DataFrame:
    entities = [column for column in rows.columns if column.startswith("Ad ")]
    return rows.select(
        pl.col("date").alias("Date"),
        pl.lit(ACCOUNT).alias("Ad Account ID"),
        pl.col("currency").alias("Ad Account Currency"),
        pl.lit(str(uuid5(NAMESPACE_URL, CAMPAIGN))).alias("Campaign ID"),
        pl.col("name").alias("Campaign Name"),
        *entities,
        **{
            "Spend": money(pl.col("cost")),
            "Impressions": pl.col("impressions"),
            "Clicks": pl.col("clicks"),
            "Video Views": pl.lit("-"),
        },
    )
