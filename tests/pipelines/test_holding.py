"""When an export that would replace known figures is held, over rows put into a raw table by hand."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.holding import hold_back, must_hold
from sources.exports import Export
from sources.layout import raw_schema, tools
from sources.outcome import ReadFile, ReadTable

TOOLS = tools()
FIRST, DAYS = date(2026, 9, 1), 30
RAW = "lake.raw_google_ads.performance"


def export(rows, first=FIRST, last=FIRST + timedelta(DAYS - 1), at="2026-10-05", report="campaign_report", **stated):
    """A file that was read; it states `rows` rows of the time from `first` to `last`."""
    tool, name = ("google_ads", report) if "." not in report else report.split(".")
    table = ReadTable(TOOLS[tool].reports[name], header=None, language="en", period_start=first, period_end=last)
    table.grain, table.rows_read, table.rows_loaded = "day", rows, rows
    table.accounts, table.currencies = {"1"}, {"EUR"}
    for field, value in stated.items():
        setattr(table, field, value)
    moment = datetime.fromisoformat(at)
    return ReadFile(Export(tool, "new.csv", "f" * 64, moment, 0, Path("new.csv")), moment, "loaded", tables=[table])


@pytest.fixture(scope="module")
def staging(company):
    """Thirty days of two campaigns, exported at the end of the month."""
    opened = company.staging
    opened.con.execute("create schema lake.raw_google_ads")
    with opened.registered(raw_schema(TOOLS["google_ads"].tables["performance"]).empty_table()) as empty:
        opened.con.execute(f"create table {RAW} as from {empty}")
    opened.con.execute(
        "insert into lake.ops.files (file_id, tool, path, exported_at, status)"
        " values ('m', 'google_ads', 'month.csv', '2026-10-01', 'loaded')"
    )
    opened.con.execute(
        f"insert into {RAW} (level, account_id, currency, date, _period_start, _period_end, _file_id, _row_number)"
        " select 'campaign', '1', 'EUR', day, day, day, 'm', row_number() over ()"
        " from (select unnest(generate_series(date '2026-09-01', date '2026-09-30', interval 1 day))::date as day),"
        " generate_series(1, 2)"
    )
    return opened


def test_an_export_of_less_than_half_the_rows_is_held(staging):
    why = must_hold(staging, export(29))
    assert why == (
        "the export states 29 rows, where month.csv of 2026-10-01 states 60 of the same time;"
        " export it again, or accept it: unsilo decide accept ffffffffffff"
    )
    assert must_hold(staging, export(30)) is None


def test_an_empty_export_is_held_where_something_was_known(staging):
    empty = {"grain": None, "accounts": set(), "currencies": set(), "first": None, "last": None}
    assert must_hold(staging, export(0, **empty)).startswith("the export is empty, where month.csv")
    assert must_hold(staging, export(0, report="ad_group_report", **empty)) is None


def test_only_the_days_that_it_states_are_compared(staging):
    assert must_hold(staging, export(14, first=date(2026, 9, 24))) is None
    assert must_hold(staging, export(2, first=date(2026, 9, 20)))
    # a few days have few rows
    assert must_hold(staging, export(1, first=date(2026, 9, 24))) is None


@pytest.mark.parametrize(
    "other",
    [
        {"accounts": {"2"}},
        {"accounts": set()},
        {"currencies": {"USD"}},
        {"segments": "device"},
        {"grain": "period"},
        {"report": "ad_group_report"},
        {"first": date(2026, 10, 1), "last": date(2026, 10, 4)},
        {"at": "2026-09-15"},
        {"report": "hubspot.contacts"},
    ],
)
def test_what_replaces_none_of_those_rows_is_loaded(staging, other):
    assert must_hold(staging, export(1, **other)) is None


def test_an_accepted_export_is_loaded(staging):
    staging.con.execute("update lake.ops.files set report = 'campaign_report', rows_read = 60 where file_id = 'm'")
    accepted, other = export(1), export(1)
    hold_back(staging, [accepted], {accepted.export.file_id})
    hold_back(staging, [other], {"another"})
    assert (accepted.status, other.status) == ("loaded", "held")


def test_files_of_one_night_count_in_the_order_of_their_export(staging):
    """Of three exports dropped together the middle one shrank: it is held, and the last is compared with the first."""
    october = {"first": date(2026, 10, 1), "last": date(2026, 10, 30)}
    first, shrunk, last = (export(rows, at=f"2026-11-0{day}", **october) for day, rows in ((6, 60), (7, 3), (8, 58)))
    for file in (first, shrunk, last):
        object.__setattr__(file.export, "file_id", f"{file.exported_at:%d}")
    staging.con.execute(
        f"insert into {RAW} (level, account_id, currency, date, _period_start, _period_end, _file_id, _row_number)"
        " select level, account_id, currency, date + 30, date + 30, date + 30, '06', _row_number"
        f" from {RAW} where _file_id = 'm'"
    )
    hold_back(staging, [last, shrunk, first])
    assert [file.status for file in (first, shrunk, last)] == ["loaded", "held", "loaded"]
    assert (shrunk.rows_read, shrunk.rows_loaded, shrunk.rows_rejected) == (3, 0, 3)
