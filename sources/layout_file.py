"""Reads one `layout.yml` into a `Tool`, refusing what it does not understand."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from sources.labels import normalised
from sources.layout_entries import (
    cell_pattern,
    check,
    flag,
    groups,
    items,
    mapping,
    name,
    nearest,
    one_of,
    pattern,
    text,
    texts,
)
from sources.reports import ARROW_TYPES, SPANS, Constant, Field, LayoutError, NotData, Report, Tool, Totals

KINDS = ("crm", "ads", "email", "analytics", "reference", "other")
TOOL_KEYS = ("languages", "nulls", "aliases", "restatement_days")
REPORT_KEYS = (
    "table", "feeds", "restates", "without", "nulls", "period", "file_date", "not_data", "totals", "footer", "segments",
    "section",
)  # fmt: skip
FIELD_KEYS = ("labels", "patterns", "constants", "required", "summed", "values", "spans")


class _Loader(yaml.CSafeLoader):
    """YAML in which yes, no, on and off are words, as in version 1.2 of the language."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_layout(file: Path) -> Tool:
    """The tool a layout file describes. Raises LayoutError."""
    try:
        return _tool(file, read_yaml(file))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise LayoutError(f"{file}: not readable as YAML: {error}") from error
    except LayoutError as error:
        raise LayoutError(f"{file}: {error}") from error


def read_yaml(file: Path) -> Any:
    """What a layout file states, not checked. Raises OSError, UnicodeDecodeError or yaml.YAMLError."""
    return yaml.load(file.read_text(encoding="utf-8-sig"), Loader=_Loader)  # noqa: S506  it is a safe loader


def _tool(file: Path, stated: Any) -> Tool:
    mapping("the layout", stated, required=("title", "kind", "reports"), optional=TOOL_KEYS)
    tool = name("the folder name", file.parent.name)
    languages = texts("languages", stated.get("languages", "en"))
    nulls = texts("nulls", stated.get("nulls", ()))
    reports = mapping("reports", stated["reports"], anything=True)
    check(bool(reports), "reports: there is none")
    found = {key: _report(tool, key, value, languages, nulls) for key, value in reports.items()}
    _check_tables(found.values())
    days = stated.get("restatement_days")
    check(days is None or type(days) is int, "restatement_days must be a whole number")
    return Tool(
        name=tool,
        title=text("title", stated["title"]),
        kind=one_of("kind", stated["kind"], KINDS),
        folder=file.parent,
        reports=found,
        mappings={sql.stem: sql for sql in sorted(file.parent.glob("*.sql"))},
        aliases=texts("aliases", stated.get("aliases", ())),
        restatement_days=days,
    )


def _report(tool: str, report: Any, stated: Any, languages: tuple[str, ...], nulls: tuple[str, ...]) -> Report:
    name("the report name", report)
    mapping(report, stated, required=("grain", "needs", "fields"), optional=REPORT_KEYS)
    fields = {
        key: _field(f"{report}.{key}", key, value, languages)
        for key, value in mapping(f"{report}: fields", stated["fields"], anything=True).items()
    }
    period = stated.get("period")
    found = Report(
        tool=tool,
        name=report,
        table=name(f"{report}: table", stated.get("table", report)),
        feeds=texts(f"{report}: feeds", stated.get("feeds", ())),
        grain=text(f"{report}: grain", stated["grain"]),
        fields=fields,
        needs=groups(f"{report}: needs", stated["needs"]),
        restates=groups(f"{report}: restates", stated.get("restates", ())),
        without=texts(f"{report}: without", stated.get("without", ())),
        nulls=nulls + texts(f"{report}: nulls", stated.get("nulls", ())),
        period=None if period is None else text(f"{report}: period", period),
        file_date=pattern(f"{report}: file_date", stated.get("file_date")),
        not_data=tuple(
            _not_data(f"{report}.not_data", rule) for rule in items(f"{report}.not_data", stated.get("not_data", []))
        ),
        totals=_totals(f"{report}.totals", stated["totals"]) if "totals" in stated else None,
        footer=cell_pattern(f"{report}: footer", stated.get("footer")),
        segments=texts(f"{report}: segments", stated.get("segments", ())),
        section=cell_pattern(f"{report}: section", stated.get("section")),
    )
    _check_names(found)
    return found


