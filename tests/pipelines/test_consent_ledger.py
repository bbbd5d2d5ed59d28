"""What older exports stated about consent stays known when newer ones replace their rows."""

from datetime import date

import pytest

from pipelines.build import build, expose_raw, night_models

HEADER = "Record ID,Email,Unsubscribed from all email,Legal basis for processing contact's data\n"
BASIS = "Freely given consent from contact"
JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


def drop(company, day, *rows):
    lines = "".join(f"{number},p{number}@north.example,{out},{basis}\n" for number, out, basis in rows)
    company.drop(f"hubspot/hubspot-crm-exports-all-contacts-{day}.csv", HEADER + lines, day)


def ledger(company):
    return company.rows(
        "select record_id, value, evidence, first_exported_at::date, last_exported_at::date"
        " from lake.ops.consent_ledger order by all"
    )


def statements(company):
    models = night_models(company.workspace)
    made = [models[name] for name in ("unified.consents", "unified.consent_statements")]
    expose_raw(company.workspace, company.staging, made)
    for model in made:
        build(company.staging, model)
    return company.rows(
        "select record_id, value, is_current, first_exported_at::date, last_exported_at::date"
        " from unified.consent_statements order by all"
    )


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)])
@pytest.mark.parametrize("at_once", [True, False])
def test_every_statement_is_known_with_its_first_and_last_export_whatever_the_order(new_company, order, at_once):
    exports = [
        (JULY, (1, "", BASIS), (2, "", BASIS), (3, "true", "")),
        (AUGUST, (1, "true", BASIS), (2, "", BASIS), (3, "true", "")),
        (SEPTEMBER, (1, "true", ""), (2, "", BASIS), (3, "", "")),
    ]
    for number in order:
        drop(new_company, *exports[number])
        if not at_once:
            new_company.load("hubspot")
    new_company.load("hubspot")
    assert statements(new_company) == [
        ("1", "granted", False, JULY, AUGUST),
        ("1", "withdrawn", True, AUGUST, SEPTEMBER),
        ("2", "granted", True, JULY, SEPTEMBER),
        ("3", "withdrawn", False, JULY, AUGUST),
    ]


def test_a_first_export_has_nothing_to_keep(new_company):
    drop(new_company, JULY, (1, "", BASIS))
    new_company.load("hubspot")
    assert ledger(new_company) == []


def test_what_each_export_states_again_is_noted_once(new_company):
    for number, day in enumerate((JULY, AUGUST, SEPTEMBER), start=2):
        drop(new_company, day, (1, "", BASIS), (number, "", ""))
        new_company.load("hubspot")
    assert ledger(new_company) == [("1", "granted", "legal basis", JULY, JULY)]


def test_records_that_a_newer_export_lacks_are_current_and_not_in_the_ledger(new_company):
    drop(new_company, JULY, (1, "", BASIS), (2, "true", ""))
    drop(new_company, AUGUST, (1, "", BASIS))
    new_company.load("hubspot")
    assert [row[0] for row in ledger(new_company)] == ["1"]
    assert ("2", "withdrawn", True, JULY, JULY) in statements(new_company)


def test_a_layout_without_code_has_its_statements_kept_too(new_company):
    new_company.drop(
        "club/layout.yml",
        """
title: Club
kind: crm
languages: [en]
reports:
  members:
    grain: one row per member
    feeds: [contacts, consents]
    needs: [record_id, value]
    restates: [record_id]
    file_date: '(\\d{4}-\\d{2}-\\d{2})'
    fields:
      record_id: {type: id, en: [No]}
      value: {type: text, en: [Letter], values: {"yes": granted, left: withdrawn}}
""",
    )
    new_company.drop(f"club/members {JULY}.csv", "No,Letter\n1,yes\n2,yes\n", JULY)
    new_company.drop(f"club/members {AUGUST}.csv", "No,Letter\n1,left\n2,\n", AUGUST)
    new_company.load("club")
    assert statements(new_company) == [
        ("1", "granted", False, JULY, JULY),
        ("1", "withdrawn", True, AUGUST, AUGUST),
        ("2", "granted", False, JULY, JULY),
    ]


def test_tools_that_state_no_consent_note_nothing(new_company):
    for day in (JULY, AUGUST):
        content = f"Record ID,Company name,City\n1,North,{day:%B}\n"
        new_company.drop(f"hubspot/hubspot-crm-exports-companies-{day}.csv", content, day)
    new_company.load("hubspot")
    assert ledger(new_company) == []
