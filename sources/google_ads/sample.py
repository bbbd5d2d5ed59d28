"""An invented company's Google Ads: accounts of four markets, downloaded in as many ways as people would."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.google_ads import invented_details as details
from sources.google_ads import invented_reports as reports
from sources.invented import Company, Planted, gap
from sources.invented_ads import campaigns_of, restated, spent
from sources.invented_files import digest, drop, saved_again

TOOL = "google_ads"
ACCOUNTS = {"FR": "418-220-7731", "GB": "552-908-1146", "MA": "730-415-2289"}
# of an account of which nothing else is exported
CARD = {"name": "BE_Brand_Search", "campaign": "brand-be", "currency": "EUR", "cost": 162_260, "clicks": 310}
KEY = ["market", "campaign_no", "date"]


def write(company: Company, folder: Path) -> Planted:
    """Write the daily reports of the last year, an older year of one account by the month, a copy and a restatement.

    The last days stand in finer reports as well, and once more in one that was filtered.
    """
    until = company.until
    daily_from = date(until.year - 1, until.month, 1)
    ads = company.ads.with_columns(
        account_id=pl.col("market").replace_strict(ACCOUNTS),
        campaign_id=(24_126_000_000 + pl.col("campaign_no") * 88_583).cast(pl.String),
    )
    older = ads.filter((pl.col("market") == "FR") & (pl.col("date") < daily_from))
    daily, gone = _without_a_week(ads.filter(pl.col("date") >= daily_from), until)
    french, british, moroccan = (daily.filter(pl.col("market") == market) for market in ACCOUNTS)
    recent = french.filter(pl.col("date") >= until - timedelta(days=30))
    later = _restated(recent)
    _write_halves(french, folder, until)
    drop(folder / "france", "France - 30 derniers jours.csv", reports.daily(later).encode(), until, hour=18)
    drop(folder / "uk", "Campaign report.csv", reports.excel(british), until)
    above = ["Rapport sur les campagnes", reports.french_range(moroccan)]
    drop(folder / "maroc", "Rapport sur les campagnes.csv", saved_again(reports.french(moroccan), above), until)
    gaps = [
        _write_months(older, folder / "france", until),
        _write_details(later, british, moroccan, folder, until),
        _write_filtered(british, folder, until),
    ]
    drop(folder / "belgique", "Campaigns.csv", details.card(CARD), until)
    card = pl.DataFrame([CARD]).with_columns(account_id=pl.lit(None, pl.String))
    kept = daily.join(later, on=KEY, how="anti", nulls_equal=True, maintain_order="left")
    every_day = pl.concat([kept, later])
    return Planted(
        campaigns=campaigns_of(TOOL, pl.concat([older, every_day, card], how="diagonal")),
        gaps=pl.concat([*gaps, *_gaps(company, every_day, gone)]),
        spend=spent(TOOL, every_day, pl.concat([older, card], how="diagonal")),
        restatements=restated(TOOL, recent, later),
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


def _restated(days: pl.DataFrame) -> pl.DataFrame:
    """The same days once late conversions were counted and late clicks billed."""
    more = pl.col("conversions") // 30 + 3
    return days.with_columns(
        cost=pl.col("cost") + pl.col("cost") // 180 + 1,
        conversions=pl.col("conversions") + more,
        value=pl.col("value") + more * 61,
    )


def _write_months(older: pl.DataFrame, folder: Path, until: date) -> pl.DataFrame:
    """One report of period totals a month, numbered by the browser; two of them hide a removed campaign.

    The total of the campaigns counts it in one, only the account's own in the other.
    """
    months = older.with_columns(month=pl.col("date").dt.truncate("1mo")).partition_by("month", maintain_order=True)
    hiding, removed = len(months) // 2, len(months) // 3
    gaps = []
    for number, month in enumerate(months):
        name = f"Campaign report ({number}).csv" if number else "Campaign report.csv"
        hidden, beside = (18_437 if number == hiding else 0), (9_264 if number == removed else 0)
        path = drop(folder, name, reports.period(month, hidden, beside).encode(), until)
        subject = f"{TOOL}/{folder.name}/{name}"
        if hidden:
            gaps.append(gap("totals_differ", TOOL, subject=subject))
        if beside:
            gaps.append(gap("spend_not_shown", TOOL, [f"{subject}:{digest(path)[:12]}:1"], subject=subject))
    return pl.concat(gaps)


def _write_details(
    french: pl.DataFrame, british: pl.DataFrame, moroccan: pl.DataFrame, folder: Path, until: date
) -> pl.DataFrame:
    """Reports below the campaign; the search terms of a period repeat what the campaigns' days state."""
    week, fortnight = (pl.col("date") >= until - timedelta(days=days) for days in (7, 14))
    drop(folder / "uk", "Ad group report.csv", details.ad_groups(british.filter(fortnight)), until)
    drop(folder / "uk", "Asset group report.csv", details.asset_groups(british.filter(week)), until)
    drop(folder / "uk", "Search keyword report.csv", details.keywords(british.filter(week)), until)
    drop(folder / "uk", "Conversions by action.csv", details.conversions(british.filter(week)), until)
    drop(folder / "maroc", "Rapport sur les zones géographiques.csv", details.locations(moroccan.filter(week)), until)
    ads, above = details.ads_for_a_spreadsheet(french.filter(week))
    lost = drop(folder / "france", "Rapport sur les annonces.csv", saved_again(ads, above), until, hour=18)
    terms, count = details.search_terms(french.filter(week))
    repeated = drop(folder / "france", "Search terms report.csv", terms, until, hour=18)
    first = details.ABOVE_ROWS + 1
    cells = [f"{TOOL}/france/{lost.name}:{first + row}:ad_id" for row in range(len(ads))]
    rows = [f"{digest(repeated)}:{first + row}" for row in range(count)]
    return pl.concat([gap("lost_ids", TOOL, cells), gap("repeated_figures", TOOL, rows)])


def _write_filtered(british: pl.DataFrame, folder: Path, until: date) -> pl.DataFrame:
    """The last month again, of a single campaign: somebody left a filter on, and its other rows are not to be lost."""
    recent = british.filter(pl.col("date") >= until - timedelta(days=30))
    single = recent.filter(pl.col("campaign_no") == recent["campaign_no"].min())
    held = drop(folder / "uk", "Campaign report (1).csv", reports.excel(single), until, hour=20)
    return gap("held_export", TOOL, [f"{TOOL}/uk/{held.name}:{digest(held)[:12]}"])


def _gaps(company: Company, ads: pl.DataFrame, gone: pl.DataFrame) -> Iterator[pl.DataFrame]:
    day = (pl.lit(f"{TOOL}/") + pl.col("account_id") + pl.lit("/") + pl.col("date").cast(pl.String)).alias("day")
    unnamed = ads.filter(pl.col("name").is_null()).select(day + pl.lit("/")).to_series()
    yield gap("spend_without_campaign", TOOL, unnamed)
    yield gap("missing_days", TOOL, gone.select(day).to_series().unique(maintain_order=True))
    # The rates are units for one euro: the euro needs none.
    unquoted = set(ads["currency"].unique()) - set(company.rates["currency"].unique()) - {"EUR"}
    for currency in sorted(unquoted):
        yield gap("no_exchange_rate", TOOL, subject=currency)
