from datetime import date
from decimal import Decimal
from io import BytesIO

import polars as pl
import pytest

DAILY = (
    '\ufeffDay,"Campaign name",Reach,Frequency,Impressions,Currency,"Amount spent (AUD)","Clicks (all)","Link clicks",'
    'Purchases,"Purchases conversion value","Reporting starts","Reporting ends"\n'
    "2026-06-25,Bundles_0226,2240,1.98973214,4457,AUD,79.62,123,97,,,2026-06-25,2026-06-25\n"
    '2026-06-24,"Traffic | Website",1787,1.15221041,2059,AUD,9.68,54,47,3,895.11,2026-06-24,2026-06-24\n'
)
PERIOD = (
    '"Campaign name","Ad set budget",Results,"Result indicator",Reach,Impressions,"Amount spent (EUR)",Ends,'
    '"Reporting starts","Reporting ends"\n'
    ",,,,900,1500,30.70,,2026-06-01,2026-06-30\n"
    'Spring,"Using campaign budget",12,actions:offsite_conversion.fb_pixel_purchase,600,1000,20.50,Ongoing,'
    "2026-06-01,2026-06-30\n"
    "Autumn,25,400,reach,400,500,10.20,2026-06-30,2026-06-01,2026-06-30\n"
)
FRENCH = (
    "Nom du compte;Nom de la campagne;Nom de l’ensemble de publicités;Jour;Répétition;Montant dépensé (EUR);"
    "Clics sur un lien;Achats;Valeur de conversion des achats;Début des rapports;Fin des rapports\n"
    "Boutique;Été;Prospection;01/09/2026;1,25;1234,56;40;2;118,90;01/09/2026;01/09/2026\n"
    "Boutique;Été;Prospection;30/09/2026;1;0,07;0;;;30/09/2026;30/09/2026\n"
)


def test_a_campaign_and_day_report_has_its_currency_in_the_header(drop):
    file = drop("meta_ads/Shop-Campaigns-24-Jun-2026-25-Jun-2026.csv", DAILY)
    assert (file.report, file.language, file.currency, file.grain) == ("campaign_report", "en", "AUD", "day")
    assert (file.period_start, file.period_end) == (date(2026, 6, 24), date(2026, 6, 25))
    assert file.rows.select("level", "account_name", "campaign_name", "date", "spend").rows() == [
        ("campaign", "Shop", "Bundles_0226", date(2026, 6, 25), Decimal("79.62")),
        ("campaign", "Shop", "Traffic | Website", date(2026, 6, 24), Decimal("9.68")),
    ]
    assert (file.rows_read, file.rows_rejected, file.cells_rejected) == (2, 0, 0)


def test_clicks_are_those_on_links_and_conversions_are_purchases(drop):
    rows = drop("meta_ads/a.csv", DAILY).rows
    assert rows.select("clicks", "all_clicks", "conversions", "conversion_value").rows() == [
        (97, 123, None, None),
        (47, 54, Decimal(3), Decimal("895.11")),
    ]


def test_without_days_a_row_stands_for_its_window_and_the_row_without_a_name_states_the_totals(drop):
    file = drop("meta_ads/a.csv", PERIOD)
    assert (file.report, file.currency, file.grain) == ("campaign_report", "EUR", "period")
    assert file.rows.select("campaign_name", "date", "_period_start", "_period_end").rows() == [
        ("Spring", None, date(2026, 6, 1), date(2026, 6, 30)),
        ("Autumn", None, date(2026, 6, 1), date(2026, 6, 30)),
    ]
    assert file.summed_totals == {"spend": "30.7", "impressions": "1500"}
    assert file.stated_totals[file.own_total] == file.summed_totals


def test_results_of_different_indicators_are_kept_but_are_no_conversions(drop):
    file = drop("meta_ads/a.csv", PERIOD)
    assert file.rows["result_indicator"].n_unique() == 2
    assert file.rows["conversions"].null_count() == file.rows.height
    assert "results" not in file.summed_totals
    assert (file.rows["ends"].to_list(), file.cells_rejected) == (["Ongoing", "2026-06-30"], 0)


