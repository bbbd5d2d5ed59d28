from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from sources.labels import normalised
from sources.layout import LayoutError, raw_schema, tools

LAYOUT = """
title: Some shop
kind: crm
languages: [en, de]
reports:
  buyers:
    grain: one row per buyer
    needs: [buyer_id, [email, phone]]
    restates: [[buyer_id, email], day]
    fields:
      buyer_id: {type: id, required: true, en: [Buyer], de: [Käufer]}
      email: text
      phone: {type: text, labels: [Phone]}
      day: {type: date, labels: [Day]}
      spent: {type: money, summed: true, labels: [Spent]}
"""


def shop(folder: Path, layout: str = LAYOUT, name: str = "shop") -> Path:
    (folder / name).mkdir(parents=True)
    (folder / name / "layout.yml").write_text(layout, encoding="utf-8")
    return folder


def test_each_folder_with_a_layout_is_a_tool():
    folders = {file.parent.name for file in (Path(__file__).parents[2] / "sources").glob("*/layout.yml")}
    assert set(tools()) == folders
    assert list(tools()) == sorted(tools())


def test_a_folder_of_ones_own_adds_a_tool_without_code(tmp_path):
    (shop(tmp_path) / "shop" / "contacts.sql").write_text("-- One.\nselect 1")
    tool = tools(tmp_path)["shop"]
    report = tool.reports["buyers"]
    assert (tool.title, tool.kind, tool.mappings) == ("Some shop", "crm", {"contacts": tool.folder / "contacts.sql"})
    assert report.needs == (("buyer_id",), ("email", "phone"))
    assert report.restates == (("buyer_id", "email"), ("day",))
    assert report.fields["buyer_id"].labels == {"en": ("Buyer",), "de": ("Käufer",)}
    assert report.fields["email"].labels == {"en": ("email",), "de": ("email",)}


def test_the_raw_table_has_the_fields_and_the_origin_of_each_row(tmp_path):
    assert raw_schema(tools(shop(tmp_path))["shop"].tables["buyers"]) == pa.schema(
        {
            "buyer_id": pa.string(),
            "email": pa.string(),
            "phone": pa.string(),
            "day": pa.date32(),
            "spent": pa.decimal128(18, 6),
            "_file_id": pa.string(),
            "_row_number": pa.int64(),
        }
    )


def test_reports_of_one_table_share_its_columns_and_its_period(tmp_path):
    both = LAYOUT.replace("    needs: [b", "    table: people\n    period: day\n    needs: [b")
    both += both.split("reports:\n")[1].replace("buyers:", "sellers:").replace("spent: {", "fee: {")
    tool = tools(shop(tmp_path, both))["shop"]
    assert {name: [report.name for report in reports] for name, reports in tool.tables.items()} == {
        "people": ["buyers", "sellers"]
    }
    named = ["buyer_id", "email", "phone", "day", "spent", "fee"]
    carried = ["_period_start", "_period_end", "_file_id", "_row_number"]
    assert raw_schema(tool.tables["people"]).names == named + carried


@pytest.mark.parametrize(
    ("another", "told"),
    [
        ("    feeds: contacts\n    table: buyers\n", "sellers: shares the table buyers with buyers: both must feed"),
        ("    table: buyers\n", "sellers: shares the table buyers with buyers: day is date there and text here"),
    ],
)
def test_reports_of_one_table_that_mean_different_things_are_refused(tmp_path, another, told):
    sellers = LAYOUT.split("reports:\n")[1].replace("  buyers:\n", f"  sellers:\n{another}")
    shop(tmp_path, LAYOUT + sellers.replace("type: date", "type: text"))
    with pytest.raises(LayoutError, match=told):
        tools(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (LAYOUT.replace("kind: crm", "kind: toy"), "kind must be one of"),
        (LAYOUT.replace("type: money", "type: cash"), "buyers.spent: type must be one of"),
        (LAYOUT.replace("summed:", "sumed:"), "buyers.spent: unknown sumed"),
        (LAYOUT.replace("day]", "week]"), "buyers: no field named week"),
        (LAYOUT.replace("    grain: one row per buyer\n", ""), "buyers: grain missing"),
        (LAYOUT.replace("labels: [Day]", "patterns: ['(']"), "buyers.day: '(' is no regular expression"),
        (LAYOUT.replace("    fields:", "    footer: '(?<!a)b'\n    fields:"), "cannot be matched on cells"),
        (LAYOUT.replace("labels: [Day]", ""), "buyers.day: no label"),
        (LAYOUT.replace("buyers:", "Buyers:"), "not snake_case"),
        ("reports: [", "not readable as YAML"),
        ("just text", "the layout must be a mapping"),
    ],
)
def test_a_layout_that_cannot_be_used_is_refused_by_file_and_entry(tmp_path, wrong, told):
    shop(tmp_path, wrong)
    with pytest.raises(LayoutError) as refusal:
        tools(tmp_path)
    assert told in str(refusal.value)
    assert "shop/layout.yml" in str(refusal.value).replace("\\", "/")


def test_two_layouts_of_one_tool_are_refused(tmp_path):
    one, other = shop(tmp_path / "one"), shop(tmp_path / "other")
    with pytest.raises(LayoutError, match="shop has a layout already"):
        tools(one, other)


def test_within_a_report_a_label_belongs_to_one_field():
    for tool in tools().values():
        for report in tool.reports.values():
            fields = report.fields.values()
            labels = [{normalised(label) for some in field.labels.values() for label in some} for field in fields]
            twice = [label for label, count in Counter(label for some in labels for label in some).items() if count > 1]
            assert not twice, f"{tool.name}.{report.name}: {twice}"
