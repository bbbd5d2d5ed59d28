from datetime import date
from decimal import Decimal

import pytest

ABOVE = (
    '"Report Name: Campaigns by day"\n'
    '"Report Time: 6/10/2026,6/16/2026"\n'
    '"Time Zone: (GMT+01:00) Brussels, Copenhagen, Madrid, Paris"\n'
    '"Last Completed Available Day: 6/17/2026 7:20:00 AM (GMT)"\n'
    '"Report Aggregation: Daily"\n'
    '"Report Filter: "\n'
    '"Potential Incomplete Data: true"\n'
    '"Rows: 2"\n\n'
)
BELOW = '\n"©2026 Microsoft Corporation. All rights reserved. "\n'
INTERFACE = (
    '"Gregorian date","Account name","Account number","Campaign name","Campaign type","Currency code","Impressions",'
    '"Clicks","CTR (%)","Average CPC","Spend","Conversions","Revenue"\n'
    '"6/10/2026","Shop","F107A1B2","Spring | FR","Search","EUR","1,309","91","6.95","0.61","55.51","2","118.90"\n'
    '"6/16/2026","Shop","F107A1B2","--","Search","EUR","0","0","--","--","0.00","0","0.00"\n'
)
API = (
    '"TimePeriod","AccountId","AccountName","CampaignId","CampaignName","CurrencyCode","Impressions","Clicks","Ctr",'
    '"Spend","Conversions","Revenue"\n'
    '"6/10/2026","180417223","Shop","436534626","Spring","EUR","1309","91","6.95%","55.51","2","118.90"\n'
    '"6/16/2026","180417223","Shop","436534626","Spring","EUR","5","0","0.00%","0.00","0","0.00"\n'
)
GRID = (
    "\ufeffCampaign ID,Status,Campaign,Budget,Budget Type,Spend,Delivery,Campaign Type,Clicks,Impr.,CTR,Conv.\n"
    "[436534626],Enabled,[Shop] Search,15,DailyBudgetStandard,484.12,Eligible,Search,361,28435,1.27%,0\n"
    "[530467992],Paused,Search total,10,DailyBudgetStandard,3.12,Eligible,Search,28,79,35.44%,0\n"
    "Search total,-,-,-,-,487.24,-,-,389,28514,1.36%,0\n"
    "Performance Max total,-,-,-,-,0,-,-,0,0,0%,0\n"
)


def test_a_report_is_read_between_its_first_lines_and_its_last(drop):
    file = drop("microsoft_ads/a.csv", "\ufeff" + ABOVE + INTERFACE + BELOW)
    assert (file.report, file.language, file.currency, file.grain) == ("campaign_report", "en", "EUR", "day")
    assert (file.period_start, file.period_end) == (date(2026, 6, 10), date(2026, 6, 16))
    assert file.rows.select("account_name", "account_number", "campaign_name", "date", "spend", "clicks").rows() == [
        ("Shop", "F107A1B2", "Spring | FR", date(2026, 6, 10), Decimal("55.51"), 91),
        ("Shop", "F107A1B2", None, date(2026, 6, 16), Decimal(0), 0),
    ]
    assert "Brussels" in file.tables[0].time_zone
    assert (file.rows_read, file.rows_rejected, file.cells_rejected) == (2, 0, 0)


@pytest.mark.parametrize(
    "content",
    [
        ABOVE + API + BELOW,
        API,
        (ABOVE + API + BELOW).replace('","', "\t").replace('"', ""),
        ABOVE.replace(": ", '","').replace(':"', '",""') + API + BELOW.replace("©", "@"),
    ],
    ids=["comma", "without lines above", "tab", "two cells a line"],
)
def test_names_of_the_api_are_labels_as_well(drop, content):
    file = drop("microsoft_ads/report.zip!Campaign_Performance.csv", content)
    assert (file.report, file.period_start, file.period_end) == (
        "campaign_report",
        date(2026, 6, 10),
        date(2026, 6, 16),
    )
    assert file.rows.select("account_id", "campaign_id", "date", "conversion_value").rows() == [
        ("180417223", "436534626", date(2026, 6, 10), Decimal("118.9")),
        ("180417223", "436534626", date(2026, 6, 16), Decimal(0)),
    ]


