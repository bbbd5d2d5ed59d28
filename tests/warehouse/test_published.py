import subprocess
import sys
from datetime import date, datetime

import duckdb
import pytest

from warehouse.lake import Lake
from warehouse.published import ROLES, NotPublished, Refused, open_copy, published_tables, query, replace_copy

MARKETER, STEWARD = ROLES["marketer"], ROLES["steward"]
VALUES = {
    "initial": "Zoe Secret",
    "email": "zoe.secret@north.example",
    "phone": "+33639980001",
    "hidden": "Secret Street 1",
    "address": "zoe.secret@north.example",
    "date": date(1980, 2, 3),
    "timestamp": datetime(2026, 1, 1),
    "boolean": True,
    "varchar": "plain",
}
SHOWN = {"initial": "Z•••", "email": "z•••@north.example", "phone": "•••01", "hidden": "•••"}
SHOWN["address"] = SHOWN["email"]


def value(column):
    return VALUES.get(column.personal and column.type == "varchar" and column.personal, VALUES.get(column.type, 7))


def tables():
    """A connection with every published table: a row with a value in each column, and a row of nulls."""
    con = duckdb.connect()
    for table in published_tables():
        con.execute(f"create schema if not exists {table.name.split('.')[0]}")
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
        con.execute(f"create table {table.name} ({columns})")
        marks = ", ".join("?" for _ in table.columns)
        con.execute(f"insert into {table.name} values ({marks})", [value(column) for column in table.columns])
        con.execute(f"insert into {table.name} values ({marks})", [None] * len(table.columns))
    return con


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = Lake(tmp_path_factory.mktemp("published") / "lake")
    with tables() as con:
        for role in ROLES.values():
            replace_copy(con, home, role)
    return home


@pytest.fixture
def marketer(home):
    with open_copy(home, MARKETER) as con:
        yield con


def rows(con, sql):
    return query(con, sql).to_pylist()


@pytest.mark.parametrize("table", published_tables(), ids=lambda table: table.name)
def test_a_marketer_sees_every_personal_value_masked_and_null_as_null(marketer, table):
    [stated, empty] = sorted(rows(marketer, f"from {table.name}"), key=lambda row: row[table.columns[0].name] is None)
    for column in table.columns:
        masked = SHOWN[column.personal] if column.personal and column.type == "varchar" else None
        assert stated[column.name] == (masked if column.personal else stated[column.name])
        assert empty[column.name] is None
    assert "ecret" not in str(stated) and "9980001" not in str(stated)


@pytest.mark.parametrize("table", published_tables(), ids=lambda table: table.name)
def test_a_steward_sees_everything(home, table):
    with open_copy(home, STEWARD) as con:
        assert rows(con, f"from {table.name} limit 1") == [{column.name: value(column) for column in table.columns}]


def test_a_short_value_is_masked_as_well(tmp_path):
    home = Lake(tmp_path / "lake")
    with tables() as con:
        con.execute("delete from mart.customers")
        con.execute("insert into mart.customers (customer_id, email, phone) values ('c', 'not an address', '')")
        replace_copy(con, home, MARKETER)
    with open_copy(home, MARKETER) as con:
        assert rows(con, "select email, phone from mart.customers") == [{"email": "n•••", "phone": "•••"}]


def test_the_stewards_copy_is_for_its_owner_only(home):
    assert STEWARD.file(home).stat().st_mode & 0o077 == 0


def test_columns_carry_their_meaning_and_unit(marketer):
    sql = "select comment from duckdb_columns() where table_name = 'customers' and column_name = 'contact_count'"
    assert rows(marketer, sql) == [{"comment": "Number of contacts. Unit: contacts."}]


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) as n from mart.customers",
        "with c as (from mart.customers) select count(*) as n from c;",
        "select count(*) as n from mart.customers as a, mart.gaps as b -- a comment; with a semicolon",
    ],
)
def test_one_select_is_answered(marketer, sql):
    assert rows(marketer, sql)[0]["n"] in (2, 4)


