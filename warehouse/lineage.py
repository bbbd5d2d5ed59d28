"""Where each column of a model comes from, read from its SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp
from sqlglot.lineage import Node, lineage

from warehouse import dictionary
from warehouse.models import Model

Origins = dict[str, list[tuple[str, str]]]


def column_lineage(model: Model, schema: Mapping[str, Sequence[str]]) -> Origins:
    """For each column of the model's table the (`schema.table`, column) pairs it is made of.

    `schema` lists the columns of every table the SQL reads; a column made of none is left out.
    """
    nested: dict[str, dict[str, dict[str, str]]] = {}
    for name, columns in schema.items():
        database, table = name.split(".")
        nested.setdefault(database, {})[table] = dict.fromkeys(columns, "unknown")
    origins: Origins = {}
    for select in model.selects:
        nodes = lineage(None, select, nested, dialect="duckdb", trim_selects=False, validate_qualify_columns=False)
        for column in dictionary.table(model.name).columns:
            if (node := nodes.get(column.name)) and (found := _leaves(node)):
                origins[column.name] = sorted({*origins.get(column.name, []), *found})
    return origins


def _leaves(node: Node) -> set[tuple[str, str]]:
    return {
        (f"{step.source.db}.{step.source.name}", step.name.split(".")[-1].strip('"'))
        for step in node.walk()
        if not step.downstream and isinstance(step.source, exp.Table) and step.source.db
    }
