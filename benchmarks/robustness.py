"""Labelled sets of invented people, each about something that makes people hard to tell apart or to find again.

A set is a file `benchmarks/invented/<set>.py`: what tools know (`SHEETS`) and whom (`records`). They are for a second
opinion on the defaults, which nobody should tune to them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import polars as pl

from benchmarks.crowd import Crowd
from benchmarks.written import Habits, write_sheets

INVENTED = Path(__file__).parent / "invented"


def names() -> list[str]:
    """The invented sets there are."""
    return sorted(file.stem for file in INVENTED.glob("*.py"))


def write(set_name: str, folder: Path) -> pl.DataFrame:
    """Write a set's layouts and exports below a folder; same set, same bytes.

    Returns the truth, one row per record: `tool, record_type, record_id, person_id, story`.
    """
    made = import_module(f"benchmarks.invented.{set_name}")
    crowd = Crowd(set_name)
    return write_sheets(folder, made.SHEETS, made.records(crowd, Habits(crowd.chance)), crowd.chance)
