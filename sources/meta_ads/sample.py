"""An invented company's Meta Ads: two accounts, exported by day, over a month, by ad set, and by ad and age."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted
from sources.invented_ads import MEASURES, campaigns_of, every_day, shared_out, spent, summed
from sources.invented_files import drop, saved_again, workbook
from sources.meta_ads import invented_reports as reports

TOOL = "meta_ads"
ACCOUNTS = {"FR": "482915073361204", "GB": "731846290517733"}
ACCOUNT_NAMES = {"FR": "Vélosolis France", "GB": "Vélosolis UK"}
KINDS = ["Demand Gen", "Display", "Performance Max"]
DAYS = 90
SHEET = "Worksheet"
AD_SETS = pl.DataFrame({"ad_set": ["Prospection", "Reciblage"], "share": [60, 40]})
ADS_BY_AGE = pl.DataFrame(
    {
        "ad_set": ["Prospecting"] * 4,
        "ad": ["Carousel", "Carousel", "Video 15s", "Video 15s"],
        "age": ["25-34", "35-44", "25-34", "35-44"],
        "share": [36, 24, 24, 16],
    }
)
MONTHS = (
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
)


def write(company: Company, folder: Path) -> Planted:
    """Write two months by day, the month before as one period for one account, and two weeks in finer reports."""
    until = company.until
    ads = _ads(company)
    daily = ads.filter(pl.col("starts_on") >= until - timedelta(days=60))
    french, british = (daily.filter(pl.col("market") == market) for market in ACCOUNTS)
    month = _over_the_month(ads.filter((pl.col("market") == "GB") & (pl.col("starts_on") < daily["starts_on"].min())))
    recent, fortnight = (pl.col("starts_on") >= until - timedelta(days=days) for days in (30, 14))
    content = {
        _named("Vélosolis France", "Campagnes", french.filter(~recent)): reports.csv(
            french.filter(~recent), reports.CAMPAIGNS, french=True
        ),
        "Vélosolis France - 30 derniers jours.csv": saved_again(
            reports.table(french.filter(recent), reports.CAMPAIGNS, french=True)
        ),
        _named("Vélosolis UK", "Campaigns", month): reports.csv(_with_total(month), reports.PERIOD),
        _named("Vélosolis UK", "Campaigns", british, "xlsx"): workbook(
            {SHEET: reports.sheet(british, reports.CAMPAIGNS)}, until
        ),
        _named("Vélosolis France", "Ensembles-de-publicités", french.filter(fortnight)): reports.csv(
            shared_out(french.filter(fortnight), AD_SETS), reports.AD_SETS, french=True
        ),
        _named("Vélosolis UK", "Ads", british.filter(fortnight), "xlsx"): workbook(
            {SHEET: reports.sheet(shared_out(british.filter(fortnight), ADS_BY_AGE), reports.ADS_BY_AGE)}, until
        ),
    }
    for name, exported in content.items():
        drop(folder, name, exported, until)
    return Planted(
        campaigns=campaigns_of(TOOL, pl.concat([daily, month])),
        spend=spent(TOOL, daily, month),
        settings={"owner": "social", "monthly_cost": 0},
    )


def _ads(company: Company) -> pl.DataFrame:
    """What the accounts spent in the last days."""
    days = every_day(company, ACCOUNTS, DAYS).filter(pl.col("kind").is_in(KINDS))
    purchases = pl.col("conversions") // 300
    return days.with_columns(
        account=pl.col("market").replace_strict(ACCOUNT_NAMES),
        campaign_id=(120_213_570_000_410_000 + pl.col("campaign_no") * 90_173).cast(pl.String),
        starts_on="date",
        ends_on="date",
        cost=pl.col("cost") * 5 // 9 + 17,
        impressions=pl.col("impressions") * 3 + 40,
        clicks=pl.col("clicks") * 4 // 5 + 2,
        conversions=purchases,
        value=pl.when(purchases > 0).then(pl.col("value") // 3).otherwise(0),
    ).drop("date")


def _over_the_month(ads: pl.DataFrame) -> pl.DataFrame:
    """One row per campaign, standing for all its days."""
    first, last = ads["starts_on"].min(), ads["ends_on"].max()
    keys = [name for name in ads.columns if name not in (*MEASURES, "starts_on", "ends_on")]
    return summed(ads, keys).with_columns(starts_on=pl.lit(first), ends_on=pl.lit(last)).select(ads.columns)


def _with_total(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows below one without a name that states their sums."""
    total = rows.select("currency", "starts_on", "ends_on", pl.col(MEASURES).sum()).head(1)
    return pl.concat([total, rows], how="diagonal").select(rows.columns)


def _named(account: str, what: str, rows: pl.DataFrame, ending: str = "csv") -> str:
    """A file's name as the tool gives it, its months in the user's language."""
    months = MONTHS["France" in account]
    days: list[date] = [rows["starts_on"].min(), rows["ends_on"].max()]  # type: ignore[list-item]
    first, last = (f"{day.day}-{months[day.month - 1]}-{day.year}" for day in days)
    return f"{account.replace(' ', '-')}-{what}-{first}-{last}.{ending}"
