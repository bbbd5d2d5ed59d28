from decimal import Decimal

import pytest

from pipelines.refer import TABLES, refer
from warehouse import dictionary
from warehouse.models import gap_models

SETTINGS = """
[company]
name = "North"
country = "BE"
[tools.hubspot]
owner = "Kim"
monthly_cost = 99.9
[tools.calendar]
owner = "Lou"
restatement_days = 3
[survivorship]
default = "most_frequent"
address = "most_trusted"
trusted = ["hubspot", "google_ads"]
"""


@pytest.fixture(scope="module")
def referred(company):
    company.drop("unsilo.toml", SETTINGS)
    company.drop("hubspot/a.csv", "a\n")
    company.drop("abacus/a.csv", "a\n")
    return refer(company.workspace, company.staging)


def test_every_table_has_rows(referred):
    assert list(referred) == list(TABLES)
    assert all(referred.values())


def test_the_settings_are_one_row_with_the_day_the_run_counts_as_of(company, referred):
    sql = "select name, country_code, base_currency, time_zone, run_date::varchar, stale_days from ref.settings"
    assert company.rows(sql) == [("North", "BE", "EUR", "Europe/Paris", "2026-09-30", 7)]


def code(company, country):
    """The code of a country as a model would look it up."""
    sql = "select country_code from ref.countries where name = lower(strip_accents(?))"
    return company.staging.con.execute(sql, [country]).fetchall()


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("fr", "FR"), ("DE", "DE"), ("Allemagne", "DE"), ("Belgique", "BE"), ("Maroc", "MA"), ("Royaume-Uni", "GB"),
        ("UK", "GB"), ("England", "GB"), ("États-Unis", "US"), ("Etats Unis", "US"), ("USA", "US"), ("Suisse", "CH"),
        ("Espagne", "ES"), ("Pays-Bas", "NL"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_code_and_its_names(company, referred, country, expected):
    assert code(company, country) == [(expected,)]


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("France", "FR"), ("Germany", "DE"), ("United Kingdom", "GB"), ("United States", "US"), ("Réunion", "RE"),
        ("Côte d'Ivoire", "CI"), ("Netherlands", "NL"), ("Luxembourg", "LU"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_a_name_that_languages_share(company, referred, country, expected):
    assert code(company, country) == [(expected,)]


def test_countries_are_spelled_as_the_models_compare_them(company, referred):
    sql = "select name from ref.countries where name != lower(strip_accents(trim(name)))"
    assert company.rows(sql) == []


def test_no_spelling_stands_for_two_countries(company, referred):
    assert company.rows("select name from ref.countries group by name having count(*) > 1") == []


@pytest.mark.parametrize(
    ("country", "plan"),
    [
        ("FR", ("33", "0", 9, 9)),
        ("GB", ("44", "0", 7, 10)),
        ("IT", ("39", None)),
        ("US", ("1", "1")),
        ("MA", ("212", "0", 9, 9)),
    ],
)
def test_phone_plans_are_those_of_the_country(company, referred, country, plan):
    sql = "select calling_code, national_prefix, min_length, max_length from ref.phone_plans where country_code = ?"
    [found] = company.staging.con.execute(sql, [country]).fetchall()
    assert found[: len(plan)] == plan


def test_every_kind_of_gap_is_listed_with_its_owner_and_fix(company, referred):
    listed = company.rows("select gap_kind, severity, owner, how_to_fix from ref.gap_kinds order by gap_kind")
    kinds = [(kind.name.removeprefix("gaps."), kind.header) for kind in gap_models()]
    assert listed == [(name, header["severity"], header["owner"], header["fix"]) for name, header in kinds]


def test_tools_are_those_with_exports_or_settings_known_or_not(company, referred):
    assert company.rows(
        "select tool, title, kind, owner, monthly_cost, is_registered from ops.tools order by tool"
    ) == [
        ("abacus", "abacus", None, None, None, False),
        ("calendar", "calendar", None, "Lou", None, False),
        ("hubspot", "HubSpot", "crm", "Kim", Decimal("99.9"), True),
    ]


def test_tools_say_how_long_they_go_on_changing_figures_unless_the_settings_do(company, referred):
    company.drop("google_ads/a.csv", "a\n")
    refer(company.workspace, company.staging)
    stated = dict(company.rows("select tool, restatement_days from ops.tools where tool != 'hubspot'"))
    usual = company.workspace.tools["google_ads"].restatement_days
    assert usual is not None
    assert stated == {"abacus": None, "calendar": 3, "google_ads": usual}


def test_fields_survive_by_the_rule_of_their_part_and_a_name_by_its_own(company, referred):
    rules = dict(company.rows("select field, survivorship_rule from ref.survivorship"))
    expected = {
        "full_name": "most_complete",
        "city": "most_trusted",
        "street": "most_trusted",
        "job_title": "most_frequent",
    }
    assert {field: rules[field] for field in expected} == expected
    columns = {column.name for column in dictionary.table("unified.contacts").columns}
    assert set(rules) <= columns


def test_tools_have_their_place_in_the_order_of_trust(company, referred):
    ranks = dict(company.rows("select tool, trust_rank from ops.tools"))
    assert (ranks["hubspot"], ranks["abacus"]) == (1, None)


def test_addresses_of_functions_are_known(company, referred):
    sql = "select count(*) from ref.role_addresses where local_part in ('contact', 'info', 'sales', 'facturation')"
    assert company.rows(sql) == [(4,)]
    assert company.rows("select local_part from ref.role_addresses where local_part != lower(trim(local_part))") == []


def test_domains_of_providers_are_written_as_the_models_compare_them(company, referred):
    known = "select kind from ref.shared_domains where domain in ('gmail.com', 'linkedin.com', 'wixsite.com')"
    assert sorted(kind for (kind,) in company.rows(known)) == ["hosting", "mailbox", "platform"]
    host = r"^([a-z0-9-]+\.)+[a-z]{2,}$"
    odd = company.rows(f"select domain from ref.shared_domains where not regexp_matches(domain, '{host}')")
    twice = company.rows("select domain from ref.shared_domains group by domain having count(*) > 1")
    stripped = company.rows(
        r"select domain from ref.shared_domains where regexp_matches(domain, '^(www|m|mail)\..+\.')"
    )
    assert odd == twice == stripped == []
