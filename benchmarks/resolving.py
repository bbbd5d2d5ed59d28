"""The part of a night between contacts and customers, as a night makes it."""

from __future__ import annotations

import resource
import time
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import refer, who_is_who
from pipelines.build import build, expose_raw, night_models
from pipelines.customer_ids import remember
from pipelines.load import load
from pipelines.workspace import Workspace
from warehouse.lake import Lake
from warehouse.staging import Staging

BEGIN, END = who_is_who.BEGIN, who_is_who.END
# of a hundred and one contacts one is new in the second night
EARLY = "hash(concat_ws('/', tool, record_type, record_id)) % 101 != 0"


def workspace(folder: Path, day: int = 23) -> Workspace:
    """The workspace that a benchmark keeps in a folder."""
    return Workspace(folder / "exports", Lake(folder / "lake"), given_day=date(2026, 11, day))


def load_contacts(folder: Path) -> dict[str, Any]:
    """Everything before the measured part: exports loaded, contacts and what else is needed built."""
    work = workspace(folder)
    begun = time.perf_counter()
    staging = Staging(work.lake)
    load(work, staging, work.dropped())
    refer.refer(work, staging)
    models = night_models(work)
    between = who_is_who.span(models)
    for name in models:
        if any(name in models[read].depends_on for read in between if read in models) and name not in between:
            expose_raw(work, staging, [models[name]])
            build(staging, models[name])
    staging.con.execute(f"create schema if not exists bench; create table bench.contacts as from {BEGIN}")
    return {"seconds": round(time.perf_counter() - begun, 2), "contacts": staging.count(BEGIN)}


def first_night(folder: Path) -> dict[str, Any]:
    """A night that knows nobody; what the next one must remember is kept, outside of the time."""
    work = workspace(folder)
    staging = Staging(work.lake)
    staging.con.execute(f"create or replace table {BEGIN} as from bench.contacts where {EARLY}")
    told = _measured(work, staging)
    with staging.transaction():
        remember(staging)
    staging.note_published()
    return told


def second_night(folder: Path) -> dict[str, Any]:
    """The night after, in which a hundredth of the contacts are new."""
    work = workspace(folder, day=24)
    staging = Staging(work.lake)
    refer.refer(work, staging)
    staging.con.execute(f"create or replace table {BEGIN} as from bench.contacts")
    return _measured(work, staging)


def _measured(work: Workspace, staging: Staging) -> dict[str, Any]:
    models = night_models(work)
    begun = time.perf_counter()
    who_is_who.identify(staging, models)
    seconds = round(time.perf_counter() - begun, 2)
    found = staging.con.execute(f"select count(*), count(distinct customer_id) from {END}").fetchone()
    assert found
    return {"seconds": seconds, "contacts": found[0], "customers": found[1], "peak_gb": peak_gb()}


def peak_gb() -> float:
    """The most memory this process has held so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)
