"""Every mapping SQL, over `<tool>/<unified table>/given.yml`, gives the rows in `expected.csv` beside it."""

import csv
from pathlib import Path

import duckdb
import pytest
import sqlglot
import yaml

from sources.layout import raw_schema, tools

HERE = Path(__file__).parent
MAPPINGS = [(tool, table) for tool in tools().values() for table in tool.mappings]
NAMES = [f"{tool.name}.{table}" for tool, table in MAPPINGS]
FILES = "file_id varchar, status varchar, period_start date, period_end date"


def connection(tool, given):
    con = duckdb.connect()
    con.execute(f"create schema raw_{tool.name}; create schema ops; create table ops.files ({FILES})")
    for table, reports in tool.tables.items():
        con.register("empty", raw_schema(reports).empty_table())
        con.execute(f"create table raw_{tool.name}.{table} as select * from empty")
    for table, rows in given.items():
        for row in rows:
            marks = ", ".join("?" for _ in row)
            con.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))
    return con


@pytest.mark.parametrize(("tool", "table"), MAPPINGS, ids=NAMES)
def test_mapping_gives_the_expected_rows(tool, table):
    case = HERE / tool.name / table
    given = yaml.safe_load((case / "given.yml").read_text(encoding="utf-8"))
    with (case / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    sql = tool.mappings[table].read_text(encoding="utf-8")
    columns = ", ".join(f"coalesce({column}::varchar, '')" for column in expected[0])
    result = connection(tool, given).execute(f"select {columns} from ({sql})").fetchall()
    assert sorted(result) == sorted(tuple(row.values()) for row in expected)


@pytest.mark.parametrize(("tool", "table"), MAPPINGS, ids=NAMES)
def test_mapping_is_one_described_select_that_other_engines_can_run(tool, table):
    sql = tool.mappings[table].read_text(encoding="utf-8")
    meaning, grain = sql.splitlines()[:2]
    assert meaning.startswith("-- ") and meaning.endswith(".")
    assert grain.startswith("-- grain: one row per ")
    [statement] = sqlglot.parse(sql, read="duckdb")
    assert isinstance(statement, sqlglot.exp.Select)
    statement.sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


@pytest.mark.parametrize(("tool", "table"), MAPPINGS, ids=NAMES)
def test_mapping_names_its_own_tool_and_the_origin_of_each_row(tool, table):
    columns = connection(tool, {}).execute(f"describe {tool.mappings[table].read_text(encoding='utf-8')}").fetchall()
    assert columns[0][0] == "tool"
    assert {"_file_id", "_row_number"} <= {name for name, *_ in columns}
    assert f"'{tool.name}' as tool" in tool.mappings[table].read_text(encoding="utf-8")
