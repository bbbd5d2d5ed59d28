"""The forms in which Campaign Manager exports a report, for the invented company's accounts; money in hundredths."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sources.invented import money
from sources.invented_ads import span

ENGLISH, FRENCH = range(2)
LABELS = {
    "date": ("Start Date (in UTC)", "Date de début (en UTC)"),
    "account": ("Account Name", "Nom du compte"),
    "currency": ("Currency", "Devise"),
    "group_id": ("Campaign Group ID", "ID du groupe de campagnes"),
    "group": ("Campaign Group Name", "Nom du groupe de campagnes"),
    "campaign_id": ("Campaign ID", "ID de la campagne"),
    "name": ("Campaign Name", "Nom de la campagne"),
    "objective": ("Campaign Objective", "Objectif de la campagne"),
    "kind": ("Campaign Type", "Type de campagne"),
    "ad_id": ("Ad ID", "ID Pub"),
    "ad": ("Ad Name", "Nom de la publicité"),
    "text": ("Ad Introduction Text", "Texte pub présentation"),
    "spend": ("Total Spent", "Total dépensé"),
    "impressions": ("Impressions", "Impressions"),
    "clicks": ("Clicks", "Clics"),
    "click_rate": ("Click Through Rate", "Taux de clics"),
    "conversions": ("Conversions", "Conversions"),
    "value": ("Total Conversion Value", "Valeur totale des conversions"),
}
ACCOUNT = ("date", "account", "currency", "group_id", "group")
FIGURES = ("spend", "impressions", "clicks", "click_rate", "conversions", "value")
GROUPS = (*ACCOUNT, *FIGURES)
CAMPAIGNS = (*ACCOUNT, "campaign_id", "name", "objective", "kind", *FIGURES)
ADS = (*ACCOUNT, "campaign_id", "name", "ad_id", "ad", "text", *FIGURES)


def english(rows: pl.DataFrame, columns: Sequence[str], until: date) -> bytes:
    """As the export button writes it: UTF-16 with tabs, months first, lines above the header."""
    first, last = (f"{day:%B} {day.day}, {day.year}" for day in span(rows))
    what = "Ad" if "ad" in columns else "Campaign"
    above = [f"{what} Performance Report (in UTC)", f"Report Start: {first}", f"Report End: {last}"]
    above += [f"Date Generated: {until:%B} {until.day}, {until.year}", "", ""]
    return _utf_16("\n".join(above) + table(rows, columns, ENGLISH).write_csv(separator="\t", date_format="%-m/%-d/%Y"))


def french(rows: pl.DataFrame, columns: Sequence[str]) -> bytes:
    """As it is for a French user: decimal commas, days first, no lines above the header."""
    rows = table(rows, columns, FRENCH)
    return _utf_16(rows.write_csv(separator="\t", date_format="%d/%m/%Y", decimal_comma=True))


def _utf_16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


def table(rows: pl.DataFrame, columns: Sequence[str], language: int) -> pl.DataFrame:
    """The columns under the labels of a language."""
    rate = pl.when(pl.col("impressions") > 0).then(pl.col("clicks") * 1_000_000 // pl.col("impressions").clip(1))
    written = (
        (rate // 10_000).cast(pl.String) + (".", ",")[language] + (rate % 10_000 // 10).cast(pl.String).str.zfill(3)
    )
    cells = {
        "spend": money(pl.col("cost")),
        "click_rate": written + "%",
        "value": money(pl.col("value")),
    }
    return rows.select(cells.get(at, pl.col(at)).alias(LABELS[at][language]) for at in columns)
