"""Which report a header belongs to, told by its labels and never by a file's name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sources.labels import normalised
from sources.reports import Report
from sources.tables import Record


@dataclass(frozen=True)
class Match:
    """How well a record fits a report as its header.

    `columns` leads from a field to the positions of its columns; `lacking` names the labels that were needed
    and not found, `barred` the labels that make it another report: with neither, the file is of this report.
    """

    report: Report
    header: Record
    columns: dict[str, tuple[int, ...]]
    lacking: tuple[str, ...]
    barred: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.lacking and not self.barred

    @property
    def rank(self) -> tuple[int, int, int]:
        """Greater is nearer."""
        return (self.fits, -len(self.lacking), len(self.columns))


def best_match(records: Iterable[Record], reports: Iterable[Report]) -> Match | None:
    """The report and header record that fit best; of equals the first. None when nothing fits at all."""
    candidates = list(reports)
    labelled = ((record, [normalised(cell) for cell in record.cells]) for record in records)
    # most records are data: a look at their labels together tells that without taking each in turn
    matches = (
        match(record, labels, report)
        for record, labels in labelled
        for report in candidates
        if not report.labelled.keys().isdisjoint(labels)
    )
    return max((found for found in matches if found.columns), key=lambda found: found.rank, default=None)


def match(record: Record, labels: list[str], report: Report) -> Match:
    """How a record, its labels normalised, fits a report."""
    columns: dict[str, tuple[int, ...]] = {}
    for position, label in enumerate(labels):
        name = report.labelled.get(label)
        if name and name not in columns:
            columns[name] = (position,)
        for gathered, pattern in report.gathering:
            if pattern.search(label):
                columns[gathered] = (*columns.get(gathered, ()), position)
    lacking = tuple(report.fields[group[0]].label for group in report.needs if not columns.keys() & set(group))
    barred = tuple(cell.strip() for cell, label in zip(record.cells, labels, strict=True) if label in report.barring)
    return Match(report, record, columns, lacking, barred)


def language(found: Match) -> str | None:
    """The language most labels of the header belong to and no other does; the layout's first language when none."""
    votes: Counter[str] = Counter()
    for name, positions in found.columns.items():
        field = found.report.fields[name]
        cells = {normalised(found.header.cells[position]) for position in positions}
        speaking = [tongue for tongue, labels in field.labels.items() if cells & set(map(normalised, labels))]
        if len(speaking) == 1:
            votes[speaking[0]] += 1
    tongues = [tongue for field in found.report.fields.values() for tongue in field.labels]
    return max(dict.fromkeys(tongues), key=lambda tongue: votes[tongue], default=None)
