import pyarrow as pa
import pytest

from pipelines.check import check_table, count_gap
from pipelines.validator import Validator, validator
from warehouse import dictionary
from warehouse.models import gap_models

SECRET = "zoe.secret@north.example"
SEND = {"tool": "mail", "campaign_id": "a", "recipients": 1, "delivered": 1}
FIGURES = {
    "tool": "ads",
    "currency": "EUR",
    "grain": "day",
    "spend": "1.5",
    "impressions": 1,
    "clicks": 1,
    "conversions": 1,
}
CUSTOMER = {"customer_id": "c_1", "email": SECRET, "email_consent": "granted"}

# expectation, its columns, whether it stops publishing, the table, its rows, and the keys of those that fail
FAILING = [
    ("column values to be unique", "customer_id", True, "mart.customers", [CUSTOMER, CUSTOMER], ("c_1",)),
    ("column values to not be null", "customer_id", True, "mart.customers", [{**CUSTOMER, "customer_id": None}], None),
    ("compound columns to be unique", "tool, campaign_id", True, "mart.email_performance", [SEND, SEND], ("mail/a",)),
    (
        "column values to be in set", "email_consent", True, "mart.customers",
        [CUSTOMER, {**CUSTOMER, "customer_id": "c_2", "email_consent": SECRET}], ("c_2",),
    ),
    (
        "column values to not be null", "email_consent", True, "mart.customers",
        [CUSTOMER, {**CUSTOMER, "customer_id": "c_2", "email_consent": None}], ("c_2",),
    ),
    (
        "column values to match regex", "currency", False, "mart.campaign_performance",
        [FIGURES, {**FIGURES, "campaign_id": "b", "currency": "euro"}], None,
    ),
    (
        "column values to be between", "recipients", False, "mart.email_performance",
        [SEND, {**SEND, "campaign_id": "b", "recipients": -1}], ("mail/b",),
    ),
    (
        "column values to be between", "spend", False, "mart.campaign_performance",
        [FIGURES, {**FIGURES, "campaign_id": "b", "spend": "-0.01"}], None,
    ),
]  # fmt: skip


def check(company, table, rows):
    company.staging.write(table, rows)
    return check_table(company.staging, table)


@pytest.mark.parametrize(("expectation", "columns", "blocks", "table", "rows", "keys"), FAILING)
def test_an_expectation_fails_on_what_it_is_for(company, expectation, columns, blocks, table, rows, keys):
    verdicts = check(company, table, rows)
    [failed] = [v for v in verdicts if not v.passed and (v.expectation, v.columns) == (expectation, columns)]
    assert failed.blocks is blocks
    assert keys is None or failed.sample == keys
    assert failed.share == failed.failing_rows / len(rows)
    assert len(company.rows(failed.sql)) == failed.failing_rows > 0
    assert SECRET not in str([(v.sample, v.sql) for v in verdicts])
    assert (table in company.staging.passed()) is not blocks


def test_every_expectation_of_the_dictionary_is_among_those_seen_to_fail():
    from pipelines.expectations import suite

    types = {e.expectation_type for table in dictionary.tables().values() for e in suite(table).expectations}
    assert {name.removeprefix("expect_").replace("_", " ") for name in types} == {case[0] for case in FAILING}


def test_a_table_as_the_dictionary_says_passes(company):
    verdicts = check(company, "mart.customers", [CUSTOMER, {**CUSTOMER, "customer_id": "c_2"}])
    assert all(verdict.passed for verdict in verdicts)
    assert "mart.customers" in company.staging.passed()


@pytest.mark.parametrize("table", [name for name in dictionary.tables() if name.startswith("mart.")])
def test_an_empty_table_passes(company, table):
    assert [verdict for verdict in check(company, table, []) if not verdict.passed] == []


def test_a_key_with_an_empty_part_counts_like_any_other(company):
    rows = [{"tool": "ads", "account_id": None, "campaign_id": "1", "campaign_name": "A", "match_rule": "alone"}] * 2
    verdicts = check(company, "mart.campaign_identities", rows)
    assert [v.columns for v in verdicts if not v.passed] == ["tool, account_id, campaign_id, campaign_name"]
    assert "mart.campaign_identities" not in company.staging.passed()


def test_a_table_that_is_built_anew_has_to_be_checked_anew(company):
    check(company, "mart.customers", [CUSTOMER])
    check(company, "mart.customers", [CUSTOMER, CUSTOMER])
    assert "mart.customers" not in company.staging.passed()


def test_a_gap_is_counted_with_the_keys_of_some_rows(company):
    deals = [{"tool": "crm", "record_id": str(number)} for number in range(8)]
    company.staging.write("mart.deals", deals)
    found = [
        {
            "gap_kind": "deal_without_source",
            "tool": "crm",
            "subject": "deals",
            "row_table": "mart.deals",
            "row_key": key,
        }
        for key in "gfedcba"
    ]
    company.staging.write("mart.gap_rows", [*found[:6], {**found[6], "gap_kind": "another"}])
    [kind] = [kind for kind in gap_models() if kind.name == "gaps.deal_without_source"]
    count = count_gap(company.staging, kind)
    assert (count.failing_rows, count.rows, count.share) == (6, 8, 0.75)
    assert [row["row_key"] for row in count.sample] == ["b", "c", "d", "e", "f"]
    assert len(company.rows(count.sql)) == 6


def test_the_share_of_a_gap_in_an_empty_table_is_nothing(company):
    company.staging.write("mart.deals", [])
    company.staging.write("mart.gap_rows", [])
    [kind] = [kind for kind in gap_models() if kind.name == "gaps.deal_without_source"]
    assert count_gap(company.staging, kind).share == 0


def test_the_validator_ends_when_the_night_does():
    alone = Validator()
    alone._process.stdin.close()
    assert alone._process.wait(timeout=60) == 0


def test_what_goes_wrong_in_the_validator_is_told_without_values():
    with pytest.raises(RuntimeError, match=r"^mart\.nothing could not be validated \(DictionaryError\)$"):
        validator().validate("mart.nothing", pa.table({"email": [SECRET]}))
