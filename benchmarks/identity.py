"""How right a night is about who is who: every labelled set through the whole product, and Splink on its own beside it.

`python -m benchmarks.identity [--sets febrl3,households]` prints a table; without `--sets` it also writes
benchmarks/results/identity.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import click
import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks import labelled, splink_alone
from benchmarks.scores import RECORD, Scores, score

RESULT = Path(__file__).parent / "results" / "identity.json"
TODAY = "2026-11-23"
SCORES = ("precision", "recall", "f1", "bcubed_f1")
SHOWN = (*SCORES, "seconds", *(f"splink_{name}" for name in (*SCORES, "seconds")))


@click.command()
@click.option("--sets", help="Only these sets, apart by commas; the result is then not written.")
@click.option("--mistakes", is_flag=True, help="Say of each set which stories were told wrong.")
@click.option("--keep", type=click.Path(path_type=Path), help="Empty folder that keeps exports, lakes and truth.")
def main(sets: str | None, mistakes: bool, keep: Path | None) -> None:
    """Run each set, print the scores, and write them if it was all of them."""
    chosen = sets.split(",") if sets else labelled.names()
    if unknown := sorted(set(chosen) - set(labelled.names())):
        raise click.BadParameter(f"{', '.join(unknown)}; there are {', '.join(labelled.names())}", param_hint="--sets")
    console = Console(width=None if Console().is_terminal else 140)
    results: dict[str, dict[str, Any]] = {}
    told: dict[str, Scores] = {}
    with tempfile.TemporaryDirectory() as temporary, console.status("") as status:
        for number, set_name in enumerate(chosen, start=1):
            status.update(f"{set_name} ({number} of {len(chosen)})")
            results[set_name], told[set_name] = measure(set_name, (keep or Path(temporary)).absolute() / set_name)
            if not console.is_terminal:
                console.print(f"{set_name}: F1 {results[set_name]['f1']:.4f}, {number} of {len(chosen)}")
    console.print(table(results))
    if mistakes:
        for set_name, scores in told.items():
            for story, false_pairs, missed_pairs in scores.mistakes:
                console.print(f"{set_name}: {story or 'all'}: {false_pairs} false pairs, {missed_pairs} missed")
    if not sets:
        RESULT.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def measure(set_name: str, folder: Path) -> tuple[dict[str, Any], Scores]:
    """Write a set below an empty folder, run a night on it as a user would, and Splink alone on the same records."""
    exports, lake = folder / "exports", folder / "lake"
    exports.mkdir(parents=True)
    truth = labelled.write(set_name, exports)
    truth.write_csv(folder / "truth.csv")
    seconds = night(exports, lake)
    ours = score(truth, published(lake.parent / "published"))
    alone, alone_seconds = splink_alone.resolve(set_name, exports, lake / "staging.duckdb")
    theirs = score(truth, alone)
    result = {
        "records": len(truth),
        "people": truth["person_id"].n_unique(),
        "seconds": round(seconds, 1),
        "splink_seconds": round(alone_seconds, 1),
    }
    for prefix, scores in (("", ours), ("splink_", theirs)):
        for name in SCORES:
            result[f"{prefix}{name}"] = round(getattr(scores, name), 4)
    return result, ours


def night(exports: Path, lake: Path) -> float:
    """Seconds of one whole `unsilo run` with default settings. Raises ClickException with what it said."""
    stated = {"UNSILO_EXPORTS": str(exports), "UNSILO_LAKE": str(lake), "UNSILO_AS_OF": TODAY, "UNSILO_SOURCES": ""}
    begun = time.perf_counter()
    ran = subprocess.run(  # noqa: S603  our own command
        [labelled.UNSILO, "run"],
        env={**os.environ, **stated},
        cwd=exports.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - begun
    if ran.returncode:
        raise click.ClickException(f"the night failed\n{ran.stdout}{ran.stderr}")
    return seconds


def published(folder: Path) -> pl.DataFrame:
    """Every record's customer, as people read it."""
    with duckdb.connect(str(folder / "steward.duckdb"), read_only=True) as con:
        return con.execute(f"select {', '.join(RECORD)}, customer_id from mart.customer_identities").pl()


def table(results: dict[str, dict[str, Any]]) -> Table:
    """The scores, a row per set."""
    shown = Table("set", "records")
    for column in SHOWN:
        shown.add_column(column.replace("_", " ").replace("splink", "Splink"), justify="right")
    for set_name, result in results.items():
        figures = (f"{result[name]:.1f}" if name.endswith("seconds") else f"{result[name]:.4f}" for name in SHOWN)
        shown.add_row(set_name, f"{result['records']:,}", *figures)
    return shown


if __name__ == "__main__":
    main()
