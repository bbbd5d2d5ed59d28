"""The house rules: what may import what, where a tool may be named, how long a file may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sources.layout import tools

PROJECT = Path(__file__).parent.parent
PACKAGES = ("assets", "pipelines", "sources", "warehouse")
PYTHON = [file for package in PACKAGES for file in sorted((PROJECT / package).rglob("*.py"))]
SQL = [file for package in PACKAGES for file in sorted((PROJECT / package).rglob("*.sql"))]

MAY_IMPORT = {
    "sources": {"sources"},
    "warehouse": {"warehouse"},
    "pipelines": {"pipelines", "sources", "warehouse"},
    "assets": {"assets", "pipelines", "sources", "warehouse"},
}
ONLY_IN = {
    "dagster": {"assets"},
    "duckdb": {"warehouse"},
    "dlt": {"sources", "pipelines"},
    "great_expectations": {"pipelines"},
}


def named(file):
    return file.relative_to(PROJECT).as_posix()


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("file", PYTHON, ids=named)
def test_imports_point_down_and_each_tool_has_one_owner(file):
    package = file.relative_to(PROJECT).parts[0]
    found = set(imported(file))
    assert found & set(PACKAGES) <= MAY_IMPORT[package]
    assert not {module for module, owners in ONLY_IN.items() if module in found and package not in owners}


@pytest.mark.parametrize("file", [*PYTHON, *SQL, *sorted((PROJECT / "tests").rglob("*.py"))], ids=named)
def test_a_file_answers_one_question_within_300_lines(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300
    assert file.stem not in {"utils", "helpers", "common", "misc"}


def test_no_shared_file_names_a_tool():
    words = re.compile("|".join(rf"{name}|{re.escape(tool.title)}" for name, tool in tools().items()), re.IGNORECASE)
    own = {tool.folder for tool in tools().values()}
    shared = [PROJECT / "Makefile", PROJECT / "dagster.yaml", PROJECT / "pyproject.toml"]
    for package in PACKAGES:
        files = (f for f in (PROJECT / package).rglob("*") if f.suffix in {".py", ".sql", ".yml", ".toml", ".csv"})
        shared += [file for file in files if not own & set(file.parents)]
    assert [named(file) for file in shared if words.search(file.read_text(encoding="utf-8"))] == []


def test_every_package_says_what_belongs_there_and_what_does_not():
    for package in PACKAGES:
        docstring = ast.get_docstring(ast.parse((PROJECT / package / "__init__.py").read_text(encoding="utf-8")))
        assert docstring and "Not here" in docstring, package


@pytest.mark.parametrize("file", PYTHON, ids=named)
def test_what_is_public_has_a_docstring(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_help_comes_without_heavy_packages():
    listed = "import sys; from pipelines.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert "Usage:" in done.stdout
    assert not {"dagster", "great_expectations", "dlt", "polars", "pandas", "duckdb"} & set(done.stdout.split())


def test_definitions_come_without_great_expectations_and_dlt():
    listed = "import sys, assets.definitions; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert not {"great_expectations", "dlt"} & set(done.stdout.split())


def test_nothing_is_sent_anywhere():
    from pipelines.ingest import SETTINGS

    assert yaml.safe_load((PROJECT / "dagster.yaml").read_text(encoding="utf-8"))["telemetry"] == {"enabled": False}
    assert SETTINGS["RUNTIME__DLTHUB_TELEMETRY"] == "false"