def _check_names(report: Report) -> None:
    """Every field that an entry names is there."""
    named = [field for group in (*report.needs, *report.restates) for field in group]
    named += [rule.field for rule in report.not_data] + [*report.segments]
    named += [report.period] if report.period else []
    if report.totals:
        named += [*report.totals.blank, *([report.totals.unless] if report.totals.unless else [])]
    named += [rule.column for field in report.fields.values() for rule in field.constants if rule.column]
    unknown = sorted(set(named) - set(report.fields))
    check(
        not unknown,
        f"{report.name}: no field named {', '.join(unknown)}{nearest(unknown[:1], report.fields)}",
    )


def _check_tables(reports: Iterable[Report]) -> None:
    """Reports that share a raw table feed the same and mean the same by a field, or rows would be counted wrongly."""
    first: dict[str, Report] = {}
    for report in reports:
        other = first.setdefault(report.table, report)
        same = f"{report.name}: shares the table {report.table} with {other.name}"
        check(set(report.feeds) == set(other.feeds), f"{same}: both must feed the same, or have a table each")
        for field in report.fields.keys() & other.fields.keys():
            types = report.fields[field].type, other.fields[field].type
            alike = ARROW_TYPES[types[0]] == ARROW_TYPES[types[1]]
            check(alike, f"{same}: {field} is {types[1]} there and {types[0]} here")


def _not_data(where: str, stated: Any) -> NotData:
    rule = mapping(where, stated, required=("field", "pattern", "reason"))
    matched = cell_pattern(where, rule["pattern"])
    return NotData(text(where, rule["field"]), matched or "", text(f"{where}: reason", rule["reason"]))


def _totals(where: str, stated: Any) -> Totals:
    rule = mapping(where, stated, optional=("pattern", "own", "parts", "wider", "unless", "blank"))
    check("pattern" in rule or "blank" in rule, f"{where}: neither a pattern nor blank fields")
    return Totals(
        pattern=cell_pattern(where, rule.get("pattern")),
        own=pattern(f"{where}: own", rule.get("own")),
        parts=pattern(f"{where}: parts", rule.get("parts")),
        wider=pattern(f"{where}: wider", rule.get("wider")),
        unless=text(f"{where}: unless", rule["unless"]) if "unless" in rule else None,
        blank=texts(f"{where}: blank", rule.get("blank", ())),
    )


def _field(where: str, field: Any, stated: Any, languages: tuple[str, ...]) -> Field:
    """A field; the short form `name: type` has the name itself as its only label."""
    name(f"{where}: the field name", field)
    if isinstance(stated, str):
        stated = {"type": stated, "labels": [field]}
    mapping(where, stated, required=("type",), optional=(*FIELD_KEYS, *languages))
    everywhere = texts(f"{where}: labels", stated.get("labels", ()))
    labels = {language: everywhere + texts(f"{where}: {language}", stated.get(language, ())) for language in languages}
    patterns = texts(f"{where}: patterns", stated.get("patterns", ()))
    constants = tuple(
        _constant(f"{where}.constants", rule) for rule in items(f"{where}.constants", stated.get("constants", []))
    )
    check(any(labels.values()) or bool(patterns or constants), f"{where}: no label, pattern or constant")
    for rule in patterns:
        pattern(where, rule)
    type_ = one_of(f"{where}: type", stated["type"], ARROW_TYPES)
    spans = stated.get("spans")
    check(spans is None or (spans in SPANS and type_ == "date"), f"{where}: spans must be one of {SPANS}, of a date")
    values = mapping(f"{where}: values", stated.get("values", {}), anything=True)
    return Field(
        name=field,
        type=type_,
        labels=labels,
        required=flag(f"{where}: required", stated.get("required", False)),
        summed=flag(f"{where}: summed", stated.get("summed", False)),
        patterns=patterns,
        constants=constants,
        values={normalised(_word(said)): _word(meant) for said, meant in values.items()},
        spans=spans,
    )


def _constant(where: str, stated: Any) -> Constant:
    rule = mapping(where, stated, optional=("value", "column", "file", "preamble"))
    check("value" in rule or "file" in rule or "preamble" in rule, f"{where}: no value")
    return Constant(
        value=_word(rule["value"]) if "value" in rule else None,
        column=text(f"{where}: column", rule["column"]) if "column" in rule else None,
        file=pattern(f"{where}: file", rule.get("file")),
        preamble=pattern(f"{where}: preamble", rule.get("preamble")),
    )


def _word(stated: Any) -> str:
    """A word as the file writes it, where YAML takes it for a truth value."""
    return str(stated).lower() if isinstance(stated, bool) else str(stated)
