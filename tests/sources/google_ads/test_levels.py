"""Which report a download is, what splits its rows, and the time each row stands for."""

from datetime import date
from decimal import Decimal

import pytest

SEARCH_TERMS = """Search terms report
1 May 2026 - 8 May 2026
Search term,Match type,Added/Excluded,Campaign,Ad group,Keyword,Impr.,Clicks,Currency,Cost,Conversions,Campaign type
cargo bike,Exact match,Added,Brand,Core,[cargo bike],"1,200",12,EUR,24.10,2.00,Search
total: bikes,Broad match,None,Brand,Core, --,10,1,EUR,0.90,0.00,Search
Total: Search terms, --, --, --, --, --,"1,210",13,EUR,25.00,2.00, --
Total: Other search terms, --, --, --, --, --,40,3,EUR,5.00,0.00, --
Total: Account,,,,,,"9,000",90,EUR,100.00,9.00,
"""
KEYWORDS = """Rapport sur les mots clés;;;;;;;
1 mai 2026 - 8 mai 2026;;;;;;;
État du mot clé;Mot clé;Type de correspondance;Campagne;Groupe d'annonces;Code de la devise;Coût;Clics
Activé;vélo cargo;Mot clé exact;Été;Cœur;EUR;1,25;2
;;Total : mots clés;;;EUR;1,25;2
;;Total : compte;;;EUR;99,00;50
"""
LEVELS = [
    ("Campaign", "campaign_report", "campaign"),
    ("Campaign Name,Campaign Group Name", "campaign_card", "campaign"),
    ("Ad group,Campaign", "ad_group_report", "ad_group"),
    ("Asset group,Campaign", "asset_group_report", "asset_group"),
    ("Ad ID,Ad group,Campaign", "ad_report", "ad"),
    ("Final URL,Headline 1,Campaign", "ad_report", "ad"),
    ("Keyword,Match type,Final URL,Campaign,Ad group", "keyword_report", "keyword"),
    ("Search term,Keyword,Campaign,Ad group", "search_term_report", "search_term"),
    ("Location,Campaign", "location_report", "location"),
    ("Groupe d’annonces,Campagne", "ad_group_report", "ad_group"),
    ("Annonce,Campagne", "ad_report", "ad"),
    ("Mot clé,Campagne", "keyword_report", "keyword"),
    ("Terme de recherche,Mot clé,Campagne", "search_term_report", "search_term"),
    ("Zone géographique,Campagne", "location_report", "location"),
]


@pytest.mark.parametrize(("columns", "report", "level"), LEVELS)
def test_the_finest_entity_of_the_header_is_the_level(drop, columns, report, level):
    figures = "Coût,Clics" if "ampagne" in columns else "Cost,Clicks"
    cells = ",".join("x" for _ in columns.split(","))
    file = drop("google_ads/a.csv", f"{columns},{figures}\n{cells},1.50,1\n")
    assert (file.report, file.rows["level"].to_list()) == (report, [level])


def test_a_keyword_grid_has_its_totals_in_the_third_column(drop):
    file = drop("google_ads/a.csv", KEYWORDS.encode("cp1252", "replace"))
    assert (file.report, file.language, file.rows_loaded) == ("keyword_report", "fr", 1)
    assert file.own_total == "Total : mots clés"
    assert file.stated_totals["Total : mots clés"] == file.summed_totals
    assert file.stated_totals["Total : compte"]["spend"] == "99"


def test_search_terms_that_are_not_shown_are_no_rows(drop):
    file = drop("google_ads/Search terms report.csv", SEARCH_TERMS)
    assert (file.period_start, file.period_end, file.own_total) == (
        date(2026, 5, 1),
        date(2026, 5, 8),
        "Total: Search terms",
    )
    assert file.stated_totals[file.own_total] == file.summed_totals
    assert file.rows.select("search_term", "keyword", "ad_group_name", "channel", "spend").rows() == [
        ("cargo bike", "[cargo bike]", "Core", "Search", Decimal("24.1")),
        ("total: bikes", None, "Core", "Search", Decimal("0.9")),
    ]


