"""Every model, over `<schema>/<table>/<case>/given.yml`, gives the rows in `expected.csv` beside it.

`given.yml` lists rows of the tables the model reads, only the columns that matter; a column left out is null.
"""

import csv
from pathlib import Path

import duckdb
import pytest
import sqlglot
import yaml

from warehouse import dictionary
from warehouse.dictionary import Table
from warehouse.models import gap_models, models

HERE = Path(__file__).parent
MODELS = {model.name: model for model in (*models({}).values(), *gap_models())}
CASES = sorted(
    str(case.relative_to(HERE)) for schema in ("unified", "mart", "gaps") for case in HERE.glob(f"{schema}/*/*")
)
GAP = dictionary.table("mart.gap_rows")


def described(name: str) -> Table:
    """What the dictionary says of a model's table; a kind of gap is a part of `mart.gap_rows`."""
    return GAP if name.startswith("gaps.") else dictionary.table(name)


def connection(model, given):
    con = duckdb.connect()
    for name in sorted(model.depends_on):
        con.execute(f"create schema if not exists {name.split('.')[0]}")
        columns = ", ".join(f'"{column.name}" {column.type}' for column in dictionary.table(name).columns)
        con.execute(f"create table {name} ({columns})")
    for table, rows in given.items():
        for row in rows:
            marks = ", ".join("?" for _ in row)
            con.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))
    return con


def build(con, model):
    """As the night builds it: with the dictionary's columns and types; what a kind of gap leaves out is null."""
    table, sql = described(model.name), model.sql
    if table is GAP:
        nulls = ", ".join(f'null::{c.type} as "{c.name}"' for c in table.columns)
        sql = f"(select {nulls} where false) union all by name (\n{sql}\n)"
    columns = ", ".join(f'cast("{c.name}" as {c.type}) as "{c.name}"' for c in table.columns)
    con.execute(f"create table built as select {columns} from (\n{sql}\n)")


def expect(con, table, rows):
    types = ", ".join(f'"{name}" {table.column(name).type}' for name in rows[0])
    con.execute(f"create table expected ({types})")
    for row in rows[1:]:
        con.execute(f"insert into expected values ({', '.join('?' for _ in row)})", [cell or None for cell in row])


def texts(con, table, columns):
    listed = ", ".join(f"coalesce(\"{column}\"::varchar, '')" for column in columns)
    return sorted(con.execute(f"select {listed} from {table}").fetchall())


@pytest.mark.parametrize("case", CASES)
def test_model_gives_the_expected_rows(case):
    model = MODELS[".".join(Path(case).parts[:2])]
    table = described(model.name)
    # every scalar stays the text that stands there, so that no money passes through a float
    given = yaml.load((HERE / case / "given.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    with (HERE / case / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    con = connection(model, given)
    build(con, model)
    expect(con, table, rows)
    assert texts(con, "built", rows[0]) == texts(con, "expected", rows[0])
    # what a gap is about stands for the id that `mart.gap_rows` gives it
    key = ["tool", "subject", "currency", "row_table", "row_key"] if model.name.startswith("gaps.") else table.key
    twice = f"select {', '.join(key)} from built group by all having count(*) > 1"
    assert con.execute(twice).fetchall() == []


def test_every_model_has_a_case():
    assert sorted(MODELS) == sorted({".".join(Path(case).parts[:2]) for case in CASES})


def test_every_case_says_what_it_shows():
    silent = [case for case in CASES if not (HERE / case / "given.yml").read_text(encoding="utf-8").startswith("# ")]
    assert silent == []


@pytest.mark.parametrize("name", [name for name in MODELS if name != "mart.gap_rows"])
def test_model_is_one_described_select_that_other_engines_can_run(name):
    [file] = MODELS[name].files
    meaning, grain = file.read_text(encoding="utf-8").splitlines()[:2]
    assert meaning.startswith("-- ") and meaning.endswith(".")
    assert grain.startswith("-- grain: one row per ")
    [statement] = sqlglot.parse(file.read_text(encoding="utf-8"), read="duckdb")
    assert isinstance(statement, sqlglot.exp.Select | sqlglot.exp.Union)
    statement.sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


@pytest.mark.parametrize("name", MODELS)
def test_model_has_the_columns_that_the_dictionary_describes(name):
    columns = {c.name for c in described(name).columns}
    con = connection(MODELS[name], {})
    found = {row[0] for row in con.execute(f"describe {MODELS[name].sql}").fetchall()}
    if name.startswith("gaps."):
        assert {"subject", "row_table", "row_key"} <= found <= columns - {"gap_id", "gap_kind"}
    else:
        assert found == columns


@pytest.mark.parametrize("model", gap_models(), ids=lambda model: model.name)
def test_a_kind_of_gap_says_how_bad_it_is_whose_and_what_to_do(model):
    assert set(model.header) == {"severity", "owner", "check", "fix"}
    assert model.header["severity"] in ("high", "medium", "low")
    assert dictionary.table(model.header["check"])
    assert model.header["fix"].endswith(".")
