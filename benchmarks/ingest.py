"""How long a large export takes through the reader into the lake, against DuckDB reading it on its own.

`python -m benchmarks.ingest [--rows N]` prints the ratio and writes benchmarks/results/ingest.json.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import duckdb

HERE = Path(__file__).parent
EVENTS = """
    copy (
        select
            'c' || lpad((i % 60)::varchar, 4, '0') as "Campaign ID",
            'Newsletter | ' || (i % 60) as "Campaign name",
            left(md5((i * 7919 % 2000000)::varchar), 10) as "Recipient ID",
            'reader' || (i * 7919 % 2000000) || '@mail.example' as "Email",
            ['delivered', 'opened', 'clicked', 'bounced'][1 + (i * 31) % 4] as "Event",
            strftime(timestamp '2025-01-01' + interval (i * 3) second, '%Y-%m-%d %H:%M:%S') as "Event Time",
            case when (i * 31) % 4 = 2 then 'https://shop.example/offer/' || (i % 1000) end as "URL",
            i % 5 as "Attempts"
        from range(?) as numbers (i)
    ) to '{file}' (header)
"""


@click.command()
@click.option("--rows", default=10_000_000, show_default=True)
@click.option("--load", type=click.Path(path_type=Path), hidden=True, help="Load what lies in a folder, and report.")
def main(rows: int, load: Path | None) -> None:
    """Measure both in turn, each in a process of its own, and write the result."""
    if load:
        click.echo(json.dumps(_load(load)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "exports" / "events" / "events.csv"
        file.parent.mkdir(parents=True)
        duckdb.connect().execute(EVENTS.format(file=file), [rows])
        plain = _plain(file, Path(folder) / "plain.duckdb")
        told = subprocess.run(  # noqa: S603  it is this file
            [sys.executable, "-m", "benchmarks.ingest", "--load", folder],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        loaded = json.loads(told.stdout.splitlines()[-1])
    assert loaded["rows"] == rows, f"{loaded['rows']} rows of {rows} in the lake"
    result = {
        "rows": rows,
        "unsilo_seconds": loaded["seconds"],
        "duckdb_seconds": plain,
        "ratio": round(loaded["seconds"] / plain, 2),
        "peak_memory_gb": loaded["peak_memory_gb"],
    }
    (HERE / "results" / "ingest.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    click.echo(
        f"{rows:,} rows: {loaded['seconds']:.1f} s into the lake, {plain:.1f} s with DuckDB alone: "
        f"ratio {result['ratio']}, peak {loaded['peak_memory_gb']} GB"
    )


def _plain(file: Path, database: Path) -> float:
    begun = time.perf_counter()
    with duckdb.connect(str(database)) as con:
        con.execute(f"create table events as select * from read_csv('{file}')")
    return round(time.perf_counter() - begun, 2)


def _load(folder: Path) -> dict[str, float]:
    from pipelines.load import load
    from pipelines.workspace import Workspace
    from warehouse.lake import Lake
    from warehouse.staging import Staging

    workspace = Workspace(folder / "exports", Lake(folder / "lake"), more_sources=(HERE,))
    begun = time.perf_counter()
    staging = Staging(workspace.lake)
    loaded = load(workspace, staging, workspace.dropped())["events"]
    seconds = time.perf_counter() - begun
    found = staging.con.execute("select count(*), sum(attempts) from lake.raw_events.events").fetchone()
    assert found and found[0] == loaded.rows_loaded
    return {
        "rows": found[0],
        "seconds": round(seconds, 2),
        "peak_memory_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }


if __name__ == "__main__":
    main()