def test_a_card_of_the_overview_writes_currencies_into_its_cells(drop):
    content = (
        'Campaign Name,Campaign Group Name,Campaign Status,Cost,Clicks,CTR\nBrand,,Enabled,"€1,622.60",310,2.10%\n'
    )
    file = drop("google_ads/Campaigns.csv", content)
    assert file.rows.select("campaign_name", "campaign_status", "spend", "clicks").rows() == [
        ("Brand", "Enabled", Decimal("1622.6"), 310)
    ]


def test_a_file_that_is_split_is_read_and_says_by_what(drop):
    content = """Device,Campaign,Network (with search partners),Cost,Clicks
Computers,Brand,Google search,1.50,1
Mobile phones,Brand,Google search,2.50,3
Computers,Total: Search, --,1.50,1
"""
    file = drop("google_ads/a.csv", content)
    assert file.rows.select("_segments", "_segment", "spend").rows() == [
        ("device, network", "Computers / Google search", Decimal("1.5")),
        ("device, network", "Mobile phones / Google search", Decimal("2.5")),
    ]


@pytest.mark.parametrize(
    ("label", "segment"),
    [
        ("Age", "age"),
        ("Sexe", "gender"),
        ("Audience segment", "audience"),
        ("Day of the week", "day_of_week"),
        ("Heure de la journée", "hour_of_day"),
    ],
)
def test_labels_that_split_a_campaign(drop, label, segment):
    file = drop("google_ads/a.csv", f"{label},Campaign,Cost,Clicks\nx,Brand,1.50,1\n")
    assert file.rows.select("_segments", "_segment").rows() == [(segment, "x")]


def test_a_location_is_a_level_and_splits_its_campaign(drop):
    file = drop("google_ads/a.csv", "Country/Territory,Region,Campaign,Cost,Clicks\nFrance,Bretagne,Brand,1.50,1\n")
    assert file.rows.select("level", "_segments", "_segment").rows() == [
        ("location", "country, region", "France / Bretagne")
    ]


def test_conversions_by_action_need_no_cost(drop):
    content = "Campaign,Day,Conversion action,Conversions\nBrand,2026-01-02,Purchase,3.00\n"
    file = drop("google_ads/a.csv", content)
    assert file.report == "conversion_report"
    assert file.rows.select("level", "spend", "conversions", "_segments", "_segment").rows() == [
        ("campaign", None, Decimal(3), "conversion_action", "Purchase")
    ]


@pytest.mark.parametrize(
    ("label", "cell", "period"),
    [
        ("Day", "2026-01-05", (date(2026, 1, 5), date(2026, 1, 5))),
        ("Week", "2026-01-05", (date(2026, 1, 5), date(2026, 1, 11))),
        ("Semaine", "2026-01-05", (date(2026, 1, 5), date(2026, 1, 11))),
        ("Month", "2026-02-01", (date(2026, 2, 1), date(2026, 2, 28))),
        ("Quarter", "2026-04-01", (date(2026, 4, 1), date(2026, 6, 30))),
    ],
)
def test_a_row_stands_for_the_day_or_the_span_it_names(drop, label, cell, period):
    file = drop("google_ads/a.csv", f"Campaign,{label},Cost,Clicks\nBrand,{cell},1.50,1\n")
    assert file.rows.select("_period_start", "_period_end").rows() == [period]
    assert file.rows["date"].to_list() == [period[0] if label == "Day" else None]


def test_every_level_has_a_value_of_its_own_in_one_table(known):
    reports = known["google_ads"].reports.values()
    assert {report.table for report in reports} == {"performance"}
    assert {report.feeds for report in reports} == {("ad_performance",)}
    assert all(report.fields["level"].constants for report in reports)
