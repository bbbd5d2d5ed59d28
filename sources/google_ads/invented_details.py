"""Reports below the campaign, whose rows add up to the campaigns' own: money and conversions in hundredths."""

from typing import Any

import polars as pl

from sources.google_ads.invented_numbers import NOTHING, Notation, stated
from sources.google_ads.invented_reports import english_range, french_range, in_utf_16
from sources.invented import money
from sources.invented_ads import shared_out, summed

AD_GROUPS = pl.DataFrame({"ad_group": ["Core", "Test"], "share": [60, 40]})
ASSET_GROUPS = pl.DataFrame({"asset_group": ["Cargo", "Family"], "share": [70, 30]})
LOCATIONS = pl.DataFrame({"location": ["Casablanca", "Rabat", "Tanger"], "share": [50, 30, 20]})
ACTIONS = pl.DataFrame({"action": ["Quote request", "Test ride booked"], "share": [55, 45]})
ADS = pl.DataFrame(
    {
        "ad_group": ["Entreprises", "Entreprises"],
        "ad": ["Livrez à vélo", "Essai d'une semaine"],
        # 689 317 450 218 and 689 317 450 863, as a French spreadsheet shows what has twelve digits or more
        "ad_id": ["6,89317E+11", "6,89317E+11"],
        "share": [60, 40],
    }
)
KEYWORDS = pl.DataFrame(
    {
        "keyword": ["[cargo bike]", "cargo bike lease"],
        "match": ["Exact match", "Broad match"],
        "share": [65, 35],
    }
)
TERMS = pl.DataFrame(
    {
        "term": ["vélo cargo entreprise", "triporteur livraison", "vélo cargo prix"],
        "match": ["Exact match", "Phrase match", "Broad match"],
        "keyword": ["[vélo cargo entreprise]", "triporteur", NOTHING],
        "share": [45, 30, 25],
    }
)
ABOVE_ROWS = 3
ENGLISH, FRENCH = Notation(",", ".", "%"), Notation("\u00a0", ",", "\u00a0%")


def ad_groups(ads: pl.DataFrame) -> bytes:
    """The ad groups' days, with totals below, as the `Excel .csv` button downloads them."""
    rows = shared_out(ads, AD_GROUPS).with_columns(status=pl.lit("Enabled"))
    sums = summed(rows, ["currency"])
    totals = [sums.with_columns(status=pl.lit(f"Total: {what}")) for what in ("Ad groups", "Account")]
    table = pl.concat([rows, *totals], how="diagonal").select(
        **{
            "Ad group status": pl.col("status"),
            "Ad group": pl.col("ad_group"),
            "Campaign": pl.col("name"),
            "Customer ID": pl.col("account_id"),
            "Day": pl.col("date"),
            **_english(),
        }
    )
    return in_utf_16("Ad group report", english_range(ads), table)


def asset_groups(ads: pl.DataFrame) -> bytes:
    """The days of the asset groups, without totals."""
    rows = shared_out(ads.filter(pl.col("kind") == "Performance Max"), ASSET_GROUPS)
    return _report("Asset group report", english_range(ads), rows, {"Asset group": pl.col("asset_group")})


def keywords(ads: pl.DataFrame) -> bytes:
    """The keywords' days; the label of the total stands in the third column."""
    rows = shared_out(ads.filter(pl.col("kind") == "Search"), KEYWORDS)
    total = summed(rows, ["currency"]).with_columns(match=pl.lit("Total: Keywords"))
    first = {
        "Keyword status": pl.when(pl.col("keyword").is_not_null()).then(pl.lit("Enabled")),
        "Search keyword": pl.col("keyword"),
        "Match type": pl.col("match"),
    }
    every = pl.concat([rows, total], how="diagonal")
    return _report("Search keyword report", english_range(ads), every, first)


def conversions(ads: pl.DataFrame) -> bytes:
    """What the conversions of a day were; the tool splits no cost that way."""
    rows = shared_out(ads, ACTIONS)
    actions = {"Conversion action": pl.col("action")}
    return _report("Campaign report", english_range(ads), rows, actions, without=("Cost", "Clicks", "Impr."))


