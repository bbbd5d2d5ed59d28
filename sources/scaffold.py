"""Scaffold: what an export of no known layout most probably is, and a layout to start from."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import polars as pl
import yaml

from sources import amounts, dates
from sources.cells import BOOLEANS
from sources.documents import document
from sources.exports import Export
from sources.labels import column_names, normalised
from sources.reports import Field, Tool
from sources.tables import ROW_NUMBER, Record
from sources.thesaurus import Guess, bare, guess

__all__ = ["NotATable", "guess", "proposal"]

SCHEMA = Path(__file__).with_name("layout.schema.json")
NULLS = ("-", "--", "–", "n/a", "N/A", "NULL", "null", "(not set)")
KINDS = {"ad_performance": "ads", "email_performance": "email", "web_performance": "analytics"}
TOTAL = r"(?i)^(grand )?total"
CONSENT = "value"
DAY = r"^\d{1,4}[-/. ]\w+[-/. ]\d{2,4}"
GRANTED, WITHDRAWN = (
    r"^(yes|oui|true|vrai|1|subscribed|inscrite?|opt-?in|granted)$",
    r"unsub|d[ée]s(inscri|abonn)|opt-?out",
)


class NotATable(ValueError):
    """A file from which no layout can be proposed; the message says why."""


def proposal(file: Path, tools: Mapping[str, Tool]) -> str:
    """A layout for exports that look like this file, as YAML to be read through. Raises NotATable."""
    header, rows = _table(file, tools)
    first = {normalised(cell): at for at, cell in reversed([*enumerate(header.cells)]) if cell.strip()}
    labels = {at: header.cells[at].strip() for at in sorted(first.values())}
    found = guess(header.cells, rows, tools)
    known = dict(found.fields) if found else {}
    taken = set(found.report.fields) if found else set()
    names = {at: field.name for at, field in known.items()}
    names |= column_names({at: label for at, label in labels.items() if at not in known}, taken)
    nulls = [word for word in NULLS if rows.select(pl.any_horizontal((pl.all() == word).any())).item()]
    data = rows.with_columns(pl.when(~pl.all().is_in(nulls)).then(pl.all()).name.keep())
    fields = [_field(names[at], labels[at], known.get(at), data[:, at]) for at in labels]
    if "currency" in taken - set(names.values()) and any(bare(label) != label for label in labels.values()):
        fields.append("currency: {type: currency, labels: [Currency]}  # the labels of money state it")
    if found and found.report.period and found.report.period not in names.values():
        period = found.report.period
        fields.append(f"{period}: {{type: date, labels: [Date]}}  # absent here: rows stand for the file's period")
    lines = [
        f"# yaml-language-server: $schema={SCHEMA.as_posix()}",
        f"# Proposed from {file.name}. Read it through: names, types, and what the unknown columns are.",
        f"title: {_flow(file.absolute().parent.name.replace('_', ' ').title())}",
        f"kind: {KINDS.get(found.report.name, 'crm') if found else 'other'}",
        *([f"nulls: {_flow(nulls)}"] if nulls else []),
        "",
        "reports:",
        *_report(found, list(names.values()), data, file.name),
        "    fields:",
        *(f"      {field}" for field in fields),
    ]
    return "\n".join(lines) + "\n"


def _report(found: Guess | None, names: list[str], data: pl.DataFrame, file_name: str) -> list[str]:
    """The entries of the report above its fields."""
    if found is None:
        entries: dict[str, object] = {"grain": "one row per …", "needs": names[:3]}
        lines = ["  export:", "    # feeds: contacts  # once the fields are named as its columns are"]
    else:
        report, known = found.report, [field.name for field in found.fields.values()]
        first = [name for group in report.needs for name in [*filter(known.__contains__, group)][:1]]
        keys = [[name for name in group if name in known] for group in report.restates]
        entries = {
            "grain": report.grain,
            "feeds": [*report.feeds, *(["consents"] if CONSENT in known else [])],
            "needs": list(dict.fromkeys([*first, *known]))[:3],
            "restates": [group[0] if len(group) == 1 else group for group in keys if group],
            "period": report.period,
        }
        lines = [f"  {report.name}:"]
    if len(re.findall(r"\d{4}-\d{2}-\d{2}", file_name)) == 1:
        entries["file_date"] = r"(\d{4}-\d{2}-\d{2})"
    if data.select(pl.any_horizontal(pl.all().str.contains(TOTAL).any())).item():
        entries["totals"] = {"pattern": TOTAL, "own": TOTAL}
    return [*lines, *(f"    {key}: {_flow(entry)}" for key, entry in entries.items() if entry)]


def _field(name: str, label: str, known: Field | None, cells: pl.Series) -> str:
    """A field as one line; where nothing is known of the label, its type is told by the cells."""
    entries: dict[str, object] = {"type": known.type if known else _type(cells.drop_nulls())}
    entries |= {flag: True for flag in ("required", "summed") if known and getattr(known, flag)}
    entries["labels"] = [bare(label) if known and known.type == "money" else label]
    if not known:
        return f"{name}: {_flow(entries)}  # kept, feeds nothing"
    if name != CONSENT:
        return f"{name}: {_flow(entries)}"
    words = [word for word in cells.drop_nulls().unique(maintain_order=True) if len(word) < 30][:8]
    entries["values"] = {word: _consent(word) for word in words} or {"yes": "granted"}
    return f"{name}: {_flow(entries)}  # granted, withdrawn or unknown: check every word"


def _consent(word: str) -> str:
    if re.search(WITHDRAWN, normalised(word)):
        return "withdrawn"
    return "granted" if re.search(GRANTED, normalised(word)) else "unknown"


def _type(cells: pl.Series) -> str:
    """What all the cells can be read as."""
    digits = cells.str.contains(r"^\d+$").all()
    bare_ = amounts.bare(cells)
    mark, _ = amounts.decimal_mark(amounts.proven_marks(bare_))
    told = {
        "text": not len(cells),
        "id": digits and cells.str.contains(r"^0\d|^\d{9,}$").any(),
        "boolean": not digits and cells.str.to_lowercase().is_in(list(BOOLEANS)).all(),
        "datetime": cells.str.contains(rf"{DAY}.*\d[:h]\d").all() and not dates.moments(cells)[0].null_count(),
        "date": cells.str.contains(DAY).all() and not dates.moments(cells)[0].null_count(),
        "percent": cells.str.contains(r"%$").all(),
        "count": not amounts.counts(cells).null_count(),
        "money": (bare_ != cells).any() and not amounts.amounts(bare_, mark).null_count(),
        "decimal": not amounts.amounts(bare_, mark).null_count(),
    }
    return next((type_ for type_, holds in told.items() if holds), "text")


def _table(file: Path, tools: Mapping[str, Tool]) -> tuple[Record, pl.DataFrame]:
    """The header of a file that fits best, else the first that looks like one, and text columns below it."""
    export = Export("", file.name, "", datetime.min, file.stat().st_size, file)
    try:
        doc, _ = document(export)
        seen = [(delimiter, record) for delimiter, records in doc.heads() for record in records]
    except (Exception, pl.exceptions.PanicException) as error:  # whatever is wrong with the file
        raise NotATable(f"it cannot be read ({type(error).__name__})") from None
    plausible = [(delimiter, record) for delimiter, record in seen if _may_be_header(record)]
    if not plausible:
        raise NotATable("no line looks like a header: two or more labels, and no number among them")
    fits = {at: guess(record.cells, None, tools) for at, (_, record) in enumerate(plausible)}
    best = max(fits, key=lambda at: (len(found.fields) if (found := fits[at]) else 0, len(plausible[at][1].cells), -at))
    delimiter, header = plausible[best]
    below = next(iter(doc.below(header, delimiter))).cells.drop(ROW_NUMBER)
    trimmed = below.with_columns(pl.all().str.strip_chars()).with_columns(
        pl.when(pl.all() != "").then(pl.all()).name.keep()
    )
    return header, trimmed.filter(pl.any_horizontal(pl.all().is_not_null()))


def _may_be_header(record: Record) -> bool:
    filled = [cell.strip() for cell in record.cells if cell.strip()]
    return len(filled) > 1 and not any(re.search(r"^[\W\d]+$|@", cell) for cell in filled)


def _flow(value: object) -> str:
    """YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")