def test_each_row_of_a_weekly_breakdown_stands_for_its_week(drop):
    content = """"Campaign name",Week,"Amount spent (EUR)","Reporting starts","Reporting ends"
Spring,"2026-06-01 - 2026-06-07",10.00,2026-06-01,2026-06-07
Spring,"2026-06-08 - 2026-06-14",12.50,2026-06-08,2026-06-14
"""
    file = drop("meta_ads/Shop-Campaigns-1-Jun-2026-14-Jun-2026.csv", content)
    assert file.rows.select("_period_start", "_period_end", "spend").rows() == [
        (date(2026, 6, 1), date(2026, 6, 7), Decimal(10)),
        (date(2026, 6, 8), date(2026, 6, 14), Decimal("12.5")),
    ]
    assert file.cells_rejected == 0


def test_the_files_name_states_the_period_where_no_column_does(drop):
    content = '"Nom de la campagne","Montant dépensé (EUR)"\nÉté,10.25\n'
    file = drop("meta_ads/Boutique-Campagnes-1-août-2026-30-sept-2026.csv", content)
    assert (file.period_start, file.period_end) == (date(2026, 8, 1), date(2026, 9, 30))
    assert file.rows.select("account_name", "_period_end").rows() == [("Boutique", date(2026, 9, 30))]


@pytest.mark.parametrize(
    "content",
    [
        FRENCH.encode("cp1252"),
        FRENCH.encode(),
        FRENCH.encode().decode("cp1252", errors="ignore").encode(),  # once more encoded than it should be
    ],
    ids=["windows-1252", "utf-8", "mojibake"],
)
def test_a_french_ad_set_report_saved_again_by_a_spreadsheet_is_read(drop, content):
    file = drop("meta_ads/a.csv", content)
    assert (file.report, file.language, file.currency) == ("ad_set_report", "fr", "EUR")
    assert file.rows.select("level", "ad_group_name", "date", "spend", "clicks", "conversion_value").rows() == [
        ("ad_group", "Prospection", date(2026, 9, 1), Decimal("1234.56"), 40, Decimal("118.9")),
        ("ad_group", "Prospection", date(2026, 9, 30), Decimal("0.07"), 0, None),
    ]


def test_a_portuguese_workbook_of_ads_has_days_as_text_and_no_day_column(drop):
    rows = {
        "Início dos relatórios": ["2026-04-18", "2026-04-19"],
        "Encerramento dos relatórios": ["2026-04-18", "2026-04-19"],
        "Nome do anúncio": ["[AD01]_[VÍDEO]", "[AD04]_[FEED]"],
        "Resultados": [16, None],
        "Frequência": [1.218347, 0.0],
        "Valor usado (BRL)": [33.12, 0.0],
        "Término": ["Contínuo", "2026-03-08"],
        "Classificação de qualidade": ["–", "–"],
        "Impressões": [2550, 0],
        "Cliques no link": [22, None],
        "Cliques (todos)": [123, 0],
    }
    workbook = BytesIO()
    pl.DataFrame(rows).write_excel(workbook, "Worksheet")
    file = drop("meta_ads/anuncios.csv", workbook.getvalue())
    assert (file.report, file.language, file.currency) == ("ad_report", "pt", "BRL")
    assert file.rows.select("level", "ad_name", "date", "spend", "clicks").rows() == [
        ("ad", "[AD01]_[VÍDEO]", date(2026, 4, 18), Decimal("33.12"), 22),
        ("ad", "[AD04]_[FEED]", date(2026, 4, 19), Decimal(0), None),
    ]
    assert (file.period_start, file.period_end) == (date(2026, 4, 18), date(2026, 4, 19))


@pytest.mark.parametrize(
    ("labels", "segments"),
    [
        ("Age,Gender", "age, gender"),
        ("Âge,Sexe", "age, gender"),
        ("Plateforme,Placement", "platform, placement"),
        ("País,Plataforma do dispositivo", "country, device_platform"),
    ],
)
def test_a_breakdown_is_the_same_report_with_finer_rows(drop, labels, segments):
    file = drop("meta_ads/a.csv", f"Campaign name,Day,{labels},Amount spent (EUR)\nA,2026-06-01,x,y,1.50\n")
    assert (file.report, file.rows["_segments"].to_list(), file.rows["_segment"].to_list()) == (
        "campaign_report",
        [segments],
        ["x / y"],
    )


def test_an_id_whose_digits_a_spreadsheet_lost_is_left_out(drop):
    content = "Campaign ID,Campaign name,Amount spent (EUR)\n1.20253E+17,A,1.50\n120235309548440595,B,2.00\n"
    file = drop("meta_ads/a.csv", content)
    assert file.rows["campaign_id"].to_list() == [None, "120235309548440595"]
    assert (file.rows_rejected, file.cells_rejected) == (0, 1)
