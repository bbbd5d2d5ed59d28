"""Splink alone on the contacts of the scale benchmark, with the comparisons that unsilo sets up for it."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.resolving import workspace
from pipelines.identity import features
from pipelines.identity.candidates import SHARED
from pipelines.identity.comparisons import UNTRAINED, settings
from pipelines.identity.model import learn, stated

THRESHOLD = 0.95
# a rule that pairs each contact with more others is given another column: what whoever sets Splink up would do
PAIRS_EACH = 3


def splink_alone(folder: Path) -> dict[str, Any]:
    """Seconds of training, blocking, predicting and clustering, on a plain table in memory; pairs compared."""
    from splink import DuckDBAPI, Linker, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    con = duckdb.connect()
    con.execute(f"attach '{workspace(folder).lake.staging}' as staging (read_only); use staging")
    features.gather(con)
    con.execute(f"use {features.SCRATCH}; detach staging")
    counted = con.execute("select count(*) from features").fetchone()
    assert counted
    known = stated(con, 1)
    rules = [block_on(*columns) for columns in _rules(con, counted[0])]
    api = DuckDBAPI(connection=con)
    table = api.register("features")
    begun = time.perf_counter()
    model = learn(Linker(table, settings(UNTRAINED, known, by_frequency=True), log_level=None), known, counted[0])
    chosen = settings(model, known, by_frequency=True)
    chosen.blocking_rules_to_generate_predictions = [*rules]
    linker = Linker(table, chosen, log_level=None)
    pairs = linker.inference.compute_blocked_pairs_for_predict()
    scored = linker.inference.predict(threshold_match_probability=THRESHOLD, warning_mode="never")
    linker.clustering.cluster_pairwise_predictions_at_threshold(scored, THRESHOLD)
    seconds = time.perf_counter() - begun
    compared = con.execute(f"select count(*) from {pairs.physical_name}").fetchone()
    assert compared
    return {"seconds": round(seconds, 2), "pairs": compared[0], "rules": len(rules)}


def _rules(con: duckdb.DuckDBPyConnection, contacts: int) -> list[tuple[str, ...]]:
    """Of each group of columns that unsilo pairs contacts by, as few as keep the pairs few."""
    found = []
    for columns in SHARED:
        for count in range(1, len(columns) + 1):
            used = ", ".join(columns[:count])
            stated_all = " and ".join(f"{column} is not null" for column in columns[:count])
            pairs = con.execute(f"""
                select coalesce(sum(size * (size - 1) / 2), 0)
                from (select count(*) as size from features where {stated_all} group by {used})
            """).fetchone()
            if pairs and pairs[0] <= PAIRS_EACH * contacts:
                found.append(columns[:count])
                break
    return found
