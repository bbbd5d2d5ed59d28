"""An invented company's Microsoft Advertising: reports by day, a grid over a month, and two weeks in finer reports."""

from datetime import timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted
from sources.invented_ads import campaigns_of, every_day, shared_out, span, spent, summed
from sources.invented_files import drop, saved_again, zipped
from sources.microsoft_ads import invented_reports as reports

TOOL = "microsoft_ads"
ACCOUNTS = {"FR": "180417223", "GB": "180553904"}
KINDS = ["Search", "Performance Max"]
DAYS = 75
GROUPS_BY_DEVICE = pl.DataFrame(
    {"ad_group": ["Exact", "Exact"], "device": ["Computer", "Smartphone"], "share": [60, 40]}
)
ASSET_GROUPS = pl.DataFrame({"asset_group": ["Cargo", "Familles"], "share": [55, 45]})
ADS = pl.DataFrame(
    {
        "ad_group": ["Core", "Core"],
        "ad_id": ["82945799304067", "82945799304068"],
        "ad": ["Cargo bikes", "Try a week"],
        "share": [50, 50],
    }
)
TERMS = pl.DataFrame(
    {
        "ad_group": ["Core", "Core"],
        "term": ["cargo bike for work", "e cargo"],
        "keyword": ["cargo bike", "e-cargo"],
        "share": [60, 40],
    }
)
KEYWORDS = pl.DataFrame({"ad_group": ["Core", "Core"], "keyword": ["cargo bike", "e-cargo"], "share": [60, 40]})


def write(company: Company, folder: Path) -> Planted:
    """Write one account's report in two halves, one of them saved again; the other's grid, reports and keywords."""
    until = company.until
    ads = _ads(company)
    recent, fortnight, week = (pl.col("date") >= until - timedelta(days=days) for days in (40, 14, 7))
    french, british = (ads.filter(pl.col("market") == market) for market in ACCOUNTS)
    older, daily, month = french.filter(~recent), british.filter(recent), british.filter(~recent)
    searched = pl.col("kind") == "Search"
    groups = shared_out(french.filter(fortnight & searched), GROUPS_BY_DEVICE)
    assets = shared_out(french.filter(week & ~searched), ASSET_GROUPS)
    archive = {
        "Campaign performance": (daily, reports.CAMPAIGNS),
        "Keyword performance": (shared_out(daily.filter(fortnight & searched), KEYWORDS), reports.KEYWORDS),
        "Ad performance": (shared_out(daily.filter(week & searched), ADS), reports.ADS),
        "Search term performance": (shared_out(daily.filter(week & searched), TERMS), reports.TERMS),
    }
    members = {f"{name}.csv": reports.report(*content, name, reports.API) for name, content in archive.items()}
    first, last = span(month)
    content = {
        "Rapport sur les campagnes.csv": saved_again(
            reports.table(older, reports.CAMPAIGNS, reports.FRENCH), below=["", reports.footer(older)]
        ),
        "Campaign_Performance_Report.csv": reports.report(french.filter(recent), reports.CAMPAIGNS, "Campagnes"),
        "Ad_Group_Report.csv": reports.report(groups, reports.AD_GROUPS_BY_DEVICE, "Groupes par appareil"),
        "Asset_Group_Report.csv": reports.report(assets, reports.ASSET_GROUPS, "Groupes de ressources"),
        f"Campaigns_{first}_{last}.csv": reports.grid(summed(month, reports.ACCOUNT[1:])),
        "uk.zip": zipped(members, until),
    }
    for name, exported in content.items():
        drop(folder, name, exported, until)
    return Planted(
        campaigns=campaigns_of(TOOL, ads),
        spend=spent(TOOL, pl.concat([french, daily]), month),
        settings={"owner": "acquisition", "monthly_cost": 0},
    )


def _ads(company: Company) -> pl.DataFrame:
    """What the accounts spent in the last days."""
    days = every_day(company, ACCOUNTS, DAYS).filter(pl.col("kind").is_in(KINDS))
    conversions = pl.col("conversions") // 300
    return days.with_columns(
        account=pl.lit(f"{company.name} ") + pl.col("market"),
        campaign_id=(436_530_000 + pl.col("campaign_no") * 7_919).cast(pl.String),
        cost=pl.col("cost") // 6 + 11,
        impressions=pl.col("impressions") // 5 + 7,
        clicks=pl.col("clicks") // 7 + 1,
        conversions=conversions,
        value=pl.when(conversions > 0).then(pl.col("value") // 7).otherwise(0),
    )
