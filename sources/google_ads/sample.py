"""An invented company's Google Ads: three accounts, downloaded in as many ways as three people would."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.google_ads import invented_reports as reports
from sources.invented import Company, Planted, drop, gap

TOOL = "google_ads"
ACCOUNTS = {"FR": "418-220-7731", "GB": "552-908-1146", "MA": "730-415-2289"}
KEY = ["market", "campaign_no", "date"]


def write(company: Company, folder: Path) -> Planted:
    """Write the daily reports of the last year, an older year of one account by the month, a copy and a restatement."""
    until = company.until
    daily_from = date(until.year - 1, until.month, 1)
    ads = company.ads.with_columns(
        account_id=pl.col("market").replace_strict(ACCOUNTS),
        campaign_id=(24_126_000_000 + pl.col("campaign_no") * 88_583).cast(pl.String),
    )
    older = ads.filter((pl.col("market") == "FR") & (pl.col("date") < daily_from))
    daily, gone = _without_a_week(ads.filter(pl.col("date") >= daily_from), until)
    french, british, moroccan = (daily.filter(pl.col("market") == market) for market in ACCOUNTS)
    restated = _restated(french.filter(pl.col("date") >= until - timedelta(days=30)))
    _write_halves(french, folder, until)
    drop(folder / "france", "France - 30 derniers jours.csv", reports.daily(restated).encode(), until, hour=18)
    drop(folder / "uk", "Campaign report.csv", reports.excel(british), until)
    drop(folder / "maroc", "Rapport sur les campagnes.csv", reports.french(moroccan), until)
    totals_gap = _write_months(older, folder / "france", until)
    kept = daily.join(restated, on=KEY, how="anti", nulls_equal=True, maintain_order="left")
    every_day = pl.concat([kept, restated])
    return Planted(
        campaigns=_campaigns(pl.concat([older, every_day])),
        gaps=pl.concat([totals_gap, *_gaps(company, every_day, gone)]),
        spend=_spend(older, every_day),
        settings={"owner": "acquisition", "monthly_cost": 0},
    )


def _without_a_week(daily: pl.DataFrame, until: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The daily rows but for a week of the British account nobody downloaded, and that week."""
    lost = pl.col("date").is_between(until - timedelta(days=120), until - timedelta(days=114))
    gone = (pl.col("market") == "GB") & lost
    return daily.filter(~gone), daily.filter(gone)


def _write_halves(days: pl.DataFrame, folder: Path, until: date) -> None:
    """A file per half-year, and the first of them again, put aside under another name."""
    halfway = date(until.year, until.month - 6, 1) if until.month > 6 else date(until.year - 1, until.month + 6, 1)
    for half in (days.filter(pl.col("date") < halfway), days.filter(pl.col("date") >= halfway)):
        name = f"France - campagnes {half.item(0, 'date')} {half.item(-1, 'date')}.csv"
        drop(folder / "france", name, reports.daily(half).encode(), until)
    drop(folder / "archive", "France (copie).csv", reports.daily(days.filter(pl.col("date") < halfway)).encode(), until)


def _campaigns(ads: pl.DataFrame) -> pl.DataFrame:
    named = ads.drop_nulls("name").select(
        tool=pl.lit(TOOL), account_id="account_id", campaign_name="name", campaign="campaign"
    )
    return named.unique(maintain_order=True).sort("account_id", "campaign_name")


def _restated(days: pl.DataFrame) -> pl.DataFrame:
    """The same days once late conversions were counted and late clicks billed."""
    more = pl.col("conversions") // 30 + 3
    return days.with_columns(
        cost=pl.col("cost") + pl.col("cost") // 180 + 1,
        conversions=pl.col("conversions") + more,
        value=pl.col("value") + more * 61,
    )


def _write_months(older: pl.DataFrame, folder: Path, until: date) -> pl.DataFrame:
    """One report of period totals a month, numbered by the browser; one of them hides a removed campaign."""
    months = older.with_columns(month=pl.col("date").dt.truncate("1mo")).partition_by("month", maintain_order=True)
    hiding = len(months) // 2
    for number, month in enumerate(months):
        name = f"Campaign report ({number}).csv" if number else "Campaign report.csv"
        hidden = 18_437 if number == hiding else 0
        drop(folder, name, reports.period(month, hidden).encode(), until)
    return gap("totals_differ", TOOL, subject=f"{TOOL}/{folder.name}/Campaign report ({hiding}).csv")


def _gaps(company: Company, ads: pl.DataFrame, gone: pl.DataFrame) -> Iterator[pl.DataFrame]:
    day = (pl.lit(f"{TOOL}/") + pl.col("account_id") + pl.lit("/") + pl.col("date").cast(pl.String)).alias("day")
    unnamed = ads.filter(pl.col("name").is_null()).select(day + pl.lit("/")).to_series()
    yield gap("spend_without_campaign", TOOL, unnamed)
    yield gap("missing_days", TOOL, gone.select(day).to_series().unique(maintain_order=True))
    # The rates are units for one euro: the euro needs none.
    unquoted = set(ads["currency"].unique()) - set(company.rates["currency"].unique()) - {"EUR"}
    for currency in sorted(unquoted):
        yield gap("no_exchange_rate", TOOL, subject=currency)


def _spend(older: pl.DataFrame, every_day: pl.DataFrame) -> pl.DataFrame:
    stated = pl.concat([older.with_columns(day=pl.lit(False)), every_day.with_columns(day=pl.lit(True))])

    def money(cents: pl.Expr) -> pl.Expr:
        return (cents.sum().cast(pl.Decimal(18, 2)) / 100).cast(pl.Decimal(18, 2))

    return (
        stated.group_by("account_id", "currency")
        .agg(
            spend=money(pl.col("cost")),
            spend_by_day=money(pl.col("cost").filter("day")),
            spend_by_period=money(pl.col("cost").filter(~pl.col("day"))),
        )
        .sort("account_id")
        .select(pl.lit(TOOL).alias("tool"), pl.all())
    )
