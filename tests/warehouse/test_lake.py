import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse import dictionary, lake
from warehouse.lake import Lake
from warehouse.staging import BuildError, Staging


@pytest.fixture(scope="module")
def staging(tmp_path_factory):
    opened = Staging(Lake(tmp_path_factory.mktemp("lake") / "lake"))
    yield opened
    opened.close()


def test_extensions_are_files_of_installed_packages():
    assert [file.name for file in lake.extension_files() if not file.is_file()] == []


def test_a_lake_opens_without_downloading_anything(tmp_path, monkeypatch):
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    monkeypatch.setenv("HOME", str(nowhere))
    with lake.connect(Lake(tmp_path / "lake")) as con:
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
            assert con.execute("select current_setting(?)", [setting]).fetchone() == (False,)
        assert con.execute("select count(*) from lake.ops.files").fetchone() == (0,)
    assert list(nowhere.iterdir()) == []


def test_a_new_lake_has_the_ops_tables_that_the_dictionary_describes(staging):
    for table in dictionary.ops_tables():
        described = staging.con.execute(f"describe lake.{table.name}").fetchall()
        assert [(name, kind.lower()) for name, kind, *_ in described] == [(c.name, c.type) for c in table.columns]


def test_a_lake_of_an_older_version_gets_the_columns_it_lacks(tmp_path):
    home = Lake(tmp_path / "lake")
    with lake.connect(home) as con:
        con.execute("insert into lake.ops.runs (run_id, status) values ('first', 'published')")
        con.execute("alter table lake.ops.runs drop column tables_changed; drop table lake.ops.decisions")
    with lake.connect(home) as con:
        assert con.execute("select run_id, tables_changed from lake.ops.runs").fetchall() == [("first", None)]
        assert con.execute("from lake.ops.decisions").fetchall() == []


def test_a_lake_lies_wherever_it_is_put(tmp_path):
    with lake.connect(Lake(tmp_path / "l'été 2026" / "lake")) as con:
        assert con.execute("select count(*) from lake.ops.runs").fetchone() == (0,)


def test_a_reader_cannot_write(tmp_path):
    home = Lake(tmp_path / "lake")
    lake.connect(home).close()
    with lake.connect(home, read_only=True) as con, pytest.raises(duckdb.Error, match="read-only"):
        con.execute("insert into lake.ops.runs (run_id) values ('a')")


def test_a_second_writer_is_told_that_the_lake_is_busy(staging):
    script = (
        "import sys; from pathlib import Path; from warehouse.lake import Lake; from warehouse.staging import *\n"
        "try: Staging(Lake(Path(sys.argv[1])))\n"
        "except Busy as error: print(error)"
    )
    command = [sys.executable, "-c", script, str(staging.home.root)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told == f"{staging.home.root} is being written by another run: wait for it, or stop it\n"


@pytest.mark.parametrize(
    "folder",
    ["lake", "clock"],
)
def test_a_staging_file_that_is_no_database_is_not_called_busy(tmp_path, folder):
    home = Lake(tmp_path / folder)
    home.root.mkdir()
    home.staging.write_bytes(b"this is no database" * 1000)
    with pytest.raises(duckdb.Error):
        Staging(home)


def test_a_table_is_built_with_the_dictionarys_columns_and_types(staging):
    assert staging.build("ref.role_addresses", "select 1 as more, 'contact' as local_part") == 1
    assert staging.con.execute("from ref.role_addresses").fetchall() == [("contact",)]
    assert staging.write("ref.countries", [{"name": "france", "country_code": "FR"}, {"name": "atlantis"}]) == 2
    assert staging.con.execute("from ref.countries order by name").fetchall() == [("atlantis", None), ("france", "FR")]


def test_a_table_that_cannot_be_built_is_named_and_left_as_it_was(staging):
    staging.build("unified.contact_clusters", "select 'a' as contact_key, 'a' as cluster_key")
    with pytest.raises(BuildError, match=r"unified\.contact_clusters: "):
        staging.build("unified.contact_clusters", "select 'b' as contact_key")
    assert staging.con.execute("from unified.contact_clusters").fetchall() == [("a", "a")]


def test_a_raw_table_that_is_not_there_yet_has_its_columns(staging):
    import pyarrow as pa

    schema = pa.schema({"amount": pa.decimal128(18, 6), "day": pa.date32(), "note": pa.string(), "n": pa.int64()})
    staging.expose_raw({"raw_nothing.report": schema})
    described = staging.con.execute("describe raw_nothing.report").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [
        ("amount", "DECIMAL(18,6)"),
        ("day", "DATE"),
        ("note", "VARCHAR"),
        ("n", "BIGINT"),
    ]
    assert staging.count("raw_nothing.report") == 0


def test_a_transaction_that_fails_leaves_no_trace(staging):
    with pytest.raises(ZeroDivisionError), staging.transaction() as con:
        con.execute("insert into lake.ops.runs (run_id) values ('a')")
        raise ZeroDivisionError
    assert staging.lake_counts(["ops.runs"]) == {"ops.runs": 0}


def test_a_verdict_holds_until_it_is_forgotten(staging):
    staging.give_verdict("mart.a", True)
    staging.give_verdict("mart.b", False)
    assert staging.passed() == {"mart.a"}
    staging.forget_verdict("mart.a")
    assert staging.passed() == set()


def test_nothing_is_created_before_a_lake_is_opened(tmp_path):
    Lake(Path(tmp_path / "lake"))
    assert list(tmp_path.iterdir()) == []


def test_a_lake_whose_folder_was_moved_still_opens(tmp_path):
    with lake.connect(Lake(tmp_path / "before" / "lake")) as con:
        con.execute("create schema lake.raw_crm")
        con.execute("create table lake.raw_crm.contacts as select range as n from range(10000)")
    (tmp_path / "before").rename(tmp_path / "after")
    with lake.connect(Lake(tmp_path / "after" / "lake")) as con:
        assert con.execute("select count(*), sum(n) from lake.raw_crm.contacts").fetchall() == [(10000, 49995000)]
