"""The staging database, in which a night is built aside: nobody reads it but the night itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse import dictionary, lake
from warehouse.lake import Lake

LARGE_FILE = 50_000_000
SCHEMAS = ("unified", "mart", "gaps", "ref", "ops")


class Busy(RuntimeError):
    """Another process is writing to this lake."""


class BuildError(RuntimeError):
    """A table could not be built; the message names it."""


class Staging:
    """The one writer: a connection to the staging database, with the lake attached as `lake`.

    Tables are named `schema.table` as in the lake. Raises Busy while another process holds it.
    """

    def __init__(self, home: Lake) -> None:
        check_not_busy(home)
        self.con: DuckDBPyConnection = lake.connect(home, home.staging)
        self.home = home
        self.name = home.staging.stem
        # what a night writes is put in order when it ends, and not again and again on the way
        self.con.execute("set wal_autocheckpoint = '256MB'")
        for schema in SCHEMAS:
            self.con.execute(f"create schema if not exists {schema}")
        self.con.execute("create table if not exists verdicts (table_name varchar primary key, passed boolean)")
        self.con.execute("create table if not exists as_published (table_name varchar primary key)")
        for table in dictionary.ops_tables():
            if table.name != "ops.tools":
                self.con.execute(f"create or replace view {table.name} as from lake.{table.name}")

    def expose_raw(self, tables: Mapping[str, pa.Schema]) -> None:
        """Make `raw_<tool>.<report>` readable: the lake's rows, with every column in `tables` even when none has it."""
        for name, rows in self.raw_rows(tables).items():
            self.con.execute(f"create schema if not exists {name.split('.')[0]}")
            self.con.execute(f"create or replace view {name} as {rows}")

    def raw_rows(self, tables: Mapping[str, pa.Schema]) -> dict[str, str]:
        """The SELECT of each raw table's rows in the lake, with every column in `tables` even when none has it."""
        there = self.lake_columns() if tables else {}
        selects = {}
        for name, schema in tables.items():
            missing = [field for field in schema if field.name not in there.get(name, ())]
            nulls = ", ".join(f'null::{_sql_type(field.type)} as "{field.name}"' for field in missing)
            if name in there:
                selects[name] = f"select *{', ' + nulls if nulls else ''} from lake.{name}"
            else:
                selects[name] = f"select {nulls} where false"
        return selects

    def build(self, name: str, sql: str) -> int:
        """Build one table from a SELECT, with the columns and types of the dictionary; returns its number of rows."""
        columns = ", ".join(f'cast("{c.name}" as {c.type}) as "{c.name}"' for c in dictionary.table(name).columns)
        self.note_change(name)
        try:
            self.con.execute(f"create or replace table {name} as select {columns} from (\n{sql}\n)")
        except duckdb.Error as error:
            raise BuildError(f"{name}: {str(error).splitlines()[0]}") from error
        return self.count(name)

    def write(self, name: str, rows: Sequence[Mapping[str, Any]]) -> int:
        """Build one small table from rows made in Python, with the columns and types of the dictionary."""
        with self.registered(arrow_rows(name, rows)) as given:
            return self.build(name, f"from {given}")

    @contextmanager
    def registered(self, rows: pa.Table) -> Iterator[str]:
        """Name under which SQL can read Arrow rows while the block lasts."""
        self.con.register("arrow_rows", rows)
        try:
            yield "arrow_rows"
        finally:
            self.con.unregister("arrow_rows")

    def give_verdict(self, name: str, passed: bool) -> None:
        """Note whether a table, as it stands, passed the checks that stop publishing."""
        self.con.execute("insert or replace into verdicts values (?, ?)", [name, passed])

    def forget_verdict(self, name: str) -> None:
        """A table that is built anew has to be checked anew."""
        self.con.execute("delete from verdicts where table_name = ?", [name])

    def note_change(self, *names: str) -> None:
        """These tables are no longer those of the last night that was published."""
        for name in names:
            self.con.execute(f"delete from {self.name}.main.as_published where table_name = ?", [name])

    def note_published(self) -> None:
        """All tables are those of the night that was published."""
        self.con.execute("""
            insert or ignore into as_published
            select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()
        """)

    def as_published(self) -> set[str]:
        """The tables that are still those of the last night that was published."""
        return {name for (name,) in self.con.execute("select table_name from as_published").fetchall()}

    def passed(self) -> set[str]:
        """Tables that passed since they were last built."""
        return {name for (name,) in self.con.execute("select table_name from verdicts where passed").fetchall()}

    def count(self, name: str) -> int:
        return lake.count(self.con, name)

    def append(self, name: str, parquet: Path) -> None:
        """Append a Parquet file's rows to a table of the lake; the table is made, and gets columns it lacks.

        A large file becomes one of the lake's own as it is: writing it anew takes as long as reading an export does.
        """
        schema, table = name.split(".")
        rows = f"read_parquet({lake.quoted(str(parquet))})"
        there = self._columns(f"lake.{name}")
        if not there:
            self.con.execute(f"create schema if not exists lake.{schema}")
            self.con.execute(f"create table lake.{name} as from {rows} limit 0")
        for column, kind in self._columns(rows).items():
            if there and column not in there:
                self.con.execute(f'alter table lake.{name} add column "{column}" {kind}')
        if parquet.stat().st_size < LARGE_FILE:
            self.con.execute(f"insert into lake.{name} by name from {rows}")
            return
        own = self.home.data / schema / table / parquet.name
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(parquet, own)
        self.con.execute(
            f"call ducklake_add_data_files('lake', {lake.quoted(table)}, {lake.quoted(str(own))},"
            f" schema => {lake.quoted(schema)}, allow_missing => true)"
        )

    def lake_columns(self) -> dict[str, set[str]]:
        """The columns of the lake's tables, by `schema.table`."""
        found: dict[str, set[str]] = {}
        for name, column in self.con.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() where database_name = 'lake'"
        ).fetchall():
            found.setdefault(name, set()).add(column)
        return found

    def _columns(self, relation: str) -> dict[str, str]:
        """Columns of a table or table function with their types; none where there is no such table."""
        try:
            described = self.con.execute(f"describe from {relation}").fetchall()
        except duckdb.CatalogException:
            return {}
        return {name: kind for name, kind, *_ in described}

    def lake_counts(self, names: Iterable[str]) -> dict[str, int]:
        """Rows of the lake's tables among `names`, those that are there."""
        there = self.lake_columns()
        counted = [f"select '{name}', count(*) from lake.{name}" for name in names if name in there]
        return dict(self.con.execute(" union all ".join(counted)).fetchall()) if counted else {}

    def arrow(self, sql: str) -> pa.Table:
        """The rows of a SELECT as Arrow."""
        return self.con.execute(sql).to_arrow_table()

    @contextmanager
    def transaction(self) -> Iterator[DuckDBPyConnection]:
        """All or nothing: what is written to the lake inside is committed together."""
        self.con.execute("begin")
        try:
            yield self.con
        except BaseException:
            self.con.execute("rollback")
            raise
        self.con.execute("commit")

    def close(self) -> None:
        self.con.close()


def check_not_busy(home: Lake) -> None:
    """Raises Busy while another process holds the staging database."""
    home.root.mkdir(parents=True, exist_ok=True)
    try:
        duckdb.connect(str(home.staging), config=lake.CONFIG).close()
    except duckdb.IOException as error:
        if "Could not set lock" not in str(error):
            raise
        raise Busy(f"{home.root} is being written by another run: wait for it, or stop it") from None


def arrow_rows(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows with the columns of the described table `name`; what a row does not state is null."""
    return pa.table({column.name: [row.get(column.name) for row in rows] for column in dictionary.table(name).columns})


def _sql_type(arrow: pa.DataType) -> str:
    if pa.types.is_decimal(arrow):
        return f"decimal({arrow.precision},{arrow.scale})"
    if pa.types.is_timestamp(arrow):
        return "timestamp"
    names = {pa.types.is_date: "date", pa.types.is_boolean: "boolean", pa.types.is_integer: "bigint"}
    return next((name for test, name in names.items() if test(arrow)), "varchar")
