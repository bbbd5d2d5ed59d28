"""Who is who: every table between the contacts and the customers they are, of everybody or of those it can touch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import md5
from pathlib import Path

from pipelines import changed_people, resolve
from pipelines.build import build
from warehouse.models import Model
from warehouse.staging import Staging

BEGIN, END = "unified.contacts", changed_people.IDENTITIES
CODE = (Path(__file__).parent / "identity", Path(resolve.__file__), Path(__file__).parent / "clusters.py")


def span(models: Mapping[str, Model]) -> tuple[str, ...]:
    """The tables that are made of the contacts and that the customers are made of, in an order to build them in."""
    reads = {name: set(model.depends_on) for name, model in models.items()}
    reads |= {name: set(read) for name, read in resolve.TABLES.items()}
    found: list[str] = []

    def visit(name: str) -> bool:
        if name == BEGIN or name in found:
            return True
        made_of_contacts = {read for read in sorted(reads.get(name, ())) if visit(read)}
        if made_of_contacts:
            found.append(name)
        return bool(made_of_contacts)

    for name in (changed_people.SEEN, *resolve.TABLES, END):
        visit(name)
    return tuple(found)


def identify(staging: Staging, models: Mapping[str, Model]) -> dict[str, int]:
    """Build the tables of `span`; returns rows per table, in its order.

    Where the tables are still those of the last published night, only the people are built anew whom tonight's changes
    can touch: the others stay who they were. Everybody is when the program, a reference or too much else changed.
    """
    names = span(models)
    between = {name: models[name] for name in names if name in models}
    basis = _basis(staging, between)
    rows = changed_people.identify(staging, between, basis)
    if rows is None:
        rows = {}
        for name in names:
            if name in between:
                rows[name] = build(staging, between[name])
            elif name not in rows:
                rows |= resolve.resolve(staging)
    changed_people.remember(staging, basis)
    return {name: rows[name] for name in names}


def _basis(staging: Staging, models: Mapping[str, Model]) -> str:
    """One word for everything but the contacts that decides who is who: the program, and what models look up."""
    looked_up = sorted({read for model in models.values() for read in model.depends_on if read.startswith("ref.")})
    # the day is no reason to look at everybody again
    digests = [
        f"select '{name}' as name, sum(cast(hash(r) as hugeint)) as digest"
        f" from (select * {'exclude (run_date)' if name == 'ref.settings' else ''} from {name}) as r"
        for name in looked_up
    ]
    found = staging.con.execute(f"select name, digest from ({' union all '.join(digests)}) order by name").fetchall()
    [(engine,)] = staging.con.execute("select version()").fetchall()
    told = [engine, _program(), *(model.sql for model in models.values()), *map(str, found)]
    return md5("\n".join(told).encode(), usedforsecurity=False).hexdigest()


@cache
def _program() -> str:
    files = [file for path in CODE for file in (sorted(path.glob("*.py")) if path.is_dir() else [path])]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
