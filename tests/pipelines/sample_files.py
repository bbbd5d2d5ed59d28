"""The invented company's exports and truth, read as plain files."""

import csv
import io
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

UNTIL = date(2026, 9, 30)
LAST_MONTH = UNTIL - timedelta(days=30)


def truth(sample: Path, name: str) -> list[dict[str, str]]:
    with (sample / f"truth/{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def gaps(sample: Path, kind: str, column: str = "row_key") -> set[str]:
    return {row[column] for row in truth(sample, "gaps") if row["gap_kind"] == kind}


def read_rows(text: str, delimiter: str = ",") -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def export(folder: Path, pattern: str) -> list[dict[str, Any]]:
    return read_rows(max(folder.glob(pattern)).read_text(encoding="utf-8"))


def tokens_of(name: str) -> tuple[str, ...]:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(letter)
    )
    return tuple(re.split(r"[ -]+", plain)) if plain else ()
