"""The part of a night between contacts and customers, table by table, as a night makes them."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import refer, resolve, resolve_companies
from pipelines.build import build, expose_raw, night_models
from pipelines.load import load
from pipelines.workspace import Workspace
from warehouse import dictionary
from warehouse.lake import Lake
from warehouse.staging import Staging

BEGIN, END = "unified.contacts", "mart.customer_identities"
# of a hundred and one contacts one is new in the second night
EARLY = "hash(concat_ws('/', tool, record_type, record_id)) % 101 != 0"
# what no SQL file makes
MADE: dict[str, Callable[[Staging], object]] = {
    **dict.fromkeys(resolve.TABLES, resolve.resolve),
    resolve_companies.TABLE: resolve_companies.resolve_companies,
}
READS = {**resolve.TABLES, resolve_companies.TABLE: resolve_companies.READS}


def workspace(folder: Path, day: int = 23) -> Workspace:
    """The workspace that a benchmark keeps in a folder."""
    return Workspace(folder / "exports", Lake(folder / "lake"), given_day=date(2026, 11, day))


def span(work: Workspace) -> tuple[list[str], list[str]]:
    """The tables between contacts and customers, contacts left out, and what must be there before them, in order."""
    models = night_models(work)
    reads = {name: set(read) for name, read in READS.items()}
    reads |= {name: set(model.depends_on) for name, model in models.items()}
    needed = _closure({END}, reads)
    between = {name for name in needed if BEGIN in _closure({name}, reads) and name != BEGIN}
    order = [name for name in _ordered(reads) if name in needed]
    return [name for name in order if name in between], [name for name in order if name not in between]


def make(work: Workspace, staging: Staging, names: Iterable[str]) -> dict[str, float]:
    """Build tables as a night does; seconds by table, of those made together by the first."""
    models = night_models(work)
    seconds: dict[str, float] = {}
    made = set()
    for name in names:
        begun = time.perf_counter()
        if name in MADE and MADE[name] not in made:
            made.add(MADE[name])
            MADE[name](staging)
        elif name in models:
            expose_raw(work, staging, [models[name]])
            build(staging, models[name])
        else:
            continue
        seconds[name] = round(time.perf_counter() - begun, 2)
    return seconds


def load_contacts(folder: Path) -> dict[str, Any]:
    """Everything before the measured part: exports loaded, contacts and what else is needed built."""
    work = workspace(folder)
    begun = time.perf_counter()
    staging = Staging(work.lake)
    load(work, staging, work.dropped())
    refer.refer(work, staging)
    make(work, staging, span(work)[1])
    staging.con.execute(f"create schema if not exists bench; create table bench.contacts as from {BEGIN}")
    return {"seconds": round(time.perf_counter() - begun, 2), "contacts": staging.count(BEGIN)}


def first_night(folder: Path) -> dict[str, Any]:
    """A night that knows nobody; what the next one must remember is kept in the lake, outside of the time."""
    work = workspace(folder)
    staging = Staging(work.lake)
    staging.con.execute(f"create or replace table {BEGIN} as from bench.contacts where {EARLY}")
    told = _measured(work, staging)
    _remember(staging, span(work)[0])
    return told


def second_night(folder: Path) -> dict[str, Any]:
    """The night after, in which a hundredth of the contacts are new."""
    work = workspace(folder, day=24)
    staging = Staging(work.lake)
    refer.refer(work, staging)
    staging.con.execute(f"create or replace table {BEGIN} as from bench.contacts")
    return _measured(work, staging)


def _measured(work: Workspace, staging: Staging) -> dict[str, Any]:
    names = span(work)[0]
    begun = time.perf_counter()
    tables = make(work, staging, names)
    seconds = round(time.perf_counter() - begun, 2)
    found = staging.con.execute(f"select count(*), count(distinct customer_id) from {END}").fetchone()
    assert found
    told = {"seconds": seconds, "contacts": found[0], "customers": found[1], "peak_gb": peak_gb()}
    return {**told, "tables": tables}


def _remember(staging: Staging, names: list[str]) -> None:
    """Publish what was built, as a night does; the other tables of the mart are nobody's business here."""
    from pipelines.publish import _remember as remember

    for table in dictionary.tables().values():
        if table.name.startswith("mart.") and table.name != END:
            nothing = ", ".join(f'null::{column.type} as "{column.name}"' for column in table.columns)
            staging.con.execute(f"create table if not exists {table.name} as select {nothing} where false")
    with staging.transaction() as con:
        for name in names:
            con.execute(f"create schema if not exists lake.{name.split('.')[0]}")
            con.execute(f"create or replace table lake.{name} as from {name}")
        remember(staging)


def peak_gb() -> float:
    """The most memory this process has held so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)


def _closure(names: set[str], reads: dict[str, set[str]]) -> set[str]:
    """The tables and all that they are made of."""
    found: set[str] = set()
    while names:
        found |= names
        names = {read for name in names for read in reads.get(name, ())} - found
    return found


def _ordered(reads: dict[str, set[str]]) -> list[str]:
    from graphlib import TopologicalSorter

    return list(TopologicalSorter({name: sorted(read) for name, read in sorted(reads.items())}).static_order())
