"""SQL models: one SELECT a file, the path is the table's name, dependencies are read from the SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from types import MappingProxyType

import sqlglot
from sqlglot import exp

from warehouse import dictionary

FOLDER = Path(__file__).parent
HEADER_LINE = re.compile(r"^--\s?(?:(?P<key>[a-z]+): )?(?P<text>.*)$")


class ModelError(ValueError):
    """A SQL model cannot be read: the message names the file and what to do."""


@dataclass(frozen=True)
class Model:
    """A table made by SELECTs: its own file, or every source's mapping for a `unified` table."""

    name: str
    files: tuple[Path, ...]
    meaning: str
    grain: str
    header: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def depends_on(self) -> frozenset[str]:
        """Tables the SQL reads, as `schema.table`."""
        return frozenset().union(*(tables_read(file) for file in self.files))

    @cached_property
    def sql(self) -> str:
        """One SELECT with the table's columns by name; a union where several files feed the table."""
        texts = [file.read_text(encoding="utf-8").strip() for file in self.files]
        if len(texts) == 1 and not self.is_union:
            return texts[0]
        columns = ", ".join(f'null::{c.type} as "{c.name}"' for c in dictionary.table(self.name).columns)
        parts = [f"(select {columns} where false)", *(f"(\n{text}\n)" for text in texts)]
        return "\nunion all by name\n".join(parts)

    @property
    def is_union(self) -> bool:
        return self.files == () or self.files[0].parent.parent != FOLDER


def models(
    mappings: Mapping[str, list[Path]], made_otherwise: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> dict[str, Model]:
    """All models by `schema.table`, in an order in which they can be built.

    `mappings` lists the files of the sources that feed each `unified` table, `made_otherwise` what is read by tables
    between the models that no SQL file makes. Raises ModelError.
    """
    own = [file for schema in ("unified", "mart") for file in sorted((FOLDER / schema).glob("*.sql"))]
    found = {model.name: model for model in map(_own_model, own)}
    found["mart.gap_rows"] = _gap_rows()
    for name, table in dictionary.tables().items():
        if name.startswith("unified.") and table.meaning and name.removeprefix("unified.") in mappings:
            fed_by = tuple(mappings[name.removeprefix("unified.")])
            found[name] = Model(name, fed_by, table.meaning, table.grain)
    for unified, files in mappings.items():
        if f"unified.{unified}" not in found:
            raise ModelError(f"{files[0]}: no unified table is called {unified}; see columns.yml for their names")
    reads = {name: sorted(model.depends_on) for name, model in sorted(found.items())}
    order = TopologicalSorter({**reads, **made_otherwise})
    return {name: found[name] for name in order.static_order() if name in found}


def gap_models() -> list[Model]:
    """The kinds of gap, each a SELECT of the rows that show it; `header` has severity, owner, check and fix."""
    return [_own_model(file) for file in sorted((FOLDER / "gaps").glob("*.sql"))]


@cache
def tables_read(file: Path) -> frozenset[str]:
    """Tables a SQL file reads, as `schema.table`; CTEs have no schema. Raises ModelError."""
    try:
        tree = sqlglot.parse_one(file.read_text(encoding="utf-8"), dialect="duckdb")
    except sqlglot.ParseError as error:
        raise ModelError(f"{file.name}: {error}") from error
    return frozenset(f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db)


def header(file: Path) -> tuple[str, dict[str, str]]:
    """The leading comment: its sentence of meaning, and its `key: value` lines."""
    meaning: list[str] = []
    keys: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        match = HEADER_LINE.match(line)
        if not match:
            break
        if match["key"]:
            keys[match["key"]] = match["text"].strip()
        elif not keys:
            meaning.append(match["text"].strip())
    return " ".join(meaning), keys


def _own_model(file: Path) -> Model:
    meaning, keys = header(file)
    name = f"{file.parent.name}.{file.stem}"
    if not meaning or "grain" not in keys:
        raise ModelError(f"{name}: begin the file with `-- meaning.` and `-- grain: one row per …`")
    return Model(name, (file,), meaning, keys.pop("grain"), keys)


def _gap_rows() -> Model:
    files = tuple(file for model in gap_models() for file in model.files)
    return GapRows("mart.gap_rows", files, "The rows that show each gap.", "one row per gap and row that shows it")


class GapRows(Model):
    """The union of all kinds of gap: the kind is the file's name, the id is derived from what the gap is about."""

    @cached_property
    def sql(self) -> str:
        parts = [
            f"select '{file.stem}' as gap_kind, * from (\n{file.read_text(encoding='utf-8').strip()}\n)"
            for file in self.files
        ]
        rows = "\nunion all by name\n".join(parts)
        identity = "concat_ws('/', gap_kind, coalesce(tool, ''), coalesce(subject, ''), coalesce(currency, ''))"
        return f"select distinct left(md5({identity}), 12) as gap_id, * from (\n{rows}\n)"
