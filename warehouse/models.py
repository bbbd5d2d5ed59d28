"""SQL models: one SELECT a file, the path is the table's name, dependencies are read from the SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from types import MappingProxyType

import sqlglot
from sqlglot import exp

from warehouse import dictionary, feeds
from warehouse.feeds import Feed

FOLDER = Path(__file__).parent
HEADER_LINE = re.compile(r"^--\s?(?:(?P<key>[a-z]+): )?(?P<text>.*)$")


class ModelError(ValueError):
    """A SQL model cannot be read: the message names the file and what to do."""


@dataclass(frozen=True)
class Model:
    """A table made by SELECTs: its own file, or for a `unified` table every source's mapping and every feed."""

    name: str
    files: tuple[Path, ...]
    meaning: str
    grain: str
    header: Mapping[str, str] = field(default_factory=dict)
    fed_by: tuple[Feed, ...] = ()

    @cached_property
    def depends_on(self) -> frozenset[str]:
        """Tables the SQL reads, as `schema.table`."""
        return frozenset().union(*(tables_read(file) for file in self.files), {feed.name for feed in self.fed_by})

    @cached_property
    def selects(self) -> list[str]:
        """The SELECTs whose rows make the table."""
        texts = [file.read_text(encoding="utf-8").strip() for file in self.files]
        return [*texts, *(feeds.select(self.name.removeprefix("unified."), feed) for feed in self.fed_by)]

    @cached_property
    def sql(self) -> str:
        """One SELECT with the table's columns by name; a union where several files feed the table."""
        if not self.is_union:
            return self.selects[0]
        columns = ", ".join(f'null::{c.type} as "{c.name}"' for c in dictionary.table(self.name).columns)
        parts = [f"(select {columns} where false)", *(f"(\n{text}\n)" for text in self.selects)]
        return "\nunion all by name\n".join(parts)

    @property
    def is_kept(self) -> bool:
        """The lake keeps the table; one that is not holds what tonight's work needs, and is nobody's to read."""
        return self.header.get("kept") != "tonight"

    @property
    def is_union(self) -> bool:
        """Sources make the table, however many there are."""
        return self.name.removeprefix("unified.") in fed_tables()


def models(
    mappings: Mapping[str, Sequence[Path | Feed]], made_otherwise: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> dict[str, Model]:
    """All models by `schema.table`, in an order in which they can be built.

    `mappings` lists the files of the sources and the feeds that make each `unified` table, `made_otherwise` what is
    read by tables between the models that no SQL file makes. Raises ModelError and FeedError.
    """
    own = [file for schema in ("unified", "mart") for file in sorted((FOLDER / schema).glob("*.sql"))]
    found = {model.name: model for model in map(_own_model, own)}
    found["mart.gap_rows"] = _gap_rows()
    for unified, fed_by in mappings.items():
        model = _union(unified, fed_by)
        found[model.name] = model
    reads = {name: sorted(model.depends_on) for name, model in sorted(found.items())}
    order = TopologicalSorter({**reads, **made_otherwise})
    return {name: found[name] for name in order.static_order() if name in found}


def fed_tables() -> list[str]:
    """The unified tables that sources make, without their schema."""
    made = {name: table for name, table in dictionary.tables().items() if name.startswith("unified.") and table.meaning}
    return [
        name.removeprefix("unified.")
        for name, table in made.items()
        if any(c.name == "_file_id" for c in table.columns)
    ]


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


def _union(unified: str, fed_by: Sequence[Path | Feed]) -> Model:
    if unified not in fed_tables():
        raise ModelError(f"{fed_by[0]}: no unified table is called {unified}; see columns.yml for their names")
    table = dictionary.table(f"unified.{unified}")
    files = tuple(made for made in fed_by if isinstance(made, Path))
    fed = tuple(made for made in fed_by if isinstance(made, Feed))
    return Model(table.name, files, table.meaning, table.grain, fed_by=fed)


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
