from datetime import date
from decimal import Decimal

import pytest

ENGLISH = (
    "Campaign Performance Report (in UTC)\n"
    "Report Start: September 1, 2026\n"
    "Report End: September 30, 2026\n"
    "Date Generated: October 2, 2026\n\n"
    "Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group ID\tCampaign Group Name\tCampaign ID\tCampaign Name\t"
    "Campaign Objective\tCampaign Type\tTotal Spent\tImpressions\tClicks\tCTR\t"
    "Conversions\tTotal Conversion Value\tLeads\n"
    '9/1/2026\tShop\tUSD\t612044731\tB2B\t203118400\tSpring\tLeads\tSponsored Update\t"1,454.06"\t12000\t95\t0.792%\t'
    "2\t300.00\t1\n"
    "9/14/2026\tShop\tUSD\t612044731\tB2B\t203118400\tSpring\tLeads\tSponsored Update\t0.50\t10\t0\t0%\t0\t0\t\n"
)
PORTUGUESE = (
    "Data de início (em UTC),Nome da conta,Moeda,Código do grupo de campanhas,Nome do grupo de campanhas,"
    "Código da campanha,Nome da campanha,Tipo de campanha,Total investido,Impressões,Cliques,CTR,Conversões\n"
    '01/09/2026,Loja,BRL,612044731,B2B,203118400,Primavera,Conteúdo patrocinado,"454,06",12000,95,"0,792%",2\n'
    '14/09/2026,Loja,BRL,612044731,B2B,203118400,Primavera,Conteúdo patrocinado,"1.000,10",10,0,"0,000%",\n'
)


def utf_16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


@pytest.mark.parametrize("content", [utf_16(ENGLISH), ENGLISH.encode()], ids=["utf-16", "utf-8"])
def test_a_campaign_report_states_its_account_only_in_its_name(drop, content):
    file = drop("linkedin_ads/account_508213377_campaign_performance_report.csv", content)
    assert (file.report, file.language, file.delimiter) == ("campaign_report", "en", "\t")
    assert (file.period_start, file.period_end) == (date(2026, 9, 1), date(2026, 9, 30))
    assert file.rows.select(
        "level", "account_id", "account_name", "campaign_id", "date", "spend", "channel"
    ).rows() == [
        ("campaign", "508213377", "Shop", "203118400", date(2026, 9, 1), Decimal("1454.06"), "Sponsored Update"),
        ("campaign", "508213377", "Shop", "203118400", date(2026, 9, 14), Decimal("0.5"), "Sponsored Update"),
    ]
    assert file.summed_totals["conversion_value"] == "300"
    assert (file.rows_rejected, file.cells_rejected) == (0, 0)


def test_a_portuguese_report_has_decimal_commas_and_no_lines_above_the_header(drop):
    file = drop("linkedin_ads/linkedin_09.csv", PORTUGUESE)
    assert (file.report, file.language, file.currency) == ("campaign_report", "pt", "BRL")
    assert file.rows.select("account_id", "date", "spend", "impressions", "conversions").rows() == [
        (None, date(2026, 9, 1), Decimal("454.06"), 12000, Decimal(2)),
        (None, date(2026, 9, 14), Decimal("1000.1"), 10, None),
    ]


def test_a_french_report_of_ads_has_texts_over_several_lines(drop):
    content = (
        "Date de début (en UTC)\tDevise\tNom du groupe de campagnes\tID de la campagne\tNom de la campagne\tID Pub\t"
        "Nom de la publicité\tTexte pub présentation\tTotal dépensé\tImpressions\tClics\n"
        '13/09/2026\tEUR\tB2B\t203118400\tÉté\t311904455\tCarrousel\t"Sans essence.\n\nSans bruit."\t12,50\t1200\t4\n'
        "14/09/2026\tEUR\tB2B\t203118400\tÉté\t311904467\tVidéo\tTrois entreprises\t7,25\t800\t1\n"
    )
    file = drop("linkedin_ads/account_508213377_creative_performance_report (1).csv", utf_16(content))
    assert (file.report, file.language) == ("ad_report", "fr")
    assert file.rows.select("level", "account_id", "ad_id", "ad_name", "date", "spend").rows() == [
        ("ad", "508213377", "311904455", "Carrousel", date(2026, 9, 13), Decimal("12.5")),
        ("ad", "508213377", "311904467", "Vidéo", date(2026, 9, 14), Decimal("7.25")),
    ]


def test_a_french_report_saved_again_by_a_spreadsheet_is_read(drop):
    content = (
        "Date de début (en UTC);Nom de la campagne;Devise;Total dépensé;Impressions;Clics\n"
        "13/09/2026;Été;EUR;1 234,56;12 345;7\n"
    )
    file = drop("linkedin_ads/a.csv", content.replace("1 234", "1\u00a0234").encode("cp1252"))
    assert (file.report, file.language, file.encoding) == ("campaign_report", "fr", "windows-1252")
    assert file.rows.select("date", "spend").rows() == [(date(2026, 9, 13), Decimal("1234.56"))]


def test_a_report_of_campaign_groups_is_a_level_of_its_own(drop):
    content = "Campaign Group ID,Campaign Group Name,Currency,Total Spent,Impressions\n612044731,B2B,EUR,10.50,7\n"
    file = drop("linkedin_ads/a.csv", content)
    assert (file.report, file.rows["level"].to_list()) == ("campaign_group_report", ["campaign_group"])
    assert file.rows.select("campaign_group_name", "campaign_name").rows() == [("B2B", None)]


def test_a_row_without_a_name_states_totals(drop):
    content = "Campaign ID,Campaign Name,Currency,Total Spent,Clicks\n203118400,A,EUR,10.50,7\n-,-,EUR,10.50,7\n"
    file = drop("linkedin_ads/a.csv", content)
    assert (file.rows_read, file.stated_totals[file.own_total]) == (1, file.summed_totals)