@pytest.mark.parametrize(
    "sql",
    [
        "insert into mart.gaps (gap_id) values ('a')",
        "update mart.gaps set owner = 'me'",
        "delete from mart.gaps",
        "create table mine as select 1",
        "create temp table mine as select 1",
        "create macro f() as 1",
        "drop table mart.gaps",
        "alter table mart.gaps rename to gone",
        "truncate mart.gaps",
        "copy mart.gaps to '{folder}/out.csv'",
        "copy (select 1) to '{folder}/out.parquet'",
        "copy mart.gaps from '{folder}/secret.csv'",
        "export database '{folder}/out'",
        "import database '{folder}'",
        "attach '{folder}/other.duckdb' as other",
        "detach marketer",
        "use memory",
        "set enable_external_access = true",
        "reset enable_external_access",
        "pragma enable_profiling",
        "install httpfs",
        "load httpfs",
        "load '{folder}/secret.csv'",
        "call pragma_version()",
        "checkpoint",
        "begin",
        "vacuum",
        "prepare p as select 1",
        "explain analyze select 1",
        "select 1; select 2",
        "select 1; drop table mart.gaps",
        "",
        "-- nothing",
        "no sql at all",
        "select * from mart.horoscopes",
    ],
)
def test_anything_but_one_select_is_refused(marketer, tmp_path, sql):
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(Refused):
        query(marketer, sql.format(folder=tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["secret.csv"]
    assert rows(marketer, "select count(*) as n from mart.gaps") == [{"n": 2}]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('{file}')",
        "select * from '{file}'",
        "select * from read_parquet('{file}')",
        "select * from read_json('{file}')",
        "select * from read_text('{file}')",
        "select * from read_blob('{file}')",
        "select * from glob('{folder}/*')",
        "select * from sniff_csv('{file}')",
        "select * from parquet_metadata('{file}')",
        "select * from 'http://127.0.0.1:9/a.csv'",
        "select * from read_csv('https://127.0.0.1:9/a.csv')",
        "select * from sqlite_scan('{folder}/catalog.sqlite', 'a')",
        "select * from query('from read_text(''{file}'')')",
        "select getvariable('a') from query_table('{file}')",
    ],
)
def test_nothing_outside_the_copy_can_be_read(marketer, tmp_path, sql):
    file = tmp_path / "secret.csv"
    file.write_text("secret\n1\n", encoding="utf-8")
    with pytest.raises(Refused):
        query(marketer, sql.format(file=file, folder=tmp_path))


def test_python_objects_of_the_reader_are_out_of_reach(marketer):
    hidden = query(marketer, "select 1 as a")
    assert hidden.num_rows == 1
    with pytest.raises(Refused):
        query(marketer, "from hidden")


def test_nothing_published_yet_says_what_to_do(tmp_path):
    with pytest.raises(NotPublished, match="run `unsilo run` first"):
        open_copy(Lake(tmp_path / "lake"), MARKETER)


READ = """
import sys
from pathlib import Path
from warehouse.lake import Lake
from warehouse.published import ROLES, open_copy, query
con = open_copy(Lake(Path(sys.argv[1])), ROLES["marketer"])
count = lambda: print(query(con, "select count(*) from mart.gaps").column(0)[0].as_py(), flush=True)
count()
sys.stdin.readline()
count()
"""


def test_a_reader_keeps_what_it_opened_while_the_copy_is_replaced(tmp_path):
    home = Lake(tmp_path / "lake")
    with tables() as con:
        replace_copy(con, home, MARKETER)
        command = [sys.executable, "-c", READ, str(home.root)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
            assert reader.stdout.readline() == "2\n"
            con.execute("delete from mart.gaps")
            replace_copy(con, home, MARKETER)
            assert reader.communicate("\n")[0] == "2\n"
    with open_copy(home, MARKETER) as after:
        assert rows(after, "select count(*) as n from mart.gaps") == [{"n": 0}]


def test_a_copy_that_cannot_be_finished_leaves_the_old_one(tmp_path):
    home = Lake(tmp_path / "lake")
    with tables() as con:
        replace_copy(con, home, MARKETER)
        con.execute("delete from mart.customers; drop table mart.gaps")
        with pytest.raises(duckdb.Error):
            replace_copy(con, home, MARKETER)
    with open_copy(home, MARKETER) as after:
        assert rows(after, "select count(*) as n from mart.customers") == [{"n": 2}]


def test_one_program_can_open_a_copy_twice(home, marketer):
    with open_copy(home, MARKETER) as second:
        assert rows(second, "select count(*) as n from mart.gaps") == [{"n": 2}]
