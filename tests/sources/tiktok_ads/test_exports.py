from datetime import date
from decimal import Decimal
from io import BytesIO

import polars as pl
import pytest

HEADER = "Campaign name,Campaign ID,Ad group name,Currency,By Day,Cost,Impressions,Clicks (destination),Conversions,CPM"
AD_GROUPS = f"""{HEADER}
Spring,1790000000000000123,Large,EUR,2026-05-01,12.50,"1,200",34,<5,10.42
Spring,1790000000000000123,Narrow,EUR,2026-05-02,0.00,0,0,0,-
Total of 2 results,-,-,-,-,12.50,"1,200",34,3,10.42
"""
FRENCH = """Nom de la publicité;Nom du groupe de publicités;Nom de la campagne;Devise;Par jour;Coût;Clics (destination)
Démo 30s;Large;Été;EUR;31/05/2026;1 234,50;34
Total de 1 résultat;-;-;-;-;1 234,50;34
"""


def workbook() -> bytes:
    table = pl.DataFrame(
        {
            "Campaign name": ["Spring", "Summer", "Total of 2 results"],
            "Campaign ID": ["1790000000000000123", "1790000000000000124", "-"],
            "Account name": ["Shop", "Shop", "-"],
            "Currency": ["GBP", "GBP", "-"],
            "Cost": [1234.5, 0.25, 1234.75],
            "Impressions": [120000, 7, 120007],
            "Conversions": ["12", "<5", "13"],
        }
    )
    buffer = BytesIO()
    table.write_excel(buffer, worksheet="Sheet1")
    return buffer.getvalue()


def test_a_masked_count_is_unknown_and_no_zero(drop):
    file = drop("tiktok_ads/a.csv", AD_GROUPS)
    assert (file.report, file.language, file.rows_rejected, file.cells_rejected) == ("ad_group_report", "en", 0, 0)
    assert file.rows.select("level", "ad_group_name", "spend", "impressions", "clicks", "conversions").rows() == [
        ("ad_group", "Large", Decimal("12.5"), 1200, 34, None),
        ("ad_group", "Narrow", Decimal(0), 0, 0, 0),
    ]


def test_the_last_row_is_the_total_of_the_rows(drop):
    file = drop("tiktok_ads/a.csv", AD_GROUPS)
    assert file.own_total == "Total of 2 results"
    assert file.stated_totals[file.own_total] == file.summed_totals
    assert file.summed_totals == {"spend": "12.5", "impressions": "1200", "clicks": "34"}


def test_a_workbook_is_read_and_its_name_states_the_period(drop):
    file = drop("tiktok_ads/Campaign Report (2026-05-01 to 2026-05-31).xlsx", workbook())
    assert (file.report, file.period_start, file.period_end) == (
        "campaign_report",
        date(2026, 5, 1),
        date(2026, 5, 31),
    )
    assert (file.currency, file.summed_totals["spend"]) == ("GBP", "1234.75")
    assert file.rows.select("campaign_id", "date", "_period_start", "impressions").rows() == [
        ("1790000000000000123", None, date(2026, 5, 1), 120000),
        ("1790000000000000124", None, date(2026, 5, 1), 7),
    ]


def test_a_french_export_saved_again_by_a_spreadsheet_is_read(drop):
    file = drop("tiktok_ads/a.csv", FRENCH.replace("1 234", "1\u00a0234").encode("cp1252"))
    assert (file.report, file.language, file.delimiter, file.rows_loaded) == ("ad_report", "fr", ";", 1)
    assert file.stated_totals[file.own_total] == file.summed_totals == {"spend": "1234.5", "clicks": "34"}
    assert file.rows.select("level", "ad_name", "date", "currency").rows() == [
        ("ad", "Démo 30s", date(2026, 5, 31), "EUR")
    ]


@pytest.mark.parametrize("label", ["Age", "Gender", "Country/Region", "Emplacement"])
def test_a_breakdown_splits_the_rows(drop, label):
    file = drop("tiktok_ads/a.csv", f"Campaign name,{label},Cost,Impressions\nSpring,x,1.50,10\n")
    assert (file.rows["_segment"].to_list(), file.report) == (["x"], "campaign_report")
