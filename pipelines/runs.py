"""Runs: the log of nights in `ops.runs`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from warehouse.staging import Staging


def begin_run(staging: Staging, run_id: str, run_date: date) -> None:
    """Note that a run began; one that was left running was killed, since there is one writer at a time."""
    with staging.transaction() as con:
        con.execute("update lake.ops.runs set status = 'failed' where status = 'running' and run_id != ?", [run_id])
        con.execute("delete from lake.ops.runs where run_id = ?", [run_id])
        con.execute(
            "insert into lake.ops.runs (run_id, run_date, started_at, status) values (?, ?, ?, 'running')",
            [run_id, run_date, _now()],
        )


def finish_run(staging: Staging, run_id: str, **counts: int) -> None:
    """Note that a run published, and its counts by their columns; called inside the publishing transaction."""
    counted = "".join(f", {name} = ?" for name in counts)
    staging.con.execute(
        f"update lake.ops.runs set status = 'published', ended_at = ?{counted} where run_id = ?",
        [_now(), *counts.values(), run_id],
    )


def fail_run(staging: Staging, run_id: str) -> None:
    """Note that a run ended without publishing."""
    staging.con.execute(
        "update lake.ops.runs set status = 'failed', ended_at = ? where run_id = ? and status = 'running'",
        [_now(), run_id],
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
