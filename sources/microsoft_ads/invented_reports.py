"""The forms in which Microsoft Advertising hands out figures, for the invented company; money in hundredths."""

from collections.abc import Sequence

import polars as pl

from sources.invented import money
from sources.invented_ads import span

# label of the interface, name of the API, French label
LABELS = {
    "date": ("Gregorian date", "TimePeriod", "Date"),
    "account_id": ("Account ID", "AccountId", "ID de compte"),
    "account": ("Account name", "AccountName", "Nom du compte"),
    "campaign_id": ("Campaign ID", "CampaignId", "ID de campagne"),
    "name": ("Campaign name", "CampaignName", "Nom de la campagne"),
    "kind": ("Campaign type", "CampaignType", "Type de campagne"),
    "ad_group": ("Ad group", "AdGroupName", "Groupe d'annonces"),
    "asset_group": ("Asset group", "AssetGroupName", "Groupe de ressources"),
    "ad_id": ("Ad ID", "AdId", "ID d'annonce"),
    "ad": ("Ad title", "AdTitle", "Titre de l'annonce"),
    "term": ("Search term", "SearchQuery", "Terme de recherche"),
    "keyword": ("Keyword", "Keyword", "Mot clé"),
    "device": ("Device type", "DeviceType", "Type d'appareil"),
    "currency": ("Currency code", "CurrencyCode", "Code devise"),
    "impressions": ("Impressions", "Impressions", "Impressions"),
    "clicks": ("Clicks", "Clicks", "Clics"),
    "rate": ("CTR (%)", "Ctr", "CTR (%)"),
    "spend": ("Spend", "Spend", "Dépense"),
    "conversions": ("Conversions", "Conversions", "Conversions"),
    "value": ("Revenue", "Revenue", "Chiffre d'affaires"),
}
INTERFACE, API, FRENCH = range(3)
ACCOUNT = ("date", "account", "account_id", "currency", "campaign_id", "name", "kind")
FIGURES = ("impressions", "clicks", "rate", "spend", "conversions", "value")
CAMPAIGNS = (*ACCOUNT, *FIGURES)
AD_GROUPS_BY_DEVICE = (*ACCOUNT, "ad_group", "device", *FIGURES)
ASSET_GROUPS = (*ACCOUNT, "asset_group", *FIGURES)
ADS = (*ACCOUNT, "ad_group", "ad_id", "ad", *FIGURES)
TERMS = (*ACCOUNT, "ad_group", "term", "keyword", *FIGURES)
KEYWORDS = (*ACCOUNT, "ad_group", "keyword", *FIGURES)
GRID = (
    "Campaign ID", "Status", "Campaign", "Account ID", "Currency", "Budget", "Budget Type", "Spend", "Delivery",
    "Campaign Type", "Clicks", "Impr.", "Conv.", "Revenue",
)  # fmt: skip
TOTALS = ("Search", "Audience", "Performance Max")


def report(rows: pl.DataFrame, columns: Sequence[str], name: str, labels: int = INTERFACE) -> bytes:
    """As a report is downloaded: UTF-8 with a byte order mark, everything quoted, months first."""
    first, last = (f"{day.month}/{day.day}/{day.year}" for day in span(rows))
    above = [
        f"Report Name: {name}",
        f"Report Time: {first},{last}",
        "Time Zone: (GMT+01:00) Brussels, Copenhagen, Madrid, Paris",
        f"Last Completed Available Day: {last} 10:15:00 PM (GMT)",
        "Report Aggregation: Daily",
        "Report Filter: ",
        "Potential Incomplete Data: false",
        f"Rows: {rows.height}",
    ]
    lines = [*(f'"{line}"' for line in above), ""]
    cells = table(rows, columns, labels).write_csv(quote_style="always", date_format="%-m/%-d/%Y")
    return _marked("\n".join(lines) + f'\n{cells}\n"{footer(rows)}"\n')


def grid(rows: pl.DataFrame) -> bytes:
    """As the grid of campaigns is downloaded: ids in brackets, one total per type of campaign below."""
    stated = rows.select(
        pl.format("[{}]", "campaign_id").alias("label"),
        pl.lit("Enabled").alias("state"),
        "name",
        "account_id",
        "currency",
        pl.lit("40").alias("budget"),
        pl.lit("DailyBudgetStandard").alias("budget_type"),
        money(pl.col("cost")),
        pl.lit("Eligible").alias("delivery"),
        "kind",
        "clicks",
        "impressions",
        "conversions",
        money(pl.col("value")),
    )
    numbers = {"cost", "clicks", "impressions", "conversions", "value"}
    sums = [pl.col(name).sum() if name in numbers else pl.lit("-").alias(name) for name in stated.columns]
    totals = [
        stated.filter(pl.col("kind") == kind).select(sums).with_columns(label=pl.lit(f"{kind} total"))
        for kind in TOTALS
    ]
    rows = pl.concat([stated, *totals], how="vertical_relaxed")
    return _marked(rows.rename(dict(zip(rows.columns, GRID, strict=True))).write_csv())


def table(rows: pl.DataFrame, columns: Sequence[str], labels: int) -> pl.DataFrame:
    """The columns under one set of labels."""
    rate = pl.col("clicks").cast(pl.Decimal(18, 4)) * 100 / pl.col("impressions")
    cells = {
        "rate": rate.cast(pl.Decimal(18, 2)),
        "spend": money(pl.col("cost")),
        "value": money(pl.col("value")),
    }
    return rows.select(cells.get(at, pl.col(at)).alias(LABELS[at][labels]) for at in columns)


def _marked(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def footer(rows: pl.DataFrame) -> str:
    """The line below a report."""
    return f"©{span(rows)[1].year} Microsoft Corporation. All rights reserved. "
