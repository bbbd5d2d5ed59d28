"""The forms in which Ads Manager exports a report, for the invented company's accounts; money in hundredths."""

from collections.abc import Sequence

import polars as pl
from polars import selectors

from sources.invented import money

LABELS = {
    "account": ("Account name", "Nom du compte"),
    "account_id": ("Account ID", "ID du compte"),
    "day": ("Day", "Jour"),
    "campaign_id": ("Campaign ID", "ID de la campagne"),
    "name": ("Campaign name", "Nom de la campagne"),
    "ad_set": ("Ad set name", "Nom de l’ensemble de publicités"),
    "ad": ("Ad name", "Nom de la publicité"),
    "age": ("Age", "Âge"),
    "results": ("Results", "Résultats"),
    "indicator": ("Result indicator", "Indicateur de résultats"),
    "reach": ("Reach", "Couverture"),
    "frequency": ("Frequency", "Répétition"),
    "spend": ("Amount spent ({})", "Montant dépensé ({})"),
    "impressions": ("Impressions", "Impressions"),
    "all_clicks": ("Clicks (all)", "Clics (tous)"),
    "link_clicks": ("Link clicks", "Clics sur un lien"),
    "purchases": ("Purchases", "Achats"),
    "value": ("Purchases conversion value", "Valeur de conversion des achats"),
    "ends": ("Ends", "Fin"),
    "starts_on": ("Reporting starts", "Début des rapports"),
    "ends_on": ("Reporting ends", "Fin des rapports"),
}
FIGURES = (
    "results", "indicator", "reach", "frequency", "spend", "impressions", "all_clicks", "link_clicks", "purchases",
    "value", "ends", "starts_on", "ends_on",
)  # fmt: skip
CAMPAIGNS = ("account", "account_id", "day", "campaign_id", "name", *FIGURES)
PERIOD = ("account", "account_id", "campaign_id", "name", *FIGURES)
AD_SETS = ("account", "account_id", "day", "name", "ad_set", *FIGURES)
ADS_BY_AGE = ("account", "account_id", "day", "name", "ad_set", "ad", "age", *FIGURES)


def csv(rows: pl.DataFrame, columns: Sequence[str], *, french: bool = False) -> bytes:
    """As the export button writes it: UTF-8 with a byte order mark, commas, decimal points in every language."""
    return b"\xef\xbb\xbf" + table(rows, columns, french=french).write_csv().encode()


def sheet(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """As the sheet of its workbook: days as text, numbers as numbers."""
    return table(rows, columns).with_columns(selectors.date().cast(pl.String))


def table(rows: pl.DataFrame, columns: Sequence[str], *, french: bool = False) -> pl.DataFrame:
    """The columns under the labels of a language; what did not happen is left empty, as the tool does."""
    bought = pl.col("conversions") > 0
    reach = pl.col("impressions") * 10 // 13 + 1
    cells = {
        "day": pl.col("starts_on"),
        "results": pl.when(bought).then("conversions").otherwise("clicks"),
        "indicator": pl.when(bought)
        .then(pl.lit("actions:offsite_conversion.fb_pixel_purchase"))
        .otherwise(pl.lit("actions:link_click")),
        "reach": reach,
        "frequency": (pl.col("impressions").cast(pl.Decimal(18, 6)) / reach).cast(pl.Decimal(18, 6)),
        "spend": money(pl.col("cost")),
        "impressions": pl.col("impressions"),
        "all_clicks": pl.col("clicks") * 6 // 5,
        "link_clicks": pl.col("clicks"),
        "purchases": pl.when(bought).then("conversions"),
        "value": pl.when(bought).then(money(pl.col("value"))),
        "ends": pl.lit("Aucune" if french else "Ongoing"),
        "starts_on": pl.col("starts_on"),
        "ends_on": pl.col("ends_on"),
    }
    currency = rows["currency"].drop_nulls()[0]
    return rows.select(cells.get(at, pl.col(at)).alias(LABELS[at][french].format(currency)) for at in columns)
