"""The schema by which editors check a layout says what the parser says."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from sources.layout import LayoutError, tools
from sources.layout_file import FIELD_KEYS, KINDS, REPORT_KEYS, TOOL_KEYS, read_layout, read_yaml
from sources.reports import ARROW_TYPES, SPANS

PROJECT = Path(__file__).parents[2]
EXAMPLE = PROJECT / "docs" / "example" / "layout.yml"
SCHEMA = json.loads((PROJECT / "sources" / "layout.schema.json").read_text(encoding="utf-8"))
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
REPORT, FIELD = SCHEMA["$defs"]["report"], SCHEMA["$defs"]["field"]["anyOf"][1]

BROKEN = {
    "a list": "[1, 2]",
    "no kind": "title: Till\nreports: {sales: {grain: g, needs: [day], fields: {day: date}}}",
    "no reports": "title: Till\nkind: crm\nreports: {}",
    "a kind nobody knows": "kind: toy",
    "a key nobody knows": "tittle: Till",
    "a report that is no mapping": "reports: {sales: none}",
    "a report's name with a capital": "reports: {Sales: {grain: g, needs: [day], fields: {day: date}}}",
    "no grain": "reports: {sales: {needs: [day], fields: {day: date}}}",
    "needs that is no list": "reports: {sales: {grain: g, needs: day, fields: {day: date}}}",
    "restates that is no list": "reports: {sales: {grain: g, needs: [day], restates: day, fields: {day: date}}}",
    "a misspelt key": "reports: {sales: {grain: g, needs: [day], sumed: [day], fields: {day: date}}}",
    "a table's name with a space": "reports: {sales: {grain: g, table: my sales, needs: [day], fields: {day: date}}}",
    "a footer that is no pattern": "reports: {sales: {grain: g, needs: [day], footer: '(', fields: {day: date}}}",
    "totals without a rule": "reports: {sales: {grain: g, needs: [day], totals: {own: a}, fields: {day: date}}}",
    "a total nobody knows": "reports: {sales: {grain: g, needs: [day], totals: {patern: a}, fields: {day: date}}}",
    "not_data that is no list": "reports: {sales: {grain: g, needs: [day], not_data: day, fields: {day: date}}}",
    "not_data without reason": (
        "reports: {sales: {grain: g, needs: [day], not_data: [{field: day, pattern: a}], fields: {day: date}}}"
    ),
    "fields that are a list": "reports: {sales: {grain: g, needs: [day], fields: [day]}}",
    "a field's name with a capital": "reports: {sales: {grain: g, needs: [Day], fields: {Day: date}}}",
    "a type nobody knows": "reports: {sales: {grain: g, needs: [day], fields: {day: day}}}",
    "a field without a label": "reports: {sales: {grain: g, needs: [day], fields: {day: {type: date}}}}",
    "a field without a type": "reports: {sales: {grain: g, needs: [day], fields: {day: {en: [Day]}}}}",
    "labels that are a mapping": "reports: {sales: {grain: g, needs: [day], fields: {day: {type: date, en: {a: b}}}}}",
    "a flag that is a word": (
        "reports: {sales: {grain: g, needs: [day], fields: {day: {type: date, en: Day, required: yes}}}}"
    ),
    "a span nobody knows": "reports: {sales: {grain: g, needs: [day], fields: {day: {type: date, en: D, spans: day}}}}",
    "values that are a list": (
        "reports: {sales: {grain: g, needs: [day], fields: {day: {type: text, en: D, values: [a]}}}}"
    ),
    "a constant without a value": (
        "reports: {sales: {grain: g, needs: [day], fields: {day: {type: text, constants: [{column: day}]}}}}"
    ),
}


def written(folder: Path, text: str) -> Path:
    """A layout that works but for what a broken example says."""
    works = "title: Till\nkind: crm\nreports: {sales: {grain: g, needs: [day], fields: {day: date}}}"
    said = {line.split(":")[0] for line in text.splitlines()}
    kept = [] if said & {"title", "[1, 2]"} else [line for line in works.splitlines() if line.split(":")[0] not in said]
    file = folder / "till" / "layout.yml"
    file.parent.mkdir()
    file.write_text("\n".join([*kept, text]), encoding="utf-8")
    return file


@pytest.mark.parametrize("file", [*(tool.folder / "layout.yml" for tool in tools().values()), EXAMPLE], ids=str)
def test_every_layout_follows_the_schema(file):
    problems = [f"{list(error.absolute_path)}: {error.message}" for error in VALID.iter_errors(read_yaml(file))]
    assert problems == []


@pytest.mark.parametrize("example", BROKEN)
def test_schema_and_parser_refuse_the_same(tmp_path, example):
    file = written(tmp_path, BROKEN[example])
    assert not VALID.is_valid(read_yaml(file))
    with pytest.raises(LayoutError, match=r"till/layout\.yml: "):
        read_layout(file)


def test_the_example_that_the_broken_ones_are_made_of_works(tmp_path):
    file = written(tmp_path, "kind: ads")
    assert VALID.is_valid(read_yaml(file))
    assert read_layout(file).kind == "ads"


def test_schema_and_parser_know_the_same_words():
    properties = SCHEMA["properties"]
    assert set(properties) == {"title", "kind", "reports", *TOOL_KEYS}
    assert set(REPORT["properties"]) == {"grain", "needs", "fields", *REPORT_KEYS}
    assert set(FIELD["properties"]) == {"type", *FIELD_KEYS}
    assert properties["kind"]["enum"] == list(KINDS)
    assert SCHEMA["$defs"]["type"]["enum"] == list(ARROW_TYPES)
    assert FIELD["properties"]["spans"]["enum"] == list(SPANS)


def test_every_entry_of_the_schema_is_described():
    entries = [SCHEMA, REPORT, FIELD, REPORT["properties"]["totals"]]
    silent = [key for entry in entries for key, value in entry["properties"].items() if "description" not in value]
    assert [key for key in silent if key != "type"] == []


def test_the_example_tells_an_editor_where_its_schema_is():
    first = EXAMPLE.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (EXAMPLE.parent / first.partition("=")[2]).resolve() == PROJECT / "sources" / "layout.schema.json"
