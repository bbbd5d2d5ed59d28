"""Destination: dlt's DuckLake destination, on connections that are opened as everywhere else in the program.

Apart from `ingest`, because it imports dlt, which takes a second.
"""

from __future__ import annotations

from typing import Any

from dlt.common.configuration import configspec
from dlt.destinations import ducklake
from dlt.destinations.impl.duckdb.configuration import DuckDbConnectionPool
from dlt.destinations.impl.ducklake.configuration import DuckLakeClientConfiguration, DuckLakeCredentials

from warehouse.lake import Connection, Lake, engine


class Engines(DuckDbConnectionPool):
    """Lends connections whose extensions are loaded from the installed files.

    dlt opens several for each load; on its own it would check the extensions' signatures each time, a quarter of a
    second that adds up to more than most loads take.
    """

    def borrow_conn(
        self,
        global_config: dict[str, Any] | None = None,
        local_config: dict[str, Any] | None = None,
        pragmas: list[str] | None = None,
    ) -> Connection:
        """A connection of its own, with dlt's settings."""
        con = engine()
        self._apply_config(con, "GLOBAL", global_config or {})
        self._apply_local_config(con, local_config or {}, pragmas or [])
        self._conn_borrows += 1
        return con


@configspec(init=False)
class LakeCredentials(DuckLakeCredentials):
    """Credentials of the embedded lake."""

    def on_resolved(self) -> None:
        """Take connections from `Engines`."""
        self.conn_pool = Engines(self, always_open_connection=True)


@configspec
class LakeConfiguration(DuckLakeClientConfiguration):
    """Configuration of the embedded lake."""

    credentials: LakeCredentials = None  # type: ignore[assignment]


class LakeDestination(ducklake):
    """The embedded lake, where dlt loads to."""

    @property
    def spec(self) -> type:
        """What dlt resolves the configuration into."""
        return LakeConfiguration


def lake_destination(home: Lake) -> LakeDestination:
    """Where dlt loads to, for one lake."""
    credentials = LakeCredentials("lake", catalog=f"sqlite:///{home.catalog}", storage=f"file://{home.data}/")
    return LakeDestination(credentials=credentials, destination_name="ducklake", override_data_path=True)
