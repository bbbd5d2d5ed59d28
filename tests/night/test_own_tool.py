"""A company with a tool of its own, and what happens when that tool's source is wrong."""

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
DEALS = """-- What members are worth, twice by mistake.
-- grain: one row per member.
select
    'clubcard' as tool,
    member_no as record_id,
    'open' as status,
    _file_id,
    _row_number
from raw_clubcard.members
cross join (select unnest([1, 2]))
"""


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
    broken = club.more_sources / "clubcard" / "deals.sql"
    broken.write_text(DEALS, encoding="utf-8")
    said = club.unsilo("run", code=1)
    broken.unlink()
    assert "Not published" in said and "mart.deals" in said.replace("__", ".")
    assert club.tables() == before
    assert copy.read_bytes() == published
