"""The documents say what is there: commands, targets, sources, dependencies, settings, links and examples."""

import json
import re
import tomllib
from datetime import date
from decimal import Decimal
from importlib.metadata import entry_points
from pathlib import Path

import click
import duckdb
import pytest

from pipelines import layouts
from pipelines.cli import main
from pipelines.settings import SECTIONS, TOOL, read_settings
from sources.exports import scan
from sources.layout import raw_schema, tools
from sources.reading import read
from warehouse import dictionary, feeds

PROJECT = Path(__file__).parent.parent
DOCUMENTS = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    PROJECT / "CHANGELOG.md",
    *sorted((PROJECT / "docs").glob("*.md")),
    *sorted((PROJECT / "sources").glob("*/README.md")),
]
README = DOCUMENTS[0].read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = {entry.name: entry.load() for entry in entry_points(group="unsilo.commands")}
SCHEMA = json.loads((PROJECT / "sources" / "layout.schema.json").read_text(encoding="utf-8"))
LANGUAGES = {"en": "English", "fr": "French", "pt": "Portuguese", "es": "Spanish"}
TARGETS = set(re.findall(r"^([a-z]+):.*## ", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def named(file):
    return file.relative_to(PROJECT).as_posix()


def text(name):
    return (PROJECT / name).read_text(encoding="utf-8")


def blocks(document, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)


def code(document):
    """What a document sets in code, inline and in blocks; where commands are named."""
    fenced = re.findall(r"^```\w*\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```$", "", document, flags=re.MULTILINE | re.DOTALL)
    return [*fenced, *re.findall(r"`([^`\n]+)`", prose)]


def cells(document, heading):
    """Cells of the table rows below the header that begins with `heading`."""
    table = document.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def rows(document, heading):
    """First cells of those rows."""
    return [first for first, *_ in cells(document, heading)]


def options(command):
    taken = {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
    return taken | {"--help", "-h"}


def anchors(file):
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text(named(file)), flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def called():
    """Every command by the words that call it, those below others too."""
    for name, command in COMMANDS.items():
        below = command.commands if isinstance(command, click.Group) else {}
        if not below or command.invoke_without_command:
            yield name, command
        yield from ((f"{name} {last}", one) for last, one in below.items())


@pytest.mark.parametrize("file", DOCUMENTS, ids=named)
def test_commands_and_options_that_documents_name_exist(file):
    for snippet in code(text(named(file))):
        for name, rest in re.findall(r"(?:^|[\s$&/])unsilo ([a-z]+)([^\n]*)", snippet):
            assert name in COMMANDS
            given = re.sub(r"\"[^\"]*\"", "", rest).split("#")[0]
            last = dict(called()).get(" ".join([name, *given.split()[:1]]), COMMANDS[name])
            assert set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", given)) <= options(last)


def test_the_readme_names_every_command_with_its_options():
    stated = re.findall(r"^\| `unsilo ([a-z -]+)([A-Z ]*)` \|.*\|(.*)\|$", README, re.MULTILINE)
    listed = {name.strip(): (argument, set(re.findall(r"--[a-z-]+", own))) for name, argument, own in stated}
    assert set(listed) == {name for name, _ in called()}
    everywhere = {"--exports", "--lake", "--help"}
    for name, command in called():
        needed = [param for param in command.params if isinstance(param, click.Argument) and param.required]
        own = {option for option in options(command) if option.startswith("--")} - everywhere
        assert listed[name] == (" ".join(param.make_metavar(click.Context(command)) for param in needed), own)
        assert everywhere <= options(command)
    assert {option for param in main.params for option in param.opts} <= {"--version", "--help", "-h"}


@pytest.mark.parametrize("file", DOCUMENTS, ids=named)
def test_targets_that_documents_name_exist(file):
    found = {name for snippet in code(text(named(file))) for name in re.findall(r"(?:^|[\s;&])make ([a-z]+)", snippet)}
    assert found <= TARGETS


def test_the_readme_names_every_target():
    assert {name for name in TARGETS if f"`make {name}`" not in README} == set()


def test_the_readme_names_every_environment_variable():
    files = [
        file
        for package in ("assets", "pipelines", "sources", "warehouse")
        for file in (PROJECT / package).rglob("*.py")
    ]
    used = {name for file in files for name in re.findall(r"\"(UNSILO_[A-Z_]+)\"", file.read_text(encoding="utf-8"))}
    assert {name.strip("`") for name in rows(README, "variable")} == used


@pytest.mark.parametrize("file", DOCUMENTS, ids=named)
def test_links_and_images_lead_somewhere(file):
    document = re.sub(r"^```.*?^```$", "", text(named(file)), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", document):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        linked = (file.parent / path).resolve() if path else file
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def test_files_that_documents_name_in_code_exist():
    for file in DOCUMENTS:
        for snippet in re.findall(
            r"`((?:assets|pipelines|sources|warehouse|docs|tests)/[\w./-]*\w)`", text(named(file))
        ):
            assert (PROJECT / snippet).exists() or "bannerly" in snippet, f"{named(file)}: {snippet}"


def test_every_source_has_one_row():
    listed = [re.sub(r"^\[`(\w+)`\].*$", r"\1", cell) for cell in rows(text("docs/sources.md"), "source")]
    assert listed == list(tools())


@pytest.mark.parametrize("tool", tools().values(), ids=lambda tool: tool.name)
def test_a_sources_row_says_what_it_reads_and_feeds(tool):
    [row] = [row for row in cells(text("docs/sources.md"), "source") if row[0].startswith(f"[`{tool.name}`]")]
    link, title, reports, fed, headers, _ = row
    assert link == f"[`{tool.name}`](../sources/{tool.name}/README.md)"
    assert title == tool.title
    assert re.findall(r"`(\w+)`", reports) == list(tool.reports)
    by_name = {unified for report in tool.reports.values() for unified in report.feeds}
    assert set(re.findall(r"`(\w+)`", fed)) == set(tool.mappings) | by_name
    spoken = [tongue for report in tool.reports.values() for field in report.fields.values() for tongue in field.labels]
    assert headers.split(", ") == [LANGUAGES[tongue] for tongue in dict.fromkeys(spoken)]


@pytest.mark.parametrize("tool", tools().values(), ids=lambda tool: tool.name)
def test_every_source_has_a_readme_under_its_title(tool):
    assert text(f"sources/{tool.name}/README.md").startswith(f"# {tool.title}\n")


def test_every_dependency_has_a_reason():
    stated = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    packages = [re.split(r"[\[=<>~!; ]", one)[0] for one in stated]
    document = text("docs/decisions.md")
    reasoned = [cell.strip("`") for heading in ("package", "tool") for cell in rows(document, heading)]
    assert sorted(reasoned) == sorted(packages)


def test_decisions_are_numbered_and_say_what_they_cost():
    decisions = re.split(r"^## (?=\d)", text("docs/decisions.md"), flags=re.MULTILINE)[1:]
    assert [int(decision.split(".")[0]) for decision in decisions] == list(range(1, len(decisions) + 1))
    for decision in decisions:
        for part in ("**Decision.**", "**Why.**", "**Cost.**"):
            assert part in decision, decision.splitlines()[0]


def test_settings_in_the_readme_are_accepted_and_complete(tmp_path):
    [settings] = blocks(README, "toml")
    (tmp_path / "unsilo.toml").write_text(settings, encoding="utf-8")
    read_settings(tmp_path / "unsilo.toml")
    stated = tomllib.loads(settings)
    assert {name: set(stated[name]) for name in SECTIONS} == {name: set(keys) for name, keys in SECTIONS.items()}
    assert {key for entries in stated["tools"].values() for key in entries} == set(TOOL)


@pytest.fixture
def bannerly(tmp_path):
    """Puts the example of docs/sources.md where somebody would; returns its tool and its export as it was read."""
    document = text("docs/sources.md")
    [export], [layout], [mapping] = (blocks(document, language) for language in ("csv", "yaml", "sql"))

    def dropped(by_sql):
        sources, exports = tmp_path / "own" / "bannerly", tmp_path / "exports" / "bannerly"
        sources.mkdir(parents=True)
        exports.mkdir(parents=True)
        (exports / "bannerly 2026-11-20.csv").write_text(export, encoding="utf-8")
        told = layout.replace("    feeds: ad_performance\n", "") if by_sql else layout
        (sources / "layout.yml").write_text(told, encoding="utf-8")
        if by_sql:
            (sources / "ad_performance.sql").write_text(mapping, encoding="utf-8")
        known, problems = layouts.usable((sources.parent,), exports.parent)
        assert problems == {}
        [found] = scan(exports.parent)
        return known["bannerly"], read(found, known)

    return dropped


def test_the_example_layout_reads_the_example_export(bannerly):
    _, file = bannerly(by_sql=False)
    assert (file.status, file.report, file.language) == ("loaded", "daily_report", "fr")
    assert (file.rows_read, file.rows_loaded, file.rows_rejected) == (3, 2, 1)
    assert str(file.exported_at.date()) == "2026-11-20"
    assert file.stated_totals[file.own_total] == file.summed_totals
    [table] = file.tables
    assert table.stated_totals[table.wider_total]["spend"] - table.summed["spend"] == Decimal("210.50")
    row = file.rows.row(1, named=True)
    assert (row["account_id"], row["currency"], row["level"], row["channel"]) == ("7731", "EUR", "campaign", "display")
    assert (row["_segments"], row["_segment"], row["campaign_id"]) == ("device", "desktop", "0042")


@pytest.mark.parametrize("by_sql", [False, True], ids=["feeds", "mapping"])
def test_the_example_feeds_a_unified_table(bannerly, by_sql):
    tool, file = bannerly(by_sql)
    con = duckdb.connect()
    con.execute("create schema raw_bannerly")
    schema = raw_schema(tool.tables["performance"])
    con.register("given", file.rows.select(schema.names).to_arrow().cast(schema))
    con.execute("create table raw_bannerly.performance as from given")
    selects = [mapping.read_text(encoding="utf-8") for mapping in tool.mappings.values()]
    selects += [feeds.select(unified, feed) for unified, feed in layouts.feeds(tool)]
    [select] = selects
    described = {column.name for column in dictionary.table("unified.ad_performance").columns}
    assert {name for name, *_ in con.execute(select).description} <= described
    found = con.execute(f"select channel, date, segment, spend from ({select}) order by segment").fetchall()
    day = date(2026, 11, 18)
    assert found == [
        ("display", day, "desktop", Decimal("980.00")),
        ("social" if by_sql else "display", day, "mobile", Decimal("1204.50")),
    ]


def test_every_key_of_a_layout_is_explained_and_no_other():
    document = text("docs/sources.md")
    parts = re.split(r"^### (?=The tool|A report|A field)", document, flags=re.MULTILINE)[1:]
    entries = [SCHEMA, SCHEMA["$defs"]["report"], SCHEMA["$defs"]["field"]["anyOf"][1]]
    for part, entry in zip(parts, entries, strict=True):
        explained = {key.strip("`"): row for key, *row in cells(part, "key") if key.startswith("`")}
        assert set(explained) == set(entry["properties"])
        for key, stated in entry["properties"].items():
            assert (explained[key][0] == "required") == (key in entry["required"]), key
            below = stated.get("items", stated).get("properties", {})
            words = {*below, *stated.get("enum", ())} | set(SCHEMA["$defs"]["type"]["enum"] if key == "type" else ())
            assert {word for word in words if f"`{word}`" not in explained[key][1]} == set(), key


def test_the_changelog_keeps_its_form():
    changelog = text("CHANGELOG.md")
    versions = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert versions[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", version) for version in versions[1:])
    kinds = set(re.findall(r"^### (.+)$", changelog, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_pictures_are_small():
    pictures = [file for file in (PROJECT / "docs").iterdir() if file.suffix in {".png", ".svg"}]
    assert {named(file): file.stat().st_size for file in pictures if file.stat().st_size > 300_000} == {}
