"""Nights after the first, when nothing is new."""

import json
import time

import pytest


def test_a_second_night_changes_no_row_and_people_read_all_along(night):
    before = night.tables()
    process = night.start("run")
    answers = []
    while process.poll() is None:
        answers.append(json.loads(night.ask("sql", "select count(*) as n from mart.customers", "--format", "json")))
        time.sleep(2)  # people ask now and then
    out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert "no row changed" in out and "nobody new, merged or split" in out
    assert night.tables() == before
    assert len(answers) >= 2
    assert answers == [[{"n": len(before["mart.customers"])}]] * len(answers)


@pytest.mark.usefixtures("night")
def test_the_summary_says_what_was_found_and_where_to_look(sample):
    text = (sample / "summary.txt").read_text(encoding="utf-8")
    for said in (
        "customers",
        "since the night before: ",
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
