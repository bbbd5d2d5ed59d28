"""Which rows of ads reports count: the models between `unified.ad_performance` and `unified.ad_residual`, in a row."""

import duckdb
import pytest

from warehouse import dictionary
from warehouse.models import models

STEPS = ("ad_campaigns", "ad_statements", "ad_periods", "ad_residual")
MODELS = models({})


@pytest.fixture
def count():
    """Names of the given figures that count; a figure is a name and what differs from a campaign's day."""
    con = duckdb.connect()
    con.execute("create schema unified; create schema ops")
    for name in ("unified.ad_performance", "ops.files"):
        columns = ", ".join(f'"{column.name}" {column.type}' for column in dictionary.table(name).columns)
        con.execute(f"create table {name} ({columns})")

    def counted(**figures):
        plain = {"tool": "ads", "account_id": "1", "currency": "EUR", "level": "campaign", "campaign_name": "Spring"}
        for number, (file, stated) in enumerate(figures.items()):
            row = plain | {"_file_id": file, "_row_number": number, "spend": 10} | stated
            row["grain"] = "day" if "date" in row else "period"
            exported = row.pop("exported_at", "2026-10-01")
            con.execute(
                "insert into ops.files (file_id, status, exported_at) values (?, 'loaded', ?)", [file, exported]
            )
            con.execute(
                f"insert into unified.ad_performance ({', '.join(row)}) values ({', '.join('?' * len(row))})",
                list(row.values()),
            )
        for step in STEPS:
            con.execute(f"create table unified.{step} as {MODELS[f'unified.{step}'].sql}")
        rows = con.execute("select _file_id from unified.ad_performance anti join unified.ad_residual using (_file_id)")
        return {file for (file,) in rows.fetchall()}

    yield counted
    con.close()


def day(number, **stated):
    return {"date": f"2026-09-{number:02}", **stated}


def period(first, last, **stated):
    return {"period_start": f"2026-{first}", "period_end": f"2026-{last}", **stated}


def test_a_campaign_counts_before_its_parts(count):
    parts = {
        "device": day(1, segments="device"),
        "group": day(1, level="ad_group"),
        "ad": day(1, level="ad"),
        "term": day(1, level="search_term"),
    }
    assert count(**parts, campaign=day(1)) == {"campaign"}


def test_parts_count_where_the_campaign_itself_is_not_stated(count):
    figures = {
        "monday": day(1),
        "group": day(2, level="ad_group"),
        "keyword": day(2, level="keyword"),
        "other_account": day(1, level="ad_group", account_id="2"),
        "other_currency": day(1, level="ad_group", currency="USD"),
        "other_campaign": day(1, level="ad_group", campaign_name="Autumn"),
        "other_tool": day(1, level="ad_group", tool="other"),
    }
    assert count(**figures) == set(figures) - {"keyword"}


def test_figures_that_state_no_spend_do_not_stand_for_those_that_do(count):
    assert count(actions=day(1, segments="action", spend=None), group=day(1, level="ad_group")) == {"group"}


def test_a_campaign_known_by_identifier_or_name_is_one(count):
    known = {
        "both": day(2, campaign_id="7"),
        "name": day(1, exported_at="2026-10-02"),
        "id": day(1, campaign_id="7", campaign_name=None),
        "renamed": day(1, campaign_id="7", campaign_name="Spring sale", level="ad_group"),
    }
    assert count(**known) == {"both", "name"}


def test_days_count_before_periods_they_fall_into(count):
    figures = {
        "day": day(30),
        "week": period("09-28", "10-04"),
        "september": period("09-01", "09-30"),
        "october": period("10-05", "10-31"),
        "always": {"period_start": None},
        "group_day": day(29, level="ad_group"),
    }
    assert count(**figures) == {"day", "group_day", "october"}


def test_periods_beside_a_year_with_days_count_on_their_own(count):
    figures = {"day": day(30), "year": period("01-01", "12-31"), "july": period("07-01", "07-31")}
    assert count(**figures) == {"day", "july"}


def test_of_overlapping_periods_the_longest_counts_and_of_equal_ones_the_latest_export(count):
    figures = {
        "half": period("09-01", "09-15"),
        "september": period("09-01", "09-30"),
        "groups": period("09-01", "09-30", level="ad_group"),
        "shifted": period("09-02", "10-01", exported_at="2026-10-02"),
        "october": period("10-02", "10-31"),
    }
    assert count(**figures) == {"shifted", "october"}


def test_an_account_s_own_figures_do_not_count_beside_its_campaigns(count):
    figures = {
        "campaign": day(1),
        "unnamed": day(1, campaign_name=None),
        "account": day(1, campaign_name=None, level="account"),
        "month": period("09-01", "09-30", campaign_name=None, level="account"),
        "terms": day(1, campaign_name=None, level="search_term"),
        "before": period("08-01", "08-31", campaign_name=None, level="account"),
    }
    assert count(**figures) == {"campaign", "unnamed", "before"}
