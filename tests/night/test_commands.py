"""The command line as people use it, on a published night."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from company import Company

PROJECT = Path(__file__).parent.parent.parent


def test_sql_answers_as_table_csv_json_and_workbook(night, tmp_path):
    select = "select channel, count(*) as n from mart.consents group by all order by all"
    [row] = json.loads(night.unsilo("sql", select, "--format", "json"))
    assert row["channel"] == "email"
    assert list(csv.DictReader(io.StringIO(night.ask("sql", select, "--format", "csv")))) == [
        {"channel": "email", "n": str(row["n"])}
    ]
    assert f"{row['n']:,}" in night.ask("sql", select)
    night.unsilo("sql", select, "--format", "xlsx", "-o", str(tmp_path / "consents.xlsx"))
    assert pl.read_excel(tmp_path / "consents.xlsx").to_dicts() == [row]


def test_brackets_in_names_are_shown_as_they_are(night):
    said = night.ask("sql", """select '[/] Spring [bold]' as "[name]" """)
    assert "[name]" in said and "[/] Spring [bold]" in said


@pytest.mark.parametrize(
    "refused",
    [
        "delete from mart.customers",
        "select 1; select 2",
        "copy mart.customers to 'stolen.csv'",
        "from read_csv('{secret}')",
        "from read_text('{secret}')",
        "from glob('{folder}/*')",
        "attach '{secret}' as other",
        "set enable_external_access = true",
        "install httpfs",
        "pragma threads = 1",
        "from 'https://example.com/data.csv'",
        "from mart.no_such_table",
        "not sql",
    ],
)
def test_sql_does_nothing_but_read_the_published_tables(night, tmp_path, refused):
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nplover\n", encoding="utf-8")
    said = night.ask("sql", refused.format(secret=secret, folder=tmp_path), code=2)
    assert "plover" not in said and "secret.csv" not in said.replace(str(secret), "")


def test_gaps_lists_all_and_shows_how_to_fix_one(night):
    with night.copy() as con:
        gap_id, rows = con.execute(
            "select gap_id, rows_affected from mart.gaps where gap_kind = 'deal_without_source'"
        ).fetchone()
    listed = night.ask("gaps")
    assert gap_id in listed and "deal_without_source" in listed
    shown = night.ask("gaps", gap_id)
    assert "Fill in the source" in shown and f"of {rows:,} rows" in shown
    night.ask("gaps", "nosuchgap", code=2)


def test_status_tells_every_file_and_why_one_was_not_read(night):
    said = night.unsilo("status")
    assert "Last runs" in said and "published" in said and "new customers" in said
    assert "no source named 'salonpro' is registered" in said
    assert "caisse/layout.yml: sales.receipt" in said.replace("\n", "")
    assert "the export states 30 rows" in said and "unsilo decide accept" in said
    assert "the same content was loaded from" in said


def test_tools_tells_who_owns_what(night):
    said = night.unsilo("tools")
    assert "sales operations" in said and "no source reads it" in said


def test_before_the_first_night_commands_say_what_to_do(tmp_path):
    company = Company(tmp_path / "exports", tmp_path / "lake")
    assert "run `unsilo run` first" in company.unsilo("sql", "select 1", code=1)


def test_sample_refuses_a_folder_that_holds_exports(night):
    assert "is not empty" in night.unsilo("sample", code=2)


def test_settings_that_cannot_be_understood_are_wrong_usage(tmp_path):
    company = Company(tmp_path, tmp_path / "lake")
    (tmp_path / "unsilo.toml").write_text("[company]\ncurrency = 'EUR'\n", encoding="utf-8")
    said = company.unsilo("run", code=2)
    assert "unsilo.toml" in said and "currency is not known" in said


def test_dagster_accepts_the_definitions():
    validate = [sys.executable, "-m", "dagster", "definitions", "validate"]
    done = subprocess.run(validate, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert "All code locations passed validation" in done.stdout + done.stderr
