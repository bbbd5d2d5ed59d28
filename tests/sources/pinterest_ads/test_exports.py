from datetime import date
from decimal import Decimal

import pytest

ADS = """\
Date,Campaign name,Ad group name,Ad name,Ad entity status,Ad ID,Spend in account currency,Impressions,Pin clicks
2026-05-30,Spring,Core,Carousel,ACTIVE,PP687311495517,12.50,1200,34
2026-05-31,Spring,Core,Carousel,ACTIVE,PP687311495517,0.25,7,0
"""
FRENCH = """\
Date;Nom de la campagne;ID de la campagne;Dépenses dans la devise du compte;Devise du compte;Clics sur l’Épingle
30/05/2026;Été;626751527034;1234,50;EUR;34
"""


def test_ads_keep_the_letters_of_their_ids(drop):
    file = drop("pinterest_ads/a.csv", ADS)
    assert (file.report, file.language, file.summed_totals) == (
        "ad_report",
        "en",
        {"spend": "12.75", "impressions": "1207", "clicks": "34"},
    )
    assert (file.period_start, file.period_end, file.currency) == (date(2026, 5, 30), date(2026, 5, 31), None)
    assert file.rows.select("level", "ad_id", "ad_group_name", "ad_status").unique().rows() == [
        ("ad", "PP687311495517", "Core", "ACTIVE")
    ]


def test_results_are_kept_in_their_brackets(drop):
    content = (
        "Campaign name,Spend in account currency,Result,Cost per result\nSpring,12.78,[9],[1.42]\nAutumn,0.00,[],\n"
    )
    file = drop("pinterest_ads/a.csv", content)
    assert (file.report, file.cells_rejected) == ("campaign_report", 0)
    assert file.rows.select("result", "cost_per_result").rows() == [("[9]", "[1.42]"), (None, None)]


def test_an_ad_group_is_finer_than_its_campaign(drop):
    content = "Campaign name,Ad group ID,Ad group name,Spend,Impressions,Age\nSpring,2680,Core,1.50,10,25-34\n"
    file = drop("pinterest_ads/a.csv", content)
    assert file.report == "ad_group_report"
    assert file.rows.select("level", "ad_group_id", "_segments", "_segment").rows() == [
        ("ad_group", "2680", "age", "25-34")
    ]


def test_a_french_export_saved_again_by_a_spreadsheet_is_read(drop):
    file = drop("pinterest_ads/a.csv", FRENCH.replace("’", "'").encode("cp1252"))
    assert (file.report, file.language, file.encoding, file.currency) == (
        "campaign_report",
        "fr",
        "windows-1252",
        "EUR",
    )
    assert file.rows.select("campaign_id", "date", "spend", "clicks").rows() == [
        ("626751527034", date(2026, 5, 30), Decimal("1234.5"), 34)
    ]


@pytest.mark.parametrize(("label", "last"), [("Week", date(2026, 5, 10)), ("Mois", date(2026, 5, 31))])
def test_a_row_may_stand_for_a_week_or_a_month(drop, label, last):
    first = "2026-05-04" if label == "Week" else "2026-05-01"
    file = drop("pinterest_ads/a.csv", f"{label},Campaign name,Spend,Impressions\n{first},Spring,1.50,10\n")
    assert file.rows.select("date", "_period_start", "_period_end").rows() == [(None, date.fromisoformat(first), last)]
