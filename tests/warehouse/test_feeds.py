"""Every feed, over `feeds/<unified table>/<case>/given.yml`, gives the rows in `expected.csv` beside it.

`given.yml` lists rows of `feed.fields`, only the columns that matter; a column left out is null.
"""

import csv
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
import sqlglot
import yaml

from warehouse import dictionary, feeds
from warehouse.feeds import Feed, FeedError
from warehouse.lineage import column_lineage
from warehouse.models import models

HERE = Path(__file__).parent / "feeds"
CASES = sorted(str(case.relative_to(HERE)) for case in HERE.glob("*/*"))
CLUB = Feed(
    "club", "members", pa.schema({"email": pa.string(), "crm_id": pa.string(), "till": pa.string()}), ("crm_id", "till")
)


def texts(con, columns, source):
    listed = ", ".join(f"coalesce(\"{column}\"::varchar, '')" for column in columns)
    return sorted(con.execute(f"select {listed} from {source}").fetchall())


@pytest.mark.parametrize("case", CASES)
def test_feed_gives_the_expected_rows(case):
    unified = Path(case).parts[0]
    table = dictionary.table(f"unified.{unified}")
    given = yaml.load((HERE / case / "given.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    with (HERE / case / "expected.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    columns = ", ".join(f'"{name}" {type_}' for name, type_ in feeds.columns(unified).items())
    con = duckdb.connect()
    con.execute(f"create schema feed; create table feed.fields ({columns})")
    for row in given["feed.fields"]:
        marks = ", ".join("?" for _ in row)
        con.execute(f"insert into feed.fields ({', '.join(row)}) values ({marks})", list(row.values()))
    con.execute(f"create table built as {feeds.selects()[unified].read_text(encoding='utf-8')}")
    types = ", ".join(f'"{name}" {table.column(name).type}' for name in header)
    con.execute(f"create table expected ({types})")
    for row in rows:
        con.execute(f"insert into expected values ({', '.join('?' for _ in row)})", [cell or None for cell in row])
    assert texts(con, header, "built") == texts(con, header, "expected")
    key = ", ".join(table.key)
    assert con.execute(f"select {key} from built group by all having count(*) > 1").fetchall() == []


def test_every_feed_has_a_case():
    assert sorted(feeds.selects()) == sorted({Path(case).parts[0] for case in CASES})


@pytest.mark.parametrize("unified", feeds.selects())
def test_feed_is_one_described_select_of_unified_columns_that_other_engines_can_run(unified):
    lines = feeds.selects()[unified].read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("-- ") and lines[0].endswith(".")
    assert lines[1].startswith("-- grain: one row per ")
    sql = feeds.select(unified, CLUB)
    [statement] = sqlglot.parse(sql, read="duckdb")
    statement.sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    con = duckdb.connect()
    con.execute("create schema raw_club; create table raw_club.members (email varchar, crm_id varchar, till varchar)")
    described = {name: type_.lower() for name, type_, *_ in con.execute(f"describe {sql}").fetchall()}
    table = dictionary.table(f"unified.{unified}")
    assert described == {column.name: column.type for column in table.columns}


def test_a_feed_reads_the_raw_table_once_and_leaves_out_what_it_lacks():
    model = models({"contacts": [CLUB]})["unified.contacts"]
    assert model.depends_on == {"raw_club.members"}
    assert model.sql.count("raw_club.members") == 1
    con = duckdb.connect()
    con.execute("create schema raw_club; create table raw_club.members (email varchar, crm_id varchar, till varchar)")
    con.execute(
        """insert into raw_club.members values ('a@example.org', 'x"\\1', null), ('b@example.org', null, null)"""
    )
    rows = con.execute(f"select tool, email, external_ids, phone from ({model.sql}) order by email").fetchall()
    assert rows == [
        ("club", "a@example.org", '{"crm_id": "x\\"\\\\1"}', None),
        ("club", "b@example.org", None, None),
    ]


def test_a_column_of_a_feed_is_traced_to_the_raw_table():
    model = models({"contacts": [CLUB]})["unified.contacts"]
    origins = column_lineage(model, {"raw_club.members": CLUB.columns.names})
    assert origins["email"] == [("raw_club.members", "email")]
    assert origins["external_ids"] == [("raw_club.members", "crm_id"), ("raw_club.members", "till")]


def test_mappings_and_feeds_make_one_table(tmp_path):
    file = tmp_path / "contacts.sql"
    file.write_text("select 'till' as tool, id as record_id from raw_till.people", encoding="utf-8")
    model = models({"contacts": [file, CLUB], "deals": []})["unified.contacts"]
    assert model.depends_on == {"raw_till.people", "raw_club.members"}


def test_a_table_that_nothing_feeds_is_empty():
    model = models({"web_performance": []})["unified.web_performance"]
    assert duckdb.connect().execute(model.sql).fetchall() == []


@pytest.mark.parametrize(
    ("unified", "columns", "told"),
    [
        ("contact", {}, "no unified table is called contact; did you mean contacts?"),
        ("ad_performance", {"spend": pa.string()}, "spend: its type must be money, decimal or count"),
        ("contacts", {"created_at": pa.string()}, "created_at: its type must be date or datetime"),
        ("email_performance", {"recipients": pa.decimal128(18, 6)}, "recipients: its type must be count"),
    ],
)
def test_a_feed_that_cannot_be_is_refused(unified, columns, told):
    with pytest.raises(FeedError, match=told):
        feeds.check(unified, Feed("club", "members", pa.schema(columns)))
