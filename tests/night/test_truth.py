"""What a night finds in the invented company's exports, against what is true of it."""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from pipelines.workspace import Workspace
from warehouse import lake as lakes
from warehouse.lake import Lake
from warehouse.models import gap_models

# gaps that are told by what they are about rather than by each row
BY_SUBJECT = {"no_exchange_rate", "outdated_contact", "totals_differ", "tool_without_owner"}
# what is in doubt no truth can list
IN_DOUBT = {"uncertain_identity"}
KINDS = [name for model in gap_models() if (name := model.name.removeprefix("gaps.")) not in IN_DOUBT]


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


def test_the_links_of_each_customer_hold_its_contacts_together(night):
    links, parents = defaultdict(list), {}
    with night.copy() as con:
        for customer, *pair in con.execute(
            "select customer_id, contact_key, linked_key from mart.customer_links"
        ).fetchall():
            links[customer].append(pair)
        contacts = con.execute(
            "select customer_id, concat_ws('/', tool, record_type, record_id) from mart.customer_identities"
        ).fetchall()

    def first(contact):
        while (parent := parents.get(contact, contact)) != contact:
            contact = parent
        return contact

    for pairs in links.values():
        for one, other in pairs:
            parents[first(other)] = first(one)
    found = defaultdict(set)
    for customer, contact in contacts:
        found[customer].add(first(contact))
    assert {customer: group for customer, group in found.items() if len(group) > 1} == {}
    assert sum(map(len, links.values())) > 100


def test_pairs_in_doubt_are_of_two_customers_and_ranked(night):
    with night.copy() as con:
        pairs = con.execute(
            "select stake_rank, amount_at_stake, customer_id != linked_customer_id from mart.customer_reviews"
            " order by stake_rank"
        ).fetchall()
        [(shown,)] = con.execute("select count(*) from mart.gap_rows where gap_kind = 'uncertain_identity'").fetchall()
        [(contacts,)] = con.execute("select count(*) from mart.customer_identities").fetchall()
    assert [rank for rank, *_ in pairs] == list(range(1, len(pairs) + 1)) and len(pairs) == shown
    assert all(two for *_, two in pairs)
    known = [amount for _, amount, _ in pairs if amount is not None]
    assert known == sorted(known, reverse=True)
    assert 0 < len(pairs) < contacts / 10


def test_every_company_is_found_and_no_two_are_merged(night, sample):
    companies = {(row["tool"], row["record_id"]): row["company_no"] for row in truth(sample, "companies")}
    with night.copy() as con:
        links = con.execute("select tool, record_id, company_id, match_rule from mart.company_identities").fetchall()
        known = {company for (company,) in con.execute("select company_id from mart.companies").fetchall()}
    assert {link[:2] for link in links} == set(companies) and len(links) == len(companies)
    found = {(companies[tool, record], company) for tool, record, company, _ in links}
    assert len(found) == len(known) == len(set(companies.values()))
    assert {rule for *_, rule in links} >= {"same_registration_number", "same_domain", "same_name_and_place", "alone"}


def test_contacts_hang_under_companies_by_each_rule(night):
    with night.copy() as con:
        rules = con.execute("select match_rule, count(*) from mart.company_contacts group by all").fetchall()
        [(customers,)] = con.execute("select sum(customer_count) from mart.companies").fetchall()
        [(placed,)] = con.execute(
            "select count(distinct (company_id, customer_id)) from mart.company_contacts"
        ).fetchall()
    assert dict(rules).keys() == {"same_record", "same_domain", "same_name"}
    assert customers == placed


def test_spend_is_the_sum_of_the_raw_rows_that_count_for_each_tool_and_currency(night):
    with night.copy() as con:
        mart = con.execute("select tool, currency, sum(spend) from mart.campaign_performance group by all").fetchall()
    home = Lake(night.lake)
    tools = Workspace(night.exports, home).tools
    raw = []
    with lakes.connect(home, read_only=True) as con:
        for name in (tool.name for tool in tools.values() if tool.kind == "ads"):
            raw += con.execute(
                f"""
                select '{name}', currency, sum(spend)
                from lake.raw_{name}.performance as rows
                anti join lake.unified.ad_residual as left_out
                    on rows._file_id = left_out._file_id and rows._row_number = left_out._row_number
                group by all
                """
            ).fetchall()
    assert sorted(mart, key=str) == sorted(raw, key=str)
    assert {currency for _, currency, _ in mart} == {"EUR", "GBP", "MAD", None}


def test_what_is_not_counted_is_a_detail_of_what_is(night):
    with night.copy() as con:
        [(details, campaigns)] = con.execute(
            """
            with daily as (
                select tool, account_id, campaign_name, date, level, segments, sum(spend) as spend
                from mart.ad_performance
                where grain = 'day' and spend is not null
                group by all
            ),
            compared as (
                select max(spend) as highest, min(spend) as lowest, count(*) as statements
                from daily
                group by tool, account_id, campaign_name, date
            )
            select count(*) filter (statements > 1), count(*) filter (highest != lowest) from compared
            """
        ).fetchall()
    assert details > 200
    assert campaigns == 0


def test_spend_is_what_the_accounts_spent_each_day_counted_once(night, sample):
    expected = {
        (row["tool"], row["account_id"] or None, row["currency"] or None): Decimal(row["spend"])
        for row in truth(sample, "spend")
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
        files = con.execute("select path, rows_read, rows_loaded, rows_rejected, status from ops.files").fetchall()
        aside = con.execute("select count(*) from ops.rejected_rows").fetchone()[0]
    assert all(read == loaded + rejected for _, read, loaded, rejected, _ in files)
    # what is held is kept aside as a whole
    assert sum(rejected for *_, rejected, status in files if status != "held") == aside
    on_disk = {file.relative_to(night.exports).as_posix() for file in night.exports.rglob("*") if file.is_file()}
    no_exports = {path for path in on_disk if path == "unsilo.toml" or path.endswith("/layout.yml")}
    assert {path.split("!")[0] for path, *_ in files} == on_disk - no_exports


def test_days_that_a_later_export_states_otherwise_are_told_with_both_figures(night, sample):
    expected = {
        (row["tool"], row["account_id"], row["currency"], row["date"]): (
            Decimal(row["previous"]),
            Decimal(row["current"]),
        )
        for row in truth(sample, "restatements")
    }
    with night.copy() as con:
        found = con.execute(
            "select tool, account_id, currency, cast(date as varchar), sum(previous), sum(current)"
            " from ops.restatements where measure = 'spend' group by all"
        ).fetchall()
    assert {tuple(row[:4]): row[4:] for row in found} == expected


def test_an_export_that_would_erase_figures_is_held_and_erases_nothing(night, sample):
    [held] = [row["row_key"].rsplit(":", 1)[0] for row in truth(sample, "gaps") if row["gap_kind"] == "held_export"]
    with night.copy() as con:
        [(status, reason)] = con.execute("select status, reason from ops.files where path = ?", [held]).fetchall()
        days = con.execute(
            "select max(date) - min(date) from mart.campaign_performance where tool = 'google_ads' and currency = 'GBP'"
        ).fetchone()
    assert status == "held" and "of the same time" in reason and "unsilo decide accept" in reason
    assert days[0] > 300


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
