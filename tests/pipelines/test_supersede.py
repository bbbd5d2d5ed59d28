"""Which rows of several exports stay, over rows put into a raw table by hand."""

import duckdb
import pytest

from pipelines.supersede import supersede
from sources.layout import raw_schema, tools
from warehouse import dictionary

TOOLS = tools()


@pytest.fixture
def lake():
    con = duckdb.connect()
    con.execute("attach ':memory:' as lake; create schema lake.ops")
    columns = ", ".join(f"{column.name} {column.type}" for column in dictionary.table("ops.files").columns)
    con.execute(f"create table lake.ops.files ({columns})")
    return con


def put(con, report, file_id, exported_at, rows, period=(None, None)):
    """An export's rows as a load would have left them."""
    table = f"lake.raw_{report.tool}.{report.table}"
    con.register("empty", raw_schema(TOOLS[report.tool].tables[report.table]).empty_table())
    con.execute(f"create schema if not exists lake.raw_{report.tool}")
    con.execute(f"create table if not exists {table} as select * from empty")
    con.execute(
        "insert into lake.ops.files (file_id, tool, report, exported_at, period_start, period_end, status, rows_loaded,"
        " rows_superseded) values (?, ?, ?, ?, ?, ?, 'loaded', ?, 0)",
        [file_id, report.tool, report.name, exported_at, *period, len(rows)],
    )
    for number, row in enumerate(rows, start=2):
        carried = {"_file_id": file_id, "_row_number": number}
        if report.period:
            start, end = (row[report.period],) * 2 if report.period in row else period
            carried |= {"_period_start": start, "_period_end": end}
        names, marks = ", ".join([*row, *carried]), ", ".join("?" for _ in (*row, *carried))
        con.execute(f"insert into {table} ({names}) values ({marks})", [*row.values(), *carried.values()])


def left(con, report):
    table = f"lake.raw_{report.tool}.{report.table}"
    return con.execute(f"select _file_id, _row_number from {table} order by all").fetchall()


def superseded(con):
    return dict(con.execute("select file_id, rows_superseded from lake.ops.files").fetchall())


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_the_newest_export_stays_whatever_the_order_of_arrival(lake, order):
    report = TOOLS["hubspot"].reports["contacts"]
    exports = {
        "old": ("2026-09-01", [{"record_id": "1"}, {"record_id": "2"}]),
        "new": ("2026-09-02", [{"record_id": "1"}]),
    }
    for file_id in order:
        put(lake, report, file_id, *exports[file_id])
        supersede(lake, TOOLS["hubspot"])
    assert left(lake, report) == [("new", 2), ("old", 3)]
    assert superseded(lake) == {"new": 0, "old": 1}


def test_of_two_exports_of_one_moment_one_stays(lake):
    report = TOOLS["hubspot"].reports["contacts"]
    for file_id in ("a", "b"):
        put(lake, report, file_id, "2026-09-01", [{"record_id": "1"}])
    supersede(lake, TOOLS["hubspot"])
    assert len(left(lake, report)) == 1


def test_rows_that_one_export_repeats_all_stay(lake):
    report = TOOLS["hubspot"].reports["contacts"]
    put(lake, report, "a", "2026-09-01", [{"record_id": "1"}, {"record_id": "1"}])
    supersede(lake, TOOLS["hubspot"])
    assert left(lake, report) == [("a", 2), ("a", 3)]


def test_a_row_that_states_no_key_is_never_restated(lake):
    report = TOOLS["mailchimp"].reports["audience"]
    put(lake, report, "old", "2026-09-01", [{"notes": "nobody"}])
    put(lake, report, "new", "2026-09-02", [{"notes": "nobody"}])
    supersede(lake, TOOLS["mailchimp"])
    assert left(lake, report) == [("new", 2), ("old", 2)]


def test_a_day_is_restated_only_for_the_same_campaign_and_currency(lake):
    report = TOOLS["google_ads"].reports["campaign_report"]
    day = {"campaign_name": "Spring", "date": "2026-09-01", "currency": "EUR"}
    put(lake, report, "old", "2026-09-01", [day, {**day, "date": "2026-08-31"}, {**day, "currency": "USD"}])
    put(lake, report, "new", "2026-09-02", [day, {**day, "campaign_name": "Brand"}])
    supersede(lake, TOOLS["google_ads"])
    assert left(lake, report) == [("new", 2), ("new", 3), ("old", 3), ("old", 4)]


def test_a_row_without_a_day_is_restated_by_the_same_period_only(lake):
    report = TOOLS["google_ads"].reports["campaign_report"]
    spring = [{"campaign_name": "Spring", "currency": "EUR"}]
    put(lake, report, "september", "2026-10-01", spring, ("2026-09-01", "2026-09-30"))
    put(lake, report, "october", "2026-11-01", spring, ("2026-10-01", "2026-10-31"))
    put(lake, report, "september again", "2026-11-02", spring, ("2026-09-01", "2026-09-30"))
    supersede(lake, TOOLS["google_ads"])
    assert left(lake, report) == [("october", 2), ("september again", 2)]


def test_a_newer_export_of_a_known_account_restates_the_whole_day(lake):
    report = TOOLS["google_ads"].reports["campaign_report"]
    day = {"account_id": "1", "date": "2026-09-01", "currency": "EUR"}
    put(lake, report, "all", "2026-09-01", [{**day, "campaign_name": "Spring"}, {**day, "campaign_name": "Brand"}])
    put(lake, report, "one", "2026-09-02", [{**day, "campaign_name": "Spring"}])
    supersede(lake, TOOLS["google_ads"])
    assert left(lake, report) == [("one", 2)]
