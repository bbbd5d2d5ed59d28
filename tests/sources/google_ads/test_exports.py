from datetime import date
from decimal import Decimal

import pytest

ENGLISH = """Campaign report
"July 8, 2025 - July 31, 2025"
Campaign status,Campaign,Campaign type,Currency code,Cost,Impr.,Clicks,Conversions
Enabled,Spring,Search,EUR,1661.67,"25,881",12,"1,003.50"
Paused, --,Display,EUR,904.26,"20,287", --,0.00
Total: Campaigns, --, --,EUR,2565.93,"46,168",12,"1,003.50"
Total: Account,,,EUR,2600.00,"50,000",20,"1,003.50"
Total: Search,,Search,EUR,1661.67,"25,881",12,"1,003.50"
"""


def test_a_period_report_states_its_period_and_its_totals_are_no_data(drop):
    file = drop("google_ads/Campaign report.csv", ENGLISH)
    assert (file.report, file.language) == ("campaign_report", "en")
    assert (file.period_start, file.period_end) == (date(2025, 7, 8), date(2025, 7, 31))
    assert file.rows.select("campaign_name", "date", "spend", "clicks", "_row_number").rows() == [
        ("Spring", None, Decimal("1661.67"), 12, 4),
        (None, None, Decimal("904.26"), None, 5),
    ]
    assert (file.rows_read, file.rows_loaded, file.rows_rejected) == (2, 2, 0)


def test_stated_and_summed_totals_can_be_compared(drop):
    file = drop("google_ads/Campaign report.csv", ENGLISH)
    assert list(file.stated_totals) == ["Total: Campaigns", "Total: Account", "Total: Search"]
    assert file.own_total == "Total: Campaigns"
    assert file.stated_totals[file.own_total] == file.summed_totals
    assert file.summed_totals == {"spend": "2565.93", "impressions": "46168", "clicks": "12", "conversions": "1003.5"}


def test_the_excel_variant_is_utf_16_with_tabs(drop):
    rows = ["Ad group report", "All time", "Ad group status\tAd group\tCampaign\tCurrency code\tImpr.\tCost"]
    rows += ['Enabled\tBrand\tSpring | FR\tUSD\t"62,312"\t18257.62', 'Total: Ad groups\t\t\t\t"62,312"\t18257.62']
    file = drop("google_ads/Ad group report.csv", b"\xff\xfe" + "\n".join(rows).encode("utf-16-le"))
    assert (file.report, file.encoding, file.delimiter) == ("ad_group_report", "utf-16-le", "\t")
    assert (file.period_start, file.period_end) == (None, None)
    assert (file.own_total, file.summed_totals["impressions"]) == ("Total: Ad groups", "62312")


def test_a_french_report_saved_again_by_a_spreadsheet_is_read(drop):
    content = """Rapport sur les campagnes;;;;;;
1 septembre 2026 - 30 septembre 2026;;;;;;
État de la campagne;Campagne;Jour;Code de la devise;Coût;Impr.;Clics
Activée;Été;01/09/2026;MAD;1 234,56;12 345;7
Activée;Été;30/09/2026;MAD;0,00;1;0
Total : campagnes;;;;1 234,56;12 346;7
Total : compte;;;;1 234,56;12 346;7
"""
    file = drop("google_ads/a.csv", content.replace("1 234", "1\u00a0234").encode("cp1252"))
    assert (file.language, file.encoding, file.delimiter) == ("fr", "windows-1252", ";")
    assert (file.period_start, file.period_end) == (date(2026, 9, 1), date(2026, 9, 30))
    assert file.rows.select("date", "spend", "impressions").rows() == [
        (date(2026, 9, 1), Decimal("1234.56"), 12345),
        (date(2026, 9, 30), Decimal(0), 1),
    ]
    assert file.own_total == "Total : campagnes"
    assert file.stated_totals[file.own_total] == file.summed_totals


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ('"July 8, 2025 - July 31, 2025"', (date(2025, 7, 8), date(2025, 7, 31))),
        ("1 June 2026 - 25 June 2026", (date(2026, 6, 1), date(2026, 6, 25))),
        ('"July 8, 2025"', (date(2025, 7, 8), date(2025, 7, 8))),
        ("All time", (date(2026, 1, 2), date(2026, 1, 5))),
        ("Toute la période", (date(2026, 1, 2), date(2026, 1, 5))),
    ],
)
def test_the_period_is_the_stated_one_or_else_that_of_the_days(drop, line, period):
    rows = "Campaign,Day,Cost,Clicks\nA,2026-01-05,1.00,1\nA,2026-01-02,1.00,1\n"
    file = drop("google_ads/a.csv", f"Title\n{line}\n{rows}")
    assert (file.period_start, file.period_end) == period


def test_totals_are_found_in_the_second_column_of_a_grid(drop):
    file = drop(
        "google_ads/a.csv", "Campaign type,Campaign,Cost,Clicks\nSearch,A,1.50,1\nSearch,Total: Search,1.50,1\n"
    )
    assert (file.rows_read, list(file.stated_totals)) == (1, ["Total: Search"])


def test_a_campaign_that_is_called_a_total_is_data_when_its_status_says_so(drop):
    content = "Campaign status,Campaign,Cost,Clicks\nEnabled,Total: rebranding,1.50,1\nTotal: Campaigns,,1.50,1\n"
    file = drop("google_ads/a.csv", content)
    assert file.rows["campaign_name"].to_list() == ["Total: rebranding"]


def test_a_totals_row_may_be_shorter_than_the_header(drop):
    file = drop("google_ads/a.csv", "Campaign,Cost,Impr.,Clicks\nA,1.50,3,1\nTotal: Campaigns,1.50\n")
    assert (file.rows_rejected, file.stated_totals) == (0, {"Total: Campaigns": {"spend": "1.5"}})


def test_a_row_whose_day_cannot_be_read_is_no_period_row(drop):
    file = drop("google_ads/a.csv", "Campaign,Day,Cost,Clicks\nA,someday,1.50,1\nA,,2.50,1\nA,2026-01-02,4.00,1\n")
    assert (file.rows_loaded, file.rows_rejected) == (1, 2)
    assert file.summed_totals["spend"] == "8"


def test_ids_stay_text(drop):
    content = "Customer ID,Campaign ID,Campaign,Cost,Clicks\n123-456-7890,024126885583,A,1.50,1\n"
    file = drop("google_ads/a.csv", content)
    assert file.rows.select("account_id", "campaign_id").rows() == [("123-456-7890", "024126885583")]
