"""The README's tables of results, written anew from benchmarks/results/: `python -m benchmarks.tables`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
README = PROJECT / "README.md"


def ingest(result: dict[str, Any]) -> list[list[str]]:
    """The row of the table that begins with `rows`."""
    times = [str(result[key]) for key in ("unsilo_seconds", "duckdb_seconds", "ratio")]
    return [[f"{result['rows']:,}", *times, f"{result['peak_memory_gb']} GB"]]


def identity(result: dict[str, Any]) -> list[list[str]]:
    """The rows of the table that begins with `set`."""
    scores = ("precision", "recall", "f1", "bcubed_f1", "splink_f1")
    return [
        [f"`{name}`", f"{told['records']:,}", *(f"{told[key]:.4f}" for key in scores), str(told["seconds"])]
        for name, told in sorted(result.items())
    ]


def identity_scale(result: dict[str, Any]) -> list[list[str]]:
    """The row of the table that begins with `contacts`."""
    times = [str(result[key]) for key in ("seconds", "splink_seconds", "ratio")]
    return [[f"{result['contacts']:,}", *times, f"{result['peak_gb']} GB", f"{result['night_share']:.1%}"]]


TABLES = {"rows": ingest, "set": identity, "contacts": identity_scale}


def rewritten(document: str) -> str:
    """A document with what the last results say in the tables whose first column has one of these names."""
    for heading, rows in TABLES.items():
        file = PROJECT / "benchmarks" / "results" / f"{rows.__name__}.json"
        if not file.is_file():
            continue
        lines = "".join(f"| {' | '.join(row)} |\n" for row in rows(json.loads(file.read_text(encoding="utf-8"))))
        found = re.search(rf"^\| {heading} \|.*\n\|[-| ]+\|\n((?:\|.*\n)*)", document, re.MULTILINE)
        if found:
            document = document[: found.start(1)] + lines + document[found.end(1) :]
    return document


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