def locations(ads: pl.DataFrame) -> bytes:
    """Where the campaigns of an account were seen, day by day, as a French interface downloads it."""
    rows = shared_out(ads, LOCATIONS).select(
        **{
            "Zone géographique": pl.col("location"),
            "Campagne": pl.col("name"),
            "Numéro client": pl.col("account_id"),
            "Jour": pl.col("date"),
            "Code de la devise": pl.col("currency"),
            "Coût": FRENCH.plain(pl.col("cost")),
            "Clics": FRENCH.whole(pl.col("clicks")),
            "Impr.": FRENCH.whole(pl.col("impressions")),
            "Conversions": FRENCH.grouped(pl.col("conversions")),
        }
    )
    return f"Rapport sur les zones géographiques\n{french_range(ads)}\n{rows.write_csv()}".encode()


def ads_for_a_spreadsheet(ads: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The ads' days as a French spreadsheet shows them, with the two lines above: the ads' ids are rounded."""
    rows = shared_out(ads, ADS).select(
        **{
            "Annonce": pl.col("ad"),
            "ID de l'annonce": pl.col("ad_id"),
            "Groupe d'annonces": pl.col("ad_group"),
            "Campagne": pl.col("name"),
            "Numéro client": pl.col("account_id"),
            "Jour": pl.col("date"),
            "Code de la devise": pl.col("currency"),
            "Coût": money(pl.col("cost")),
            "Clics": pl.col("clicks"),
            "Impr.": pl.col("impressions"),
            "Conversions": money(pl.col("conversions")),
        }
    )
    return rows, ["Rapport sur les annonces", french_range(ads)]


def search_terms(ads: pl.DataFrame) -> tuple[bytes, int]:
    """What people searched for over a period, totals below; and how many rows are data."""
    keys = ["name", "kind", "account_id", "currency"]
    searched = ads.filter(pl.col("kind") == "Search")
    rows = shared_out(summed(searched, keys), TERMS)
    total = summed(rows, ["currency"]).with_columns(term=pl.lit("Total: Search terms"))
    is_total = pl.col("match").is_null()
    table = pl.concat([rows, total], how="diagonal").select(
        **{
            "Search term": pl.col("term"),
            "Match type": stated("match"),
            "Added/Excluded": pl.when(is_total).then(pl.lit(NOTHING)).otherwise(pl.lit("None")),
            "Campaign": stated("name"),
            "Customer ID": stated("account_id"),
            "Ad group": pl.when(is_total).then(pl.lit(NOTHING)).otherwise(pl.lit("Core")),
            "Keyword": stated("keyword"),
            **_english(),
            "Campaign type": stated("kind"),
        }
    )
    return f'Search terms report\n"{english_range(searched)}"\n{table.write_csv()}'.encode(), rows.height


def card(campaign: dict[str, Any]) -> bytes:
    """The overview's card of campaigns: neither account nor days, the currency in the cell."""
    header = "Campaign Name,Campaign Group Name,Campaign Status,Cost,Clicks,CTR"
    cost = f"€{campaign['cost'] // 1000_00},{campaign['cost'] // 100 % 1000:03}.{campaign['cost'] % 100:02}"
    return f'{header}\n{campaign["name"]},,Enabled,"{cost}",{campaign["clicks"]},2.10%\n'.encode()


def _english() -> dict[str, pl.Expr]:
    return {
        "Impr.": ENGLISH.whole(pl.col("impressions")),
        "Clicks": ENGLISH.whole(pl.col("clicks")),
        "Currency code": pl.col("currency"),
        "Cost": ENGLISH.plain(pl.col("cost")),
        "Conversions": ENGLISH.grouped(pl.col("conversions")),
        "Conv. value": ENGLISH.grouped(pl.col("value")),
    }


def _report(
    title: str, period: str, rows: pl.DataFrame, first: dict[str, pl.Expr], without: tuple[str, ...] = ()
) -> bytes:
    account = {"Campaign": pl.col("name"), "Customer ID": pl.col("account_id"), "Day": pl.col("date")}
    figures = {label: figure for label, figure in _english().items() if label not in without}
    return f'{title}\n"{period}"\n{rows.select(**first, **account, **figures).write_csv()}'.encode()
