"""The lake: a DuckLake catalog in SQLite, Parquet files beside it, and everything a night keeps next to them."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.dictionary import ops_tables

Connection = DuckDBPyConnection

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # the two extensions were installed with checked hashes; checking their signatures takes a quarter of a second
    "allow_unsigned_extensions": "true",
}


@dataclass(frozen=True)
class Lake:
    """Where one lake keeps its parts; `root` is made absolute, nothing is created before `connect`."""

    root: Path

    @property
    def catalog(self) -> Path:
        return self.root / "catalog.sqlite"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def staging(self) -> Path:
        return self.root / "staging.duckdb"

    @property
    def loads(self) -> Path:
        """Working folder of the loads that are under way."""
        return self.root / "loads"

    @property
    def published(self) -> Path:
        """Folder of the copies that people read, one file per role."""
        return self.root.parent / "published"


def extension_files() -> list[Path]:
    """DuckDB extensions as installed with the packages, so that none is ever downloaded."""
    files = []
    for name in ("ducklake", "sqlite_scanner"):
        package = Path(importlib.import_module(f"duckdb_extension_{name}").__path__[0])
        files.append(package / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension")
    return files


def connect(lake: Lake, database: Path | str = ":memory:", *, read_only: bool = False) -> DuckDBPyConnection:
    """Open `database` with the lake attached as `lake`; creates an empty lake where there is none.

    Raises duckdb.IOException if another process has `database` open for writing.
    """
    lake.data.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(str(database), config=CONFIG)
    for file in extension_files():
        con.load_extension(str(file))
    # the catalog remembers where its files were: a lake whose folder was moved must still open
    options = "META_TYPE 'sqlite', META_JOURNAL_MODE 'WAL', META_BUSY_TIMEOUT 5000, OVERRIDE_DATA_PATH true"
    con.execute(
        f"attach {quoted(f'ducklake:{lake.catalog}')} as lake"
        f" (data_path {quoted(f'{lake.data}/')}, {options}{', read_only' if read_only else ''})"
    )
    if not read_only:
        ensure_ops(con)
    return con


def count(con: Connection, relation: str) -> int:
    """Number of rows of a table, view or sub-select."""
    [(rows,)] = con.execute(f"select count(*) from {relation}").fetchall()
    return int(rows)


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def ensure_ops(con: DuckDBPyConnection) -> None:
    """Create the `ops` tables and columns that are not there yet, as the dictionary describes them."""
    there: dict[str, set[str]] = {}
    for name, column in con.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns()"
        " where database_name = 'lake' and schema_name = 'ops'"
    ).fetchall():
        there.setdefault(name, set()).add(column)
    missing = []
    for table in ops_tables():
        columns = [f'"{column.name}" {column.type}' for column in table.columns]
        if table.name not in there:
            missing.append(f"create table lake.{table.name} ({', '.join(columns)})")
            continue
        new = [
            text for text, column in zip(columns, table.columns, strict=True) if column.name not in there[table.name]
        ]
        missing += [f"alter table lake.{table.name} add column {text}" for text in new]
    if not missing:
        return
    con.execute("begin")
    con.execute("create schema if not exists lake.ops")
    for statement in missing:
        con.execute(statement)
    con.execute("commit")
