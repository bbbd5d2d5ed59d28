"""What the README says was measured is what the benchmarks last wrote."""

import json
from pathlib import Path

import pytest

from benchmarks.tables import TABLES

PROJECT = Path(__file__).parent.parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def text(name):
    return (PROJECT / name).read_text(encoding="utf-8")


def cells(document, heading):
    """Cells of the table rows below the header that begins with `heading`."""
    table = document.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize("heading", TABLES)
def test_what_was_measured_is_the_last_result(heading):
    rows = TABLES[heading]
    result = json.loads(text(f"benchmarks/results/{rows.__name__}.json"))
    assert cells(README, heading) == rows(result) != []
