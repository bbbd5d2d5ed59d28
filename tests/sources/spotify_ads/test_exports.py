from datetime import date
from decimal import Decimal

ABOVE = """Report Name: Spring
Report Granularity: {granularity}
Report Primary Entity: Ad
Report Date Range: 2026-05-27 - 2026-06-25 (UTC)
Report Data as of: 2026-06-26 04:00:00 (UTC)

"""
DAILY = """\
Date,Campaign ID,Campaign Name,Ad Set Name,Ad ID,Ad Name,Ad Account Currency,Spend,Impressions,Clicks,Video Views
2026/05/27,2f9d5bb0-7f34-4a0e-9b0c-6a2f0c1d9e11,Spring,Cities,0221405506aa-4c1d,Audio 30s,EUR,12.50,1200,34,-
2026/05/28,2f9d5bb0-7f34-4a0e-9b0c-6a2f0c1d9e11,Spring,Cities,0221405506aa-4c1d,Audio 30s,EUR,0.25,7,0,-
"""
LIFETIME = "Campaign Name,Ad Set Name,Spend,Impressions\nSpring,Cities,1234.50,1200\nSpring,Coast,-,-\n"
FRENCH = "Date;Nom de la campagne;Dépenses;Impressions;Clics\n27/05/2026;Été;1234,50;1200;34\n"


def test_a_daily_report_is_found_below_the_lines_that_name_it(drop):
    file = drop("spotify_ads/a.csv", ABOVE.format(granularity="Daily") + DAILY)
    assert (file.report, file.language, file.currency) == ("ad_report", "en", "EUR")
    assert (file.period_start, file.period_end) == (date(2026, 5, 27), date(2026, 6, 25))
    assert file.summed_totals == {"spend": "12.75", "impressions": "1207", "clicks": "34"}
    assert file.rows.select("date", "campaign_id", "ad_group_name", "ad_name", "video_views").row(0) == (
        date(2026, 5, 27),
        "2f9d5bb0-7f34-4a0e-9b0c-6a2f0c1d9e11",
        "Cities",
        "Audio 30s",
        None,
    )


def test_without_days_the_rows_stand_for_the_range_above_the_header(drop):
    file = drop("spotify_ads/a.csv", ABOVE.format(granularity="Lifetime") + LIFETIME)
    assert (file.report, file.grain) == ("ad_set_report", "period")
    assert file.rows.select("level", "ad_group_name", "_period_start", "_period_end", "spend").rows() == [
        ("ad_group", "Cities", date(2026, 5, 27), date(2026, 6, 25), Decimal("1234.5")),
        ("ad_group", "Coast", date(2026, 5, 27), date(2026, 6, 25), None),
    ]


def test_a_report_saved_again_by_a_french_spreadsheet_is_read(drop):
    padded = ABOVE.format(granularity="Daily").replace("\n", ";;;;\r\n")
    file = drop("spotify_ads/a.csv", (padded + FRENCH).encode("cp1252"))
    assert (file.report, file.language, file.delimiter) == ("campaign_report", "fr", ";")
    assert file.rows.select("date", "spend", "clicks").rows() == [(date(2026, 5, 27), Decimal("1234.5"), 34)]
