"""Scores: how much speaks for two contacts being one person, as Splink weighs it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.identity.comparisons import COMPARISONS, UNTRAINED, Model, outcome, settings
from pipelines.identity.features import SCRATCH
from pipelines.identity.model import ENOUGH, learn, stated
from warehouse.lake import Connection, count

if TYPE_CHECKING:
    from splink import DuckDBAPI, Linker

# less is not worth a person's look
LEAST_WEIGHT = -2.0


def score(con: Connection, model: Model | None = None, everyone: str = "") -> Model:
    """Build `scratch.scores` of `scratch.pairs`, by a model, or by what the contacts teach; returns the one used.

    `everyone` is the relation that tells how frequent a value is, where `scratch.features` holds only some contacts.
    One row per pair with at least LEAST_WEIGHT: `contact`, `linked`, `match_weight` (bits: the binary logarithm of the
    odds), `match_probability` and the outcome of every comparison.
    """
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    paired = con.execute(f"select 1 from {SCRATCH}.pairs limit 1").fetchone()
    compared = (model.compared if model else frozenset(stated(con, 1))) if paired else frozenset()
    con.execute(f"create or replace table {SCRATCH}.scored (contact_l bigint, contact_r bigint, match_weight double)")
    contacts = count(con, everyone or f"{SCRATCH}.features")
    if compared:
        matching = con.cursor()
        matching.execute(f"use {SCRATCH}")
        api = DuckDBAPI(connection=matching)
        features = api.register("features")
        is_enough = contacts >= ENOUGH

        def linked_by(used: Model) -> Linker:
            chosen = settings(used, compared, by_frequency=is_enough)
            return Linker(features, chosen, log_level=None, validate_settings=False)

        if model is None and is_enough:
            model = learn(linked_by(UNTRAINED), stated(con, ENOUGH), contacts)
        linker = linked_by(model or UNTRAINED)
        if is_enough and everyone:
            _tell_frequencies(matching, linker, api, compared, everyone)
        linker.table_management.register_blocked_pairs_for_predict(api.register("pairs"))
        scored = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
        matching.execute(
            f"insert into scored select contact_l, contact_r, round(match_weight, 4) from {scored.physical_name}"
        )
        linker.table_management.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
        matching.close()
    _describe(con)
    return replace(model or UNTRAINED, compared=compared)


def _tell_frequencies(con: Connection, linker: Linker, api: DuckDBAPI, compared: frozenset[str], everyone: str) -> None:
    """How frequent a value is among everyone, for the values that the contacts at hand state."""
    weighed = {made.column for made in COMPARISONS if any(step.is_weighed for step in made.steps)}
    for column in sorted(weighed & compared):
        con.execute(f"""
            create or replace table {SCRATCH}.frequency_of_{column} as
            select {column}, count(*) / (select count({column}) from {everyone}) as tf_{column}
            from {everyone}
            where {column} in (select {column} from {SCRATCH}.features)
            group by {column}
        """)
        linker.table_management.register_term_frequency_lookup(api.register(f"frequency_of_{column}"), column)


def _describe(con: Connection) -> None:
    outcomes = ", ".join(f"{outcome(made.name, 'a', 'b')} as {made.name}_outcome" for made in COMPARISONS)
    con.execute(f"""
        create or replace table {SCRATCH}.scores as
        select
            scored.contact_l as contact,
            scored.contact_r as linked,
            scored.match_weight,
            1 / (1 + power(2, -scored.match_weight)) as match_probability,
            {outcomes}
        from {SCRATCH}.scored as scored
        inner join {SCRATCH}.features as a on scored.contact_l = a.contact
        inner join {SCRATCH}.features as b on scored.contact_r = b.contact
    """)
    con.execute(f"drop table {SCRATCH}.scored")
