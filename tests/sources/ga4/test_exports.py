from datetime import date
from decimal import Decimal

REPORT = """# ----------------------------------------
# Report CSV Export
# Account: Fleet
# Property: shop.example
# ----------------------------------------
# 
# All Users
# Start date: 20260601
# End date: 20260603
Nth day,Active users
0000,10
0001,0
0002,9

# Where do your new users come from?
# Start date: 20260501
# End date: 20260603
First user default channel group,New users
Direct,16
Organic Search,1

# 
# Start date: 20260601
# End date: 20260603
Event name,Key events
"""


def rows(file, *columns):
    return [row for frame in file.frames for row in frame.select(columns).rows()]


def test_the_tables_of_a_report_are_read_each_with_its_own_period(drop):
    file = drop("ga4/data-export.csv", REPORT.replace("\n", "\r\n"))
    assert (file.report, file.language, file.rows_rejected) == ("visits", "en", 0)
    assert rows(file, "nth_day", "_segments", "_segment", "users", "new_users", "_period_start", "_period_end") == [
        (0, None, None, 10, None, date(2026, 6, 1), date(2026, 6, 3)),
        (1, None, None, 0, None, date(2026, 6, 1), date(2026, 6, 3)),
        (2, None, None, 9, None, date(2026, 6, 1), date(2026, 6, 3)),
        (None, "first_user_channel", "Direct", None, 16, date(2026, 5, 1), date(2026, 6, 3)),
        (None, "first_user_channel", "Organic Search", None, 1, date(2026, 5, 1), date(2026, 6, 3)),
    ]


def test_every_table_is_of_the_property_that_the_file_names_once(drop):
    file = drop("ga4/data-export.csv", REPORT)
    assert set(rows(file, "account", "account_name")) == {("Fleet", "shop.example")}


def test_tables_that_state_other_figures_do_not_restate_each_other(drop):
    file = drop("ga4/data-export.csv", REPORT)
    assert set(rows(file, "measure")) == {("users",), ("new users",)}


def test_a_french_report_is_read_with_its_amounts_and_its_period(drop):
    content = """# ----------------------------------------
# Acquisition de trafic
# Compte : Flotte
# Propriété : boutique.example
# Date de début : 20260601
# Date de fin : 20260630
# ----------------------------------------

Groupe de canaux par défaut de la session;Sessions;Utilisateurs actifs;Taux d'engagement;Événements clés;Revenu total
Organic Search;1 200;950;62,5 %;40;1 234,56 €
Direct;800;700;55 %;10,5;100
"""
    file = drop("ga4/a.csv", content.encode("cp1252"))
    assert (file.language, file.encoding, file.delimiter) == ("fr", "windows-1252", ";")
    assert (file.period_start, file.period_end) == (date(2026, 6, 1), date(2026, 6, 30))
    assert rows(file, "account_name", "channel", "sessions", "users", "key_events", "revenue") == [
        ("boutique.example", "Organic Search", 1200, 950, Decimal(40), Decimal("1234.56")),
        ("boutique.example", "Direct", 800, 700, Decimal("10.5"), Decimal(100)),
    ]


def test_a_spanish_report_is_read(drop):
    content = """# Exportar informe en formato CSV
# Propiedad: tienda.example
# Fecha de inicio: 20260601
# Fecha de finalización: 20260602
Día N,Usuarios
0000,3
0001,4
"""
    file = drop("ga4/a.csv", content)
    assert (file.language, file.period_start, file.period_end) == ("es", date(2026, 6, 1), date(2026, 6, 2))
    assert rows(file, "account_name", "nth_day", "users") == [("tienda.example", 0, 3), ("tienda.example", 1, 4)]


def test_the_grand_total_of_an_exploration_is_no_row(drop):
    content = """# ----------------------------------------
# shop.example
# Free form 1
# 20260601-20260602
# ----------------------------------------

Date,Session source / medium,Sessions,Total revenue,
,,1000,12.50,Grand total
20260601,google / organic,600,10.25,
20260602,(direct) / (none),300,2.25,
"""
    file = drop("ga4/download.csv", content)
    assert rows(file, "date", "source_medium", "sessions", "revenue") == [
        (date(2026, 6, 1), "google / organic", 600, Decimal("10.25")),
        (date(2026, 6, 2), "(direct) / (none)", 300, Decimal("2.25")),
    ]
    assert file.stated_totals == {"Grand total": {"sessions": "1000", "revenue": "12.5"}}
    assert file.own_total is None


def test_retention_is_kept_apart_and_what_is_not_yet_known_is_empty(drop):
    content = """# Start date: 20260501
# End date: 20260514
Date,Week 0,Week 1
May 1 - May 7,100,12.5
May 8 - May 14,100,-1
"""
    file = drop("ga4/a.csv", content)
    assert file.report == "retention"
    assert rows(file, "cohort", "week_1") == [("May 1 - May 7", Decimal("12.5")), ("May 8 - May 14", None)]


def test_a_comparison_of_periods_is_refused(drop):
    content = "Session source,Date range,Sessions\nnews,Jul 1 - Sep 28,600\nnews,Apr 2 - Jun 30,450\n"
    file = drop("ga4/a.csv", content)
    assert file.status == "rejected"
    assert "Date range" in file.reason


def test_a_table_split_by_what_no_layout_knows_is_kept_aside(drop):
    unknown = "\n# Start date: 20260601\n# End date: 20260603\nFavourite colour,Active users\nblue,9\n"
    file = drop("ga4/data-export.csv", REPORT + unknown)
    assert (file.rows_loaded, file.rows_rejected) == (5, 1)
    assert "Favourite colour" in file.rejected_rows["reason"][0]


def test_ids_and_names_stay_as_they_are(drop):
    file = drop("ga4/a.csv", "Effective user ID,Event name,Event count\n0729222800.1684694001,<b>Total</b>,7\n")
    assert rows(file, "user_key", "event_name", "events") == [("0729222800.1684694001", "<b>Total</b>", 7)]
