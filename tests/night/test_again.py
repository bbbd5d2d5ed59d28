"""Nights after the first: nothing new, something killed, a tool nobody had, a table that fails its checks."""

import json
import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from company import Company

LAYOUT = """
title: Club Card
kind: crm
reports:
  members:
    grain: one row per member
    needs: [member_no, mail]
    restates: [member_no]
    fields:
      member_no: {type: id, required: true, en: [Member no.]}
      mail: {type: text, en: [Mail address]}
      joined: {type: date, en: [Joined]}
"""
CONTACTS = """-- Members of the club.
-- grain: one row per member.
select
    'clubcard' as tool,
    'contact' as record_type,
    member_no as record_id,
    mail as email,
    cast(joined as timestamp) as created_at,
    _file_id,
    _row_number
from raw_clubcard.members
"""
CONSENTS = """-- What members were asked, twice by mistake.
-- grain: one row per member.
select
    'clubcard' as tool,
    'contact' as record_type,
    member_no as record_id,
    'email' as channel,
    'club news' as purpose,
    'granted' as value,
    _file_id,
    _row_number
from raw_clubcard.members
cross join (select unnest([1, 2]))
"""


def test_a_second_night_changes_no_row_and_people_read_all_along(night):
    before = night.tables()
    process = night.start("run")
    answers = []
    while process.poll() is None:
        answers.append(json.loads(night.unsilo("sql", "select count(*) as n from mart.customers", "--format", "json")))
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
    # in the first load, in a later one, and when all is loaded and the tables are being built
    for new_snapshots, then_seconds in ((3, 0), (8, 0), (0, 9)):
        start = _snapshots(company.lake)
        process = company.start("run", start_new_session=True)
        while process.poll() is None and _snapshots(company.lake) < start + new_snapshots:
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


def _snapshots(lake):
    """Commits to the lake so far."""
    catalog = lake / "catalog.sqlite"
    if not catalog.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{catalog}?mode=ro", uri=True)) as con:
            return con.execute("select count(*) from ducklake_snapshot").fetchone()[0]
    except sqlite3.Error:
        return 0


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    """A small company after a night with a tool of its own, whose source is one folder."""
    folder = tmp_path_factory.mktemp("club")
    source = folder / "sources" / "clubcard"
    source.mkdir(parents=True)
    (source / "layout.yml").write_text(LAYOUT, encoding="utf-8")
    (source / "contacts.sql").write_text(CONTACTS, encoding="utf-8")
    dropped = folder / "exports" / "clubcard"
    dropped.mkdir(parents=True)
    rows = "Member no.,Mail address,Joined\n007,ana@example.org,2026-01-31\n008,ben@example.org,2026-02-28\n"
    (dropped / "members.csv").write_text(rows, encoding="utf-8")
    company = Company(folder / "exports", folder / "lake", folder / "sources")
    company.unsilo("run")
    return company


def test_a_made_up_tool_needs_one_folder_and_nothing_else(club):
    with club.copy() as con:
        identities = con.execute("select tool, record_id from mart.customer_identities order by all").fetchall()
        emails = con.execute("select email from mart.customers order by all").fetchall()
    assert identities == [("clubcard", "007"), ("clubcard", "008")]
    assert emails == [("ana@example.org",), ("ben@example.org",)]


def test_a_table_that_fails_its_checks_is_not_published_and_the_last_night_stays(club):
    before = club.tables()
    copy = club.lake.parent / "published" / "marketer.duckdb"
    published = copy.read_bytes()
    broken = club.more_sources / "clubcard" / "consents.sql"
    broken.write_text(CONSENTS, encoding="utf-8")
    said = club.unsilo("run", code=1)
    broken.unlink()
    assert "Not published" in said and "mart.consents" in said.replace("__", ".")
    assert club.tables() == before
    assert copy.read_bytes() == published
