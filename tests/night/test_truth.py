"""What a night finds in the invented company's exports, against what is true of it."""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from pipelines.workspace import Workspace
from warehouse import lake as lakes
from warehouse.lake import Lake
from warehouse.models import gap_models

pytestmark = pytest.mark.xdist_group("night")
# gaps that are told by what they are about rather than by each row
BY_SUBJECT = {"no_exchange_rate", "totals_differ", "tool_without_owner"}
KINDS = [model.name.removeprefix("gaps.") for model in gap_models()]


def truth(sample, name):
    with (sample / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_contact_is_exactly_one_customer(night):
    with night.copy() as con:
        links = con.execute("select tool, record_type, record_id, customer_id from mart.customer_identities").fetchall()
        customers = {customer for (customer,) in con.execute("select customer_id from mart.customers").fetchall()}
    contacts = night.tables()["unified.contacts"]
    assert len(links) == len({link[:3] for link in links}) == len(contacts)
    assert {link[3] for link in links} == customers


def test_no_two_people_are_merged_and_most_of_each_person_is_found(night, sample):
    people = {(row["tool"], row["record_type"], row["record_id"]): row["person_id"] for row in truth(sample, "people")}
    with night.copy() as con:
        links = con.execute("select tool, record_type, record_id, customer_id from mart.customer_identities").fetchall()
    assert {link[:3] for link in links} == set(people)
    merged = defaultdict(set)
    for *record, customer in links:
        merged[customer].add(people[tuple(record)])
    assert [customer for customer, persons in merged.items() if len(persons) > 1] == []
    # the rest are people whose tools share no exact key
    assert len(set(people.values())) / len(merged) > 0.95


def test_spend_is_the_sum_of_the_raw_rows_for_each_tool_and_currency(night):
    with night.copy() as con:
        mart = con.execute("select tool, currency, sum(spend) from mart.campaign_performance group by all").fetchall()
    home = Lake(night.lake)
    reports = [(t.name, r.name) for t in Workspace(night.exports, home).tools.values() for r in t.reports.values()]
    raw = []
    with lakes.connect(home, read_only=True) as con:
        stating = con.execute(
            "select schema_name, table_name from duckdb_columns()"
            " where database_name = 'lake' and column_name = 'spend'"
        ).fetchall()
        for tool, report in reports:
            if (f"raw_{tool}", report) in stating:
                sums = f"select '{tool}', currency, sum(spend) from lake.raw_{tool}.{report} group by all"
                raw += con.execute(sums).fetchall()
    assert sorted(mart) == sorted(raw)
    assert len({currency for _, currency, _ in mart}) == 3


def test_spend_is_what_the_accounts_spent_each_day_counted_once(night, sample):
    expected = {
        (row["tool"], row["account_id"], row["currency"]): Decimal(row["spend"]) for row in truth(sample, "spend")
    }
    with night.copy() as con:
        found = con.execute(
            "select tool, account_id, currency, sum(spend) from mart.campaign_performance group by all"
        ).fetchall()
    assert {tuple(row[:3]): row[3] for row in found} == expected


@pytest.mark.parametrize("kind", KINDS)
def test_planted_gaps_are_found_and_no_others(night, sample, kind):
    column = "subject" if kind in BY_SUBJECT else "row_key"
    planted = {row[column] for row in truth(sample, "gaps") if row["gap_kind"] == kind}
    with night.copy() as con:
        found = con.execute(f"select distinct {column} from mart.gap_rows where gap_kind = ?", [kind]).fetchall()
    assert {key for (key,) in found} == planted


def test_at_least_ten_kinds_of_gap_are_planted_and_each_has_a_way_to_fix_it(night, sample):
    assert len({row["gap_kind"] for row in truth(sample, "gaps")}) >= 10
    with night.copy() as con:
        told = con.execute("select owner, how_to_fix, severity, age_days from mart.gaps").fetchall()
    assert all(owner and fix and severity and age == 0 for owner, fix, severity, age in told)


def test_names_of_one_campaign_share_a_key_and_campaigns_do_not(night, sample):
    with night.copy() as con:
        keys = con.execute("select tool, campaign_name, campaign_key from mart.campaign_identities").fetchall()
    key = {(tool, name): campaign_key for tool, name, campaign_key in keys}
    campaigns = defaultdict(set)
    for row in truth(sample, "campaigns"):
        campaigns[row["campaign"]].add(key[row["tool"], row["campaign_name"]])
    assert all(len(found) == 1 for found in campaigns.values())
    assert len(set.union(*campaigns.values())) == len(campaigns)


def test_every_row_of_every_file_is_accounted_for(night):
    with night.copy() as con:
        files = con.execute("select path, rows_read, rows_loaded, rows_rejected from ops.files").fetchall()
        aside = con.execute("select count(*) from ops.rejected_rows").fetchone()[0]
    assert all(read == loaded + rejected for _, read, loaded, rejected in files)
    assert sum(rejected for *_, rejected in files) == aside
    on_disk = {file.relative_to(night.exports).as_posix() for file in night.exports.rglob("*") if file.is_file()}
    assert {path.split("!")[0] for path, *_ in files} == on_disk - {"unsilo.toml"}


def test_marketers_see_no_personal_value(night):
    emails, names = set(), set()
    with night.copy("steward") as con:
        for email, first, last in con.execute("select email, first_name, last_name from mart.customers").fetchall():
            emails |= {email} - {None}
            names |= {first, last} - {None}
    assert len(emails) > 100 and len(names) > 100
    with night.copy("marketer") as con:
        tables = con.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        cells = {
            str(cell)
            for (table,) in tables
            for row in con.execute(f"from {table}").fetchall()
            for cell in row
            if cell is not None
        }
    assert not emails & cells
    assert not {name for name in names & cells if len(name) > 1}