def test_a_report_without_days_stands_for_the_period_stated(drop):
    rows = '"CampaignName","CurrencyCode","Spend"\n"Spring","EUR","55.51"\n'
    file = drop("microsoft_ads/a.csv", ABOVE.replace("Daily", "Summary") + rows + BELOW)
    assert (file.grain, file.rows.select("date", "_period_start", "_period_end").rows()) == (
        "period",
        [(None, date(2026, 6, 10), date(2026, 6, 16))],
    )


def test_a_grid_has_ids_in_brackets_and_rows_of_totals(drop):
    file = drop("microsoft_ads/Campaigns_2026-06-01_2026-06-30.csv", GRID)
    assert (file.report, file.period_start, file.period_end) == ("campaign_report", date(2026, 6, 1), date(2026, 6, 30))
    assert file.rows.select("campaign_id", "campaign_name", "spend", "currency").rows() == [
        ("436534626", "[Shop] Search", Decimal("484.12"), None),
        ("530467992", "Search total", Decimal("3.12"), None),
    ]
    assert list(file.stated_totals)[:2] == ["Search total", "Performance Max total"]
    assert file.own_total == "Search total + Performance Max total"
    assert file.stated_totals["Search total"] == file.summed_totals
    assert file.warnings == ["does not say which currency its money is in"]


def test_a_french_report_saved_again_by_a_spreadsheet_is_read(drop):
    content = (
        "Date;Nom du compte;Nom de la campagne;Groupe d’annonces;Code devise;Clics;Dépense;Chiffre d’affaires\n"
        "10/06/2026;Boutique;Été;Exact;EUR;91;1234,56;118,90\n"
        "16/06/2026;Boutique;Été;Exact;EUR;0;0,00;0,00\n"
        ";;;;;;;\n"
        "©2026 Microsoft Corporation. All rights reserved. ;;;;;;;\n"
    )
    file = drop("microsoft_ads/a.csv", content.encode("cp1252"))
    assert (file.report, file.language, file.encoding) == ("ad_group_report", "fr", "windows-1252")
    assert file.rows.select("date", "spend", "conversion_value").rows() == [
        (date(2026, 6, 10), Decimal("1234.56"), Decimal("118.9")),
        (date(2026, 6, 16), Decimal(0), Decimal(0)),
    ]


@pytest.mark.parametrize(
    ("labels", "report", "level"),
    [
        ("Campaign,Ad group", "ad_group_report", "ad_group"),
        ("Campaign,Asset group", "asset_group_report", "asset_group"),
        ("Campaign name,Ad title", "ad_report", "ad"),
        ("AdGroupName,Keyword", "keyword_report", "keyword"),
        ("Groupe d'annonces,Mot clé", "keyword_report", "keyword"),
        ("Keyword,Search term", "search_term_report", "search_term"),
        ("CampaignName,SearchQuery", "search_term_report", "search_term"),
    ],
)
def test_the_finest_thing_named_tells_the_level(drop, labels, report, level):
    file = drop("microsoft_ads/a.csv", f"{labels},Day,Spend\nx,total energies,2026-06-01,1.50\n")
    assert (file.report, file.rows["level"].to_list(), file.stated_totals) == (report, [level], {})


@pytest.mark.parametrize(
    ("labels", "segments"),
    [
        ("Device type,Network", "network, device"),
        ("AgeGroup,Gender", "age, gender"),
        ("Type d'appareil,Pays/région", "device, country"),
        ("Hour,Day of week", "hour, day_of_week"),
    ],
)
def test_a_breakdown_is_the_same_report_with_finer_rows(drop, labels, segments):
    file = drop("microsoft_ads/a.csv", f"Campaign name,Day,{labels},Spend\nA,2026-06-01,x,y,1.50\n")
    assert (file.report, file.rows["_segments"].to_list()) == ("campaign_report", [segments])


def test_a_row_of_a_weekly_report_stands_for_its_week(drop):
    file = drop("microsoft_ads/a.csv", "Week,Campaign name,Spend\n6/14/2026,A,1.50\n")
    assert file.rows.select("date", "_period_start", "_period_end").rows() == [
        (None, date(2026, 6, 14), date(2026, 6, 20))
    ]
