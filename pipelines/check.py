"""Check: whether a table is what the dictionary says, and how many of its rows show a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipelines.validator import Verdict, validator
from warehouse import dictionary
from warehouse.models import Model
from warehouse.staging import Staging

SAMPLE = 5


@dataclass(frozen=True)
class GapCount:
    """Rows that show one kind of gap: how many, out of how many, some of their keys, and the SQL that lists all."""

    failing_rows: int
    rows: int
    sample: list[dict[str, Any]] = field(default_factory=list)
    sql: str = ""

    @property
    def share(self) -> float:
        """Failing rows per row of the checked table, at most 1."""
        return min(1.0, self.failing_rows / self.rows) if self.rows else 0.0


def check_table(staging: Staging, name: str) -> list[Verdict]:
    """Hold a built table against what the dictionary says of it; notes the verdict.

    A table with a failing verdict that blocks is not published.
    """
    table = dictionary.table(name)
    named = (column for column in table.columns if not column.personal)
    plausible = [column.name for column in named if column.pattern or column.min is not None]
    columns = dict.fromkeys([*table.key, *(column for column, _ in table.accepted), *plausible])
    quoted = ", ".join(f'"{column}"' for column in columns)
    verdicts = validator().validate(name, staging.arrow(f"select {quoted} from {name}"))
    staging.give_verdict(name, all(verdict.passed for verdict in verdicts if verdict.blocks))
    return verdicts


def count_gap(staging: Staging, kind: Model) -> GapCount:
    """How many rows of `mart.gap_rows` show one kind of gap, against the table its check stands on."""
    name = kind.name.removeprefix("gaps.")
    rows = f"from mart.gap_rows where gap_kind = '{name}'"
    sample = staging.arrow(f"select tool, subject, row_table, row_key {rows} order by row_key limit {SAMPLE}")
    return GapCount(
        failing_rows=staging.count(f"({rows})"),
        rows=staging.count(kind.header["check"]),
        sample=sample.to_pylist(),
        sql=f"select * {rows}",
    )
