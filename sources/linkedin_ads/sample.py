"""An invented company's LinkedIn Ads: two accounts by campaign and day, and two weeks by campaign group and by ad."""

from datetime import timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted
from sources.invented_ads import campaigns_of, every_day, shared_out, spent, summed
from sources.invented_files import drop, saved_again
from sources.linkedin_ads import invented_reports as reports

TOOL = "linkedin_ads"
ACCOUNTS = {"FR": "508213377", "GB": "508994120"}
KINDS = ["Demand Gen", "Display", "Performance Max"]
DAYS = 80
ADS = pl.DataFrame(
    {
        "ad_id": ["311904455", "311904467"],
        "ad": ["Carousel", "Video, 15s"],
        # the text of one goes over several lines
        "text": ["No fuel, no noise.\n\nTry a week.", "Three companies tell"],
        "share": [67, 33],
    }
)


def write(company: Company, folder: Path) -> Planted:
    """Write two files per account and an older one saved again; the account's number stands in their names only."""
    until = company.until
    ads = _ads(company)
    french, british = (ads.filter(pl.col("market") == market) for market in ACCOUNTS)
    recent, fortnight = (pl.col("date") >= until - timedelta(days=days) for days in (40, 14))
    groups = summed(french.filter(fortnight), ["date", "account", "account_id", "currency", "group_id", "group"])
    content = {
        "campaign_performance_report (1)": saved_again(
            reports.table(french.filter(~recent), reports.CAMPAIGNS, reports.FRENCH)
        ),
        "campaign_performance_report": reports.french(french.filter(recent), reports.CAMPAIGNS),
        "campaign_group_performance_report": reports.french(groups, reports.GROUPS),
    }
    for what, exported in content.items():
        drop(folder / "france", f"account_{ACCOUNTS['FR']}_{what}.csv", exported, until)
    content = {
        "campaign_performance_report": reports.english(british, reports.CAMPAIGNS, until),
        "creative_performance_report": reports.english(shared_out(british.filter(fortnight), ADS), reports.ADS, until),
    }
    for what, exported in content.items():
        drop(folder / "uk", f"account_{ACCOUNTS['GB']}_{what}.csv", exported, until)
    return Planted(
        campaigns=campaigns_of(TOOL, ads),
        spend=spent(TOOL, ads),
        settings={"owner": "b2b", "monthly_cost": 0},
    )


def _ads(company: Company) -> pl.DataFrame:
    """What the accounts spent in the last days."""
    days = every_day(company, ACCOUNTS, DAYS).filter(pl.col("kind").is_in(KINDS))
    conversions = pl.col("conversions") // 900
    return days.with_columns(
        account=pl.lit(f"{company.name} ") + pl.col("market"),
        group_id=pl.lit("612044731"),
        group=pl.lit("B2B | Always on"),
        campaign_id=(203_118_400 + pl.col("campaign_no") * 4_391).cast(pl.String),
        objective=pl.when(pl.col("market") == "FR")
        .then(pl.lit("Visites du site web"))
        .otherwise(pl.lit("Website visits")),
        kind=pl.when(pl.col("market") == "FR").then(pl.lit("Contenu sponsorisé")).otherwise(pl.lit("Sponsored Update")),
        cost=pl.col("cost") * 7 // 8 + 23,
        impressions=pl.col("impressions") // 4 + 9,
        clicks=pl.col("clicks") // 6 + 1,
        conversions=conversions,
        value=pl.when(conversions > 0).then(pl.col("value") // 9).otherwise(0),
    )
