"""A company's own layouts beside its exports, and what every layout feeds."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.build import night_models
from pipelines.cli.tools import tools as command
from pipelines.layouts import feeds
from pipelines.workspace import Workspace
from sources import layout, thesaurus
from sources.exports import scan
from sources.reading import read
from warehouse import feeds as unified_feeds
from warehouse.lake import Lake
from warehouse.models import tables_read

PROJECT = Path(__file__).parents[2]
EXAMPLE = PROJECT / "docs" / "example"
SHIPPED = layout.tools()
CARD = """
title: Card
kind: crm
reports:
  members:
    grain: one row per member
    feeds: contacts
    needs: [email]
    fields: {email: text, created_at: date}
"""


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "exports", Lake(tmp_path / "lake"))


def put(workspace, text, tool="card"):
    file = workspace.exports / tool / "layout.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_layout_beside_the_exports_is_a_tool_that_feeds_unified_tables(workspace):
    put(workspace, CARD)
    assert workspace.tools["card"].title == "Card"
    assert workspace.layout_errors == {}
    contacts = night_models(workspace)["unified.contacts"]
    assert "raw_card.members" in contacts.depends_on
    assert contacts.sql.count("raw_card.members") == 1


def test_without_any_layout_of_ones_own_the_tools_are_those_that_come_with_unsilo(workspace):
    assert workspace.tools == SHIPPED


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (CARD.replace("needs: [email]", "needs: [emial]"), "members: no field named emial; did you mean email?"),
        (
            CARD.replace("feeds: contacts", "feeds: contact"),
            "no unified table is called contact; did you mean contacts?",
        ),
        (CARD.replace("feeds:", "feed:"), "members: unknown feed; did you mean feeds?"),
        (
            CARD.replace("created_at: date", "created_at: text"),
            "members: created_at: its type must be date or datetime",
        ),
        (CARD.replace("kind: crm", "kind: shop"), "kind must be one of crm, ads"),
        ("- no mapping", "the layout must be a mapping"),
    ],
)
def test_a_layout_that_cannot_be_used_is_left_out_and_says_why(workspace, wrong, told):
    file = put(workspace, wrong)
    assert "card" not in workspace.tools
    assert workspace.layout_errors["card"].startswith(f"{file}: ")
    assert told in workspace.layout_errors["card"]
    night_models(workspace)


def test_a_layout_beside_the_exports_counts_before_the_one_that_comes_with_unsilo(workspace):
    name = next(iter(SHIPPED))
    put(workspace, CARD, name)
    assert workspace.tools[name].title == "Card"


def test_a_broken_layout_leaves_the_one_that_comes_with_unsilo_in_place(workspace):
    name = next(iter(SHIPPED))
    put(workspace, "kind: toy", name)
    assert workspace.tools[name] == SHIPPED[name]
    assert name in workspace.layout_errors


def test_sql_beside_the_exports_is_not_run_unless_the_folder_is_named_as_one_of_sources(workspace):
    file = put(workspace, CARD)
    file.with_name("deals.sql").write_text("select 'card' as tool from raw_card.members", encoding="utf-8")
    assert workspace.tools["card"].mappings == {}
    assert "deals.sql beside it is not run" in workspace.layout_errors["card"]
    trusted = Workspace(workspace.exports, workspace.lake, more_sources=(workspace.exports,))
    assert list(trusted.tools["card"].mappings) == ["deals"]
    assert trusted.layout_errors == {}


def test_a_table_that_is_fed_and_mapped_would_count_twice_and_is_refused(workspace, tmp_path):
    file = put(workspace, CARD)
    file.with_name("contacts.sql").write_text("select 'card' as tool from raw_card.members", encoding="utf-8")
    trusted = Workspace(workspace.exports, workspace.lake, more_sources=(workspace.exports,))
    assert "rows would count twice" in trusted.layout_errors["card"]


def test_the_example_is_a_tool_that_reads_its_exports(workspace):
    shutil.copytree(EXAMPLE, workspace.exports / "clubcard")
    assert workspace.layout_errors == {}
    read_files = {export.name: read(export, workspace.tools) for export in scan(workspace.exports)}
    assert {name: (file.report, file.rows_loaded, file.rows_rejected) for name, file in read_files.items()} == {
        "clubcard-members-2026-11-20.csv": ("members", 2, 1),
        "clubcard-mailings.csv": ("mailings", 2, 0),
    }
    members = read_files["clubcard-members-2026-11-20.csv"].rows
    assert members.select("record_id", "value", "evidence", "shop_id").rows() == [
        ("00017", "granted", "card application", "S-881"),
        ("00018", None, "card application", None),
    ]
    fed = {unified for unified, _ in feeds(workspace.tools["clubcard"])}
    assert fed == {"contacts", "consents", "email_performance"}


@pytest.mark.parametrize("tool", SHIPPED.values(), ids=lambda tool: tool.name)
def test_what_a_tool_feeds_can_be_fed_and_is_fed_once(tool):
    for unified, feed in feeds(tool):
        unified_feeds.check(unified, feed)
        if unified in tool.mappings:
            assert feed.name not in tables_read(tool.mappings[unified])


def test_the_schema_knows_the_tables_that_can_be_fed():
    schema = json.loads((PROJECT / "sources" / "layout.schema.json").read_text(encoding="utf-8"))
    assert set(schema["$defs"]["unified"]["enum"]) == set(unified_feeds.selects())


# what a report states of a contact beside who it is
BESIDE_CONTACTS = {"consents", "contact_mailings"}


def test_the_guide_names_the_fields_that_count():
    guide = (PROJECT / "docs" / "own-tool.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (`.+) \|$", guide, re.MULTILINE))
    rows.pop("feeds", None)
    assert set(rows) == set(unified_feeds.selects())
    for unified, named in rows.items():
        columns = {name for name in unified_feeds.columns(unified) if name[0] != "_"} - {"tool", "external_ids"}
        people = {"record_type", "record_id", "email", "phone", "mobile_phone", "full_name", "first_name", "last_name"}
        expected = columns - people if unified in BESIDE_CONTACTS else columns
        assert set(re.findall(r"`(\w+)`", named)) - {"external_id"} == expected


def test_labels_of_any_tool_lead_to_columns_that_can_be_fed():
    generic = layout.read_layout(Path(thesaurus.__file__).with_name("labels.yml"))
    assert set(generic.reports) == set(unified_feeds.selects()) - BESIDE_CONTACTS
    for name, report in generic.reports.items():
        consents = unified_feeds.columns("consents") if name == "contacts" else {}
        assert set(report.fields) <= {*unified_feeds.columns(name), *consents}
    for unified, feed in feeds(generic):
        unified_feeds.check(unified, feed)


def test_the_list_of_tools_says_what_is_wrong_with_a_layout(workspace):
    file = put(workspace, "kind: toy")
    said = CliRunner().invoke(command, ["--exports", str(workspace.exports), "--lake", str(workspace.lake.root)])
    assert said.exit_code == 0, said.output
    assert "its layout cannot be used" in said.output
    assert str(file) in said.output.replace("\n", "")


def test_a_scaffold_is_shown_or_written_beside_the_file_once(workspace):
    file = workspace.exports / "card" / "members.csv"
    file.parent.mkdir(parents=True)
    file.write_text("E-mail,First name\nana@example.org,Ana\n", encoding="utf-8")
    folders = ["--exports", str(workspace.exports), "--lake", str(workspace.lake.root)]
    shown = CliRunner().invoke(command, [*folders, "scaffold", str(file), *folders])
    assert "feeds: [contacts]" in shown.output
    assert not file.with_name("layout.yml").exists()
    CliRunner().invoke(command, ["scaffold", str(file), "--write", *folders])
    assert file.with_name("layout.yml").read_text(encoding="utf-8") == shown.output
    assert "card" in Workspace(workspace.exports, workspace.lake).tools
    again = CliRunner().invoke(command, ["scaffold", str(file), "--write", *folders])
    assert (again.exit_code, "is there already" in again.output) == (2, True)
