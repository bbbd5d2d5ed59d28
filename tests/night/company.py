"""A company's folders, and the command line working on them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from pipelines.cli import main
from warehouse import lake as lakes
from warehouse.lake import Lake
from warehouse.published import ROLES, open_copy

UNTIL = date(2026, 6, 30)
UNSILO = [sys.executable, "-c", "from pipelines.cli import main; main()"]
# what differs between two nights that found the same
OF_THE_NIGHT = {"_dlt_load_id", "loaded_at"}


@dataclass(frozen=True)
class Company:
    """Folders of one company, and the command line working on them."""

    exports: Path
    lake: Path
    more_sources: Path | None = None

    def start(self, *words, **options):
        env = {**os.environ, "UNSILO_EXPORTS": str(self.exports), "UNSILO_LAKE": str(self.lake)}
        env |= {"UNSILO_AS_OF": UNTIL.isoformat(), "COLUMNS": "200"}
        if self.more_sources:
            env["UNSILO_SOURCES"] = str(self.more_sources)
        return subprocess.Popen(
            [*UNSILO, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
        )

    def unsilo(self, *words, code=0):
        process = self.start(*words)
        out, err = process.communicate()
        assert process.returncode == code, out + err
        return out + err

    def ask(self, *words, code=0):
        """A command that only reads, without a process of its own."""
        env = {"UNSILO_EXPORTS": str(self.exports), "UNSILO_LAKE": str(self.lake), "COLUMNS": "200"}
        result = CliRunner(env=env).invoke(main, words)
        assert result.exit_code == code, result.output
        return result.output

    def copy(self, role="steward"):
        return open_copy(Lake(self.lake), ROLES[role])

    def tables(self):
        """All rows of all tables of the lake but the log of runs, in a form that can be compared."""
        with lakes.connect(Lake(self.lake), read_only=True) as con:
            names = con.execute(
                "select distinct schema_name || '.' || table_name from duckdb_columns() where database_name = 'lake'"
                " and not starts_with(table_name, '_dlt') and table_name != 'runs'"
            ).fetchall()
            return {name: self._rows(con, name) for (name,) in names}

    @staticmethod
    def _rows(con, name):
        rows = con.execute(f"from lake.{name}")
        kept = [column[0] for column in rows.description if column[0] not in OF_THE_NIGHT]
        columns = ", ".join(f'"{column}"' for column in kept)
        return sorted(map(repr, con.execute(f"select {columns} from lake.{name}").fetchall()))
