"""What the README says was measured is what the benchmarks last wrote."""

import json
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def text(name):
    return (PROJECT / name).read_text(encoding="utf-8")


def cells(document, heading):
    """Cells of the table rows below the header that begins with `heading`."""
    table = document.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def test_the_measured_times_are_the_last_result():
    result = json.loads(text("benchmarks/results/ingest.json"))
    times = [str(result[key]) for key in ("unsilo_seconds", "duckdb_seconds", "ratio")]
    assert cells(README, "rows") == [[f"{result['rows']:,}", *times, f"{result['peak_memory_gb']} GB"]]
