"""The documents say what is there: commands, targets, sources, dependencies, settings, links and examples."""

import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import click
import duckdb
import pytest

from pipelines.cli import main
from pipelines.settings import SECTIONS, TOOL, read_settings
from sources.exports import scan
from sources.layout import tools
from sources.layout_file import KINDS
from sources.reading import read
from sources.reports import ARROW_TYPES
from warehouse import dictionary

PROJECT = Path(__file__).parent.parent
DOCUMENTS = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    PROJECT / "CHANGELOG.md",
    *sorted((PROJECT / "docs").glob("*.md")),
]
README = DOCUMENTS[0].read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = {entry.name: entry.load() for entry in entry_points(group="unsilo.commands")}
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


def rows(document, heading):
    """First cells of the table rows below the header that begins with `heading`."""
    table = document.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def options(command):
    taken = {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
    return taken | {"--help", "-h"}


def anchors(file):
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text(named(file)), flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", DOCUMENTS, ids=named)
def test_commands_and_options_that_documents_name_exist(file):
    for snippet in code(text(named(file))):
        for name, rest in re.findall(r"(?:^|[\s$&/])unsilo ([a-z]+)([^\n]*)", snippet):
            assert name in COMMANDS
            given = re.sub(r"\"[^\"]*\"", "", rest).split("#")[0]
            assert set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", given)) <= options(COMMANDS[name])


def test_the_readme_names_every_command_with_its_options():
    listed = {line.split("|")[1].strip(" `"): line for line in README.splitlines() if line.startswith("| `unsilo ")}
    assert set(listed) == {f"unsilo {name}" for name in COMMANDS}
    everywhere = {"--exports", "--lake"}
    for name, command in COMMANDS.items():
        own = {option for option in options(command) if option.startswith("--")} - everywhere - {"--help"}
        assert set(re.findall(r"--[a-z-]+", listed[f"unsilo {name}"])) == own
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
def test_a_sources_row_and_section_say_what_it_reads_and_feeds(tool):
    document = text("docs/sources.md")
    row = next(line for line in document.splitlines() if line.startswith(f"| [`{tool.name}`]"))
    _, _, title, reports, fed, *_ = (cell.strip() for cell in row.split("|"))
    assert title == tool.title
    assert re.findall(r"`(\w+)`", reports) == list(tool.reports)
    assert set(re.findall(r"`(\w+)`", fed)) == set(tool.mappings)
    assert f"\n### {tool.name}\n" in document


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
def example(tmp_path):
    """The example of docs/sources.md as somebody would drop it: its tool, and its export as it was read."""
    document = text("docs/sources.md")
    [export], [layout], [mapping] = (blocks(document, language) for language in ("csv", "yaml", "sql"))
    folder = tmp_path / "bannerly"
    folder.mkdir()
    for name, content in {
        "layout.yml": layout,
        "ad_performance.sql": mapping,
        "bannerly 2026-11-20.csv": export,
    }.items():
        (folder / name).write_text(content, encoding="utf-8")
    known = tools(tmp_path)
    [dropped] = scan(tmp_path)
    return known["bannerly"], read(dropped, known)


def test_the_example_layout_reads_the_example_export(example):
    _, file = example
    assert (file.status, file.report, file.language) == ("loaded", "daily_report", "fr")
    assert (file.rows_read, file.rows_loaded, file.rows_rejected) == (3, 2, 1)
    assert str(file.exported_at.date()) == "2026-11-20"
    assert file.stated_totals[file.own_total] == file.summed_totals


def test_the_example_mapping_feeds_a_unified_table(example):
    tool, file = example
    con = duckdb.connect()
    con.execute("create schema raw_bannerly")
    con.register("given", file.rows.to_arrow())
    con.execute("create table raw_bannerly.daily_report as from given")
    found = con.execute(tool.mappings["ad_performance"].read_text(encoding="utf-8"))
    described = {column.name for column in dictionary.table("unified.ad_performance").columns}
    assert {name for name, *_ in found.description} <= described
    assert len(found.fetchall()) == 2


def test_every_key_of_a_layout_is_explained_and_no_other():
    document = text("docs/sources.md")
    source = text("sources/layout_file.py")
    stated = set(re.findall(r"(?:required|optional)=?\s*=? ?\(([^)]*)\)", source))
    known = {key for group in stated for key in re.findall(r'"([a-z_]+)"', group)}
    parts = re.split(r"^### (?=The tool|A report|A field)", document, flags=re.MULTILINE)[1:]
    explained = {key.strip("`") for part in parts for key in rows(part, "key") if key.startswith("`")}
    assert explained == known
    assert {name for name in (*KINDS, *ARROW_TYPES) if f"`{name}`" not in document} == set()


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
