"""Review import: what people filled into a review sheet becomes decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.decisions import SAME, Decision, Refused, standing, statement, store
from pipelines.identity_decisions import known_contacts
from pipelines.review_files import DECISION, LATER, RECORDS, SHEET, WHY, WORDS
from pipelines.rulings import Rulings
from sources.documents import document
from sources.exports import Export
from sources.labels import normalised
from sources.tables import ROW_NUMBER, Record
from sources.workbooks import sheet_names
from warehouse.staging import Staging

NEEDED = (DECISION, *RECORDS)


class NotASheet(ValueError):
    """A file that is no review sheet; the message says what to do."""


@dataclass
class Imported:
    """What became of a sheet's rows; `problems` name file, row and column, and what to do, by row."""

    stored: int = 0
    known: int = 0
    later: int = 0
    undecided: int = 0
    problems: dict[int, str] = field(default_factory=dict)


def import_reviews(staging: Staging, file: Path, by: str | None) -> Imported:
    """Store what the rows of a sheet decide, in one transaction, but for those that cannot be. Raises NotASheet.

    Rows that keep people apart are taken first, so that it does not matter how the sheet is sorted when rows
    contradict each other: a wrong merge is worse than none.
    """
    outcome = Imported()
    decided = [row for row in _rows(file, outcome) if _says(row, file, outcome)]
    contacts = known_contacts(staging, sorted({row[name] for row in decided for name in RECORDS}))
    usable = [row for row in decided if _is_usable(row, contacts, file, outcome)]
    rulings = Rulings(standing(staging.con))
    made: list[Decision] = []
    for row in sorted(usable, key=lambda row: (WORDS[row[DECISION]] == SAME, row[ROW_NUMBER])):
        kind, (one, other) = WORDS[row[DECISION]], sorted(row[name] for name in RECORDS)
        if rulings.stated(kind, one, other):
            outcome.known += 1
            continue
        try:
            if kind == SAME:
                rulings.check_same([one], [other])
            else:
                rulings.check_not_same(one, other)
        except Refused as error:
            _tell(outcome, file, row[ROW_NUMBER], DECISION, str(error))
            continue
        made += statement(kind, [(one, other)], row[WHY] or None, by)
        rulings.add(made[-1])
    store(staging, made)
    outcome.stored = len(made)
    return outcome


def _says(row: dict[str, Any], file: Path, outcome: Imported) -> bool:
    """Whether a row decides anything, which is counted if it does not."""
    if row[DECISION] in WORDS:
        return True
    if not row[DECISION]:
        outcome.undecided += 1
    elif row[DECISION] == LATER:
        outcome.later += 1
    else:
        _tell(outcome, file, row[ROW_NUMBER], DECISION, f"write {', '.join(WORDS)} or {LATER}, or leave it empty")
    return False


def _is_usable(row: dict[str, Any], contacts: set[str], file: Path, outcome: Imported) -> bool:
    for name in RECORDS:
        if row[name] not in contacts:
            what = "no contact is called so" if row[name] else "the contact is missing"
            _tell(outcome, file, row[ROW_NUMBER], name, f"{what}; export the pairs again and do not change this column")
            return False
    if row[RECORDS[0]] == row[RECORDS[1]]:
        _tell(
            outcome, file, row[ROW_NUMBER], RECORDS[1], "this is the same contact as beside it; export the pairs again"
        )
        return False
    return True


def _tell(outcome: Imported, file: Path, row: int, column: str, what: str) -> None:
    outcome.problems[row] = f"{file.name} row {row}{f', column {column}' if column else ''}: {what}"


def _rows(file: Path, outcome: Imported) -> list[dict[str, Any]]:
    """The rows below the header, numbered as a spreadsheet shows them: the columns that count, as text."""
    import polars as pl

    try:
        sheet = SHEET if SHEET in sheet_names(file.read_bytes()) else None
        opened, _ = document(Export("", file.name, "", datetime.min, file.stat().st_size, file, sheet=sheet))
        heads = opened.heads()
    except (Exception, pl.exceptions.PanicException):
        raise NotASheet(f"{file.name} cannot be opened: save it as .xlsx or .csv") from None
    header, delimiter = _header(heads, file)
    labels = [normalised(cell) for cell in header.cells]
    cells = [
        (pl.col(f"c{labels.index(name)}").fill_null("") if name in labels else pl.lit("")).str.strip_chars().alias(name)
        for name in (*NEEDED, WHY)
    ]
    rows: list[dict[str, Any]] = []
    for table in opened.below(header, delimiter):
        found = table.cells.select(ROW_NUMBER, *cells)
        # the words that were offered, however they were typed
        word = pl.col(DECISION).str.to_lowercase().str.replace_all(r"\s+", " ")
        rows += found.with_columns(word).filter(pl.any_horizontal(pl.col(NEEDED) != "")).to_dicts()
        for irregular in table.irregular:
            _tell(outcome, file, irregular.number, "", "its cells are not those of the header; export the pairs again")
    return rows


def _header(heads: Sequence[tuple[str | None, list[Record]]], file: Path) -> tuple[Record, str | None]:
    """The record that names the columns, and the delimiter through which it does. Raises NotASheet."""
    best: tuple[Record, str | None] | None = None
    missing = set(NEEDED)
    for delimiter, records in heads:
        for record in records:
            lacks = set(NEEDED) - {normalised(cell) for cell in record.cells}
            if len(lacks) < len(missing):
                best, missing = (record, delimiter), lacks
    if best and not missing:
        return best
    where = f"row {best[0].number}" if best else "any row"
    raise NotASheet(
        f"{file.name}: there is no column {' or '.join(sorted(missing))} in {where}: `unsilo decide --export` writes"
        " a sheet that has them"
    )
