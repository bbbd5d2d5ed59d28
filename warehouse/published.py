"""The published copy: one DuckDB file per role, which people read while the lake is being written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse import dictionary
from warehouse.dictionary import Column, Table
from warehouse.lake import Lake, quoted

# beside `mart`: what tools state of each contact, and what explains the night
MORE = (
    "unified.contacts", "ops.files", "ops.file_tables", "ops.file_columns", "ops.rejected_rows", "ops.rejected_cells",
    "ops.restatements", "ops.customer_id_history", "ops.decisions", "ops.tools", "ops.runs",
)  # fmt: skip

MASKS = {
    "initial": "left({0}, 1) || '•••'",
    "email": "left({0}, 1) || '•••' || coalesce(nullif(regexp_extract({0}, '@.*$'), ''), '')",
    "address": "case when contains({0}, '@') then left({0}, 1) || '•••' || regexp_extract({0}, '@.*$') else {0} end",
    "phone": "'•••' || right({0}, 2)",
    "hidden": "case when {0} is not null then '•••' end",
}


class Refused(ValueError):
    """A query that is not one SELECT, that reaches for anything but the published tables, or that is no valid SQL."""


class NotPublished(FileNotFoundError):
    """No night has been published yet."""


@dataclass(frozen=True)
class Role:
    """Who reads a published copy; `masked` tells whether personal columns are masked in it."""

    name: str
    masked: bool

    def file(self, home: Lake) -> Path:
        return home.published / f"{self.name}.duckdb"


ROLES = {role.name: role for role in (Role("marketer", masked=True), Role("steward", masked=False))}


def published_tables() -> list[Table]:
    """What every copy holds: `mart`, the contacts behind it, and of `ops` what explains it."""
    return [table for name, table in dictionary.tables().items() if name.startswith("mart.") or name in MORE]


def select_for(role: Role, table: Table) -> str:
    """The SELECT of a table's columns as a role may see them; masked columns are text or null."""
    return f"select {', '.join(_shown(role, column) for column in table.columns)} from {table.name}"


def replace_copy(con: DuckDBPyConnection, home: Lake, role: Role) -> Path:
    """Write a role's copy from the tables `con` sees, aside, then put it in place in one step."""
    file = role.file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".aside")
    for leftover in (aside, aside.with_name(aside.name + ".wal")):
        leftover.unlink(missing_ok=True)
    con.execute(f"attach {quoted(str(aside))} as copy_aside")
    try:
        for table in published_tables():
            con.execute(f"create schema if not exists copy_aside.{table.name.split('.')[0]}")
            con.execute(f"create table copy_aside.{table.name} as {select_for(role, table)}")
            comment_on(con, "copy_aside", table)
    finally:
        con.execute("detach copy_aside")
    aside.chmod(0o644 if role.masked else 0o600)
    aside.replace(file)
    return file


def comment_on(con: DuckDBPyConnection, database: str, table: Table, meaning: str = "") -> None:
    """Write the dictionary's meanings beside a table and its columns."""
    if text := meaning or table.meaning:
        con.execute(f"comment on table {database}.{table.name} is {quoted(text)}")
    for column in table.columns:
        unit = f" Unit: {column.unit}." if column.unit else ""
        con.execute(f'comment on column {database}.{table.name}."{column.name}" is {quoted(column.meaning + unit)}')


def open_copy(home: Lake, role: Role) -> DuckDBPyConnection:
    """Open a role's copy so that nothing but its tables can be reached. Raises NotPublished."""
    file = role.file(home)
    if not file.is_file():
        raise NotPublished(f"nothing is published in {home.published} yet: run `unsilo run` first")
    con = duckdb.connect(
        str(file),
        read_only=True,
        config={
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "lock_configuration": "true",
        },
    )
    return con


def query(con: DuckDBPyConnection, sql: str) -> pa.Table:
    """The rows of one SELECT as Arrow. Raises Refused for anything else and for SQL that fails."""
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise Refused(str(error)) from None
    if len(statements) != 1:
        raise Refused(f"one SELECT at a time, please: there are {len(statements)} statements")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise Refused(f"only SELECT is possible here, not {statements[0].type.name}: the published copy is read-only")
    try:
        return con.execute(statements[0]).to_arrow_table()
    except duckdb.Error as error:
        raise Refused(str(error)) from None


def _shown(role: Role, column: Column) -> str:
    name = f'"{column.name}"'
    if not (role.masked and column.personal):
        return name
    if column.type != "varchar":
        return f"null::{column.type} as {name}"
    return f"{MASKS[column.personal].format(name)} as {name}"
