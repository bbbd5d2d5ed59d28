"""Reads one `layout.yml` into a `Tool`, refusing what it does not understand."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import yaml

from sources.reports import ARROW_TYPES, Constant, Field, LayoutError, NotData, Report, Tool, Totals

KINDS = ("crm", "ads", "email", "reference")
SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")
Rule = TypeVar("Rule")


def read_layout(file: Path) -> Tool:
    """The tool a layout file describes. Raises LayoutError."""
    try:
        stated = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return _tool(file, stated)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LayoutError(f"{file}: not readable as YAML: {error}") from error
    except LayoutError as error:
        raise LayoutError(f"{file}: {error}") from error


def _tool(file: Path, stated: Any) -> Tool:
    name = file.parent.name
    _keys("the layout", stated, required=("title", "kind", "reports"), optional=("languages", "nulls"))
    _check(bool(SNAKE_CASE.fullmatch(name)), f"the folder name {name!r} is not snake_case")
    _check(stated["kind"] in KINDS, f"kind must be one of {', '.join(KINDS)}")
    languages = tuple(stated.get("languages", ("en",)))
    nulls = _texts(stated.get("nulls", ()))
    _check(isinstance(stated["reports"], Mapping), "reports must map a report's name to its layout")
    reports = {key: _report(name, key, value, languages, nulls) for key, value in stated["reports"].items()}
    mappings = {sql.stem: sql for sql in sorted(file.parent.glob("*.sql"))}
    return Tool(name, str(stated["title"]), stated["kind"], file.parent, reports, mappings)


def _report(tool: str, name: str, stated: Any, languages: tuple[str, ...], nulls: tuple[str, ...]) -> Report:
    optional = ("restates", "without", "nulls", "period", "file_date", "not_data", "totals", "footer")
    _keys(name, stated, required=("grain", "needs", "fields"), optional=optional)
    _check(bool(SNAKE_CASE.fullmatch(name)), f"the report name {name!r} is not snake_case")
    _check(isinstance(stated["fields"], Mapping), f"{name}: fields must map a field's name to its layout")
    fields = {key: _field(f"{name}.{key}", key, value, languages) for key, value in stated["fields"].items()}
    needs, restates = _groups(stated["needs"]), _groups(stated.get("restates", ()))
    not_data = tuple(_built(f"{name}.not_data", NotData, rule) for rule in stated.get("not_data", ()))
    totals = _built(f"{name}.totals", Totals, stated["totals"]) if "totals" in stated else None
    period = stated.get("period")
    named = [field for group in (*needs, *restates) for field in group] + [rule.field for rule in not_data]
    named += [field for field in (period, totals and totals.unless) if field]
    named += [rule.column for field in fields.values() for rule in field.constants if rule.column]
    unknown = sorted(set(named) - set(fields))
    _check(not unknown, f"{name}: no field named {', '.join(unknown)}")
    for pattern in (stated.get("file_date"), totals.own if totals else None):
        _pattern(name, pattern)
    for pattern in (*(rule.pattern for rule in not_data), totals.pattern if totals else None, stated.get("footer")):
        _pattern(name, pattern)
        _row_pattern(name, pattern)
    return Report(
        tool=tool,
        name=name,
        grain=str(stated["grain"]),
        fields=fields,
        needs=needs,
        restates=restates,
        without=_texts(stated.get("without", ())),
        nulls=nulls + _texts(stated.get("nulls", ())),
        period=period,
        file_date=stated.get("file_date"),
        not_data=not_data,
        totals=totals,
        footer=stated.get("footer"),
    )


def _field(where: str, name: str, stated: Any, languages: tuple[str, ...]) -> Field:
    """A field; the short form `name: type` has the name itself as its only label."""
    if isinstance(stated, str):
        stated = {"type": stated, "labels": [name]}
    optional = ("labels", "patterns", "constants", "required", "summed", *languages)
    _keys(where, stated, required=("type",), optional=optional)
    _check(bool(SNAKE_CASE.fullmatch(name)), f"{where}: the field name is not snake_case")
    _check(stated["type"] in ARROW_TYPES, f"{where}: type must be one of {', '.join(ARROW_TYPES)}")
    everywhere = _texts(stated.get("labels", ()))
    labels = {language: everywhere + _texts(stated.get(language, ())) for language in languages}
    patterns = _texts(stated.get("patterns", ()))
    constants = tuple(_built(f"{where}.constants", Constant, rule) for rule in stated.get("constants", ()))
    _check(any(labels.values()) or bool(patterns or constants), f"{where}: no label, pattern or constant")
    for pattern in (*patterns, *(rule.file for rule in constants)):
        _pattern(where, pattern)
    required, summed = bool(stated.get("required", False)), bool(stated.get("summed", False))
    return Field(name, stated["type"], labels, required, summed, patterns, constants)


def _keys(where: str, stated: Any, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
    _check(isinstance(stated, Mapping), f"{where} must be a mapping")
    missing = [key for key in required if key not in stated]
    unknown = [str(key) for key in stated if key not in (*required, *optional)]
    _check(not missing, f"{where}: {', '.join(missing)} missing")
    _check(not unknown, f"{where}: unknown {', '.join(unknown)}")


def _built(where: str, kind: type[Rule], stated: Any) -> Rule:
    try:
        return kind(**stated)
    except TypeError as error:
        raise LayoutError(f"{where}: {error}") from error


def _groups(stated: Iterable[Any]) -> tuple[tuple[str, ...], ...]:
    return tuple((item,) if isinstance(item, str) else tuple(item) for item in stated)


def _texts(stated: Any) -> tuple[str, ...]:
    """A text, or the texts in a list that may hold lists."""
    if isinstance(stated, (list, tuple)):
        return tuple(text for item in stated for text in _texts(item))
    return (str(stated),)


def _pattern(where: str, pattern: str | None) -> None:
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise LayoutError(f"{where}: {pattern!r} is no regular expression: {error}") from error


def _row_pattern(where: str, pattern: str | None) -> None:
    """Patterns on cells are matched by polars, which knows no look-around."""
    try:
        pl.Series([""]).str.contains(pattern or "")
    except pl.exceptions.ComputeError as error:
        raise LayoutError(f"{where}: {pattern!r} cannot be matched on cells: {error}") from error


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise LayoutError(otherwise)
