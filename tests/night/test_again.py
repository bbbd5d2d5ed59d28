"""Nights after the first: nothing new, and nights that are killed."""

import json
import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from company import Company


def test_a_second_night_changes_no_row_and_people_read_all_along(night):
    before = night.tables()
    process = night.start("run")
    answers = []
    while process.poll() is None:
        answers.append(json.loads(night.unsilo("sql", "select count(*) as n from mart.customers", "--format", "json")))
        time.sleep(2)  # people ask now and then
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert "no row changed" in out
    assert night.tables() == before
    assert len(answers) >= 2
    assert answers == [[{"n": len(before["mart.customers"])}]] * len(answers)


@pytest.mark.usefixtures("night")
def test_the_summary_says_what_was_found_and_where_to_look(sample):
    text = (sample / "summary.txt").read_text(encoding="utf-8")
    for said in (
        "customers",
        "campaigns",
        "Spend",
        "EUR",
        "GBP",
        "MAD",
        "no rate",
        "The five biggest gaps",
        "unsilo gaps",
    ):
        assert said in text


def test_a_night_killed_at_several_points_ends_as_if_undisturbed(night, sample, tmp_path):
    company = Company(sample / "exports", tmp_path / "lake")
    # while exports are read, and when all is loaded and the tables are being built
    for is_reached, then_seconds in ((_is_loading, 1), (_is_loaded, 4)):
        process = company.start("run", start_new_session=True)
        while process.poll() is None and not is_reached(company.lake):
            time.sleep(0.02)
        time.sleep(then_seconds)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert company.unsilo("run")
    assert company.tables() == night.tables()
    with company.copy() as con:
        runs = con.execute("select status, count(*) from ops.runs group by all").fetchall()
    assert dict(runs)["published"] >= 1 and "running" not in dict(runs)


def _is_loading(lake):
    """Whether the load has begun to write what it reads."""
    return (lake / "loads").exists()


def _is_loaded(lake):
    """Whether a load was committed."""
    catalog = lake / "catalog.sqlite"
    if not catalog.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{catalog}?mode=ro", uri=True)) as con:
            found = con.execute("select count(*) from ducklake_schema where schema_name like 'raw_%'").fetchone()
            return found[0] > 0
    except sqlite3.Error:
        return False
