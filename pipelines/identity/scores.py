"""Scores: how much speaks for two contacts being one person, as Splink weighs it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.identity.comparisons import BY_FREQUENCY, COMPARISONS, UNTRAINED, Model, outcome, settings
from pipelines.identity.features import SCRATCH
from pipelines.identity.model import ENOUGH, learn, stated
from warehouse.lake import Connection, count

if TYPE_CHECKING:
    from splink import DuckDBAPI, Linker

# of a weight in bits, which is the binary logarithm of the odds
PROBABILITY = "1 / (1 + power(2, -match_weight))"
# less is not worth a person's look
LEAST_WEIGHT = -2.0


def score(con: Connection, model: Model | None = None) -> Model:
    """Build `scratch.scores` of `scratch.pairs`, by a model, or by what the contacts teach; returns the one used.

    With a model `scratch.features` may hold only some contacts: `scratch.numbers` tells how frequent a value is.
    One row per pair with at least LEAST_WEIGHT: `contact`, `linked`, `match_weight` (bits: the binary logarithm of the
    odds) and the outcome of every comparison.
    """
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    paired = con.execute(f"select 1 from {SCRATCH}.pairs limit 1").fetchone()
    compared = (model.compared if model else frozenset(stated(con, 1))) if paired else frozenset()
    con.execute(f"create or replace table {SCRATCH}.scored (contact_l bigint, contact_r bigint, match_weight double)")
    contacts = count(con, f"{SCRATCH}.{'numbers' if model else 'features'}")
    used = model or UNTRAINED
    if compared:
        matching = con.cursor()
        matching.execute(f"use {SCRATCH}")
        api = DuckDBAPI(connection=matching)
        features = api.register("features")
        is_enough = contacts >= ENOUGH

        def linked_by(worth: Model) -> Linker:
            chosen = settings(worth, compared, by_frequency=is_enough)
            return Linker(features, chosen, log_level=None, validate_settings=False)

        if is_enough:
            used = model or learn(linked_by(UNTRAINED), stated(con, ENOUGH), contacts)
        linker = linked_by(used)
        if is_enough and model:
            _tell_frequencies(matching, linker, api, compared)
        linker.table_management.register_blocked_pairs_for_predict(api.register("pairs"))
        scored = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
        matching.execute(
            f"insert into scored select contact_l, contact_r, round(match_weight, 4) from {scored.physical_name}"
        )
        linker.table_management.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
        matching.close()
    _describe(con)
    return replace(used, compared=compared)


def recall(con: Connection, weighed: str) -> None:
    """Build `scratch.scores` of pairs that were weighed: a relation of `contact_key`, `linked_key`, `match_weight`.

    Those of one cluster in `scratch.exact`, or with a contact that `scratch.features` does not hold, are left out.
    """
    con.execute(f"""
        create or replace table {SCRATCH}.scored as
        select
            least(a.contact, b.contact) as contact_l,
            greatest(a.contact, b.contact) as contact_r,
            weighed.match_weight
        from {weighed} as weighed
        inner join {SCRATCH}.features as a on weighed.contact_key = a.contact_key
        inner join {SCRATCH}.features as b on weighed.linked_key = b.contact_key
        inner join {SCRATCH}.exact as left_person on a.contact = left_person.contact
        inner join {SCRATCH}.exact as right_person on b.contact = right_person.contact
        where left_person.cluster != right_person.cluster
    """)
    _describe(con)


def _tell_frequencies(con: Connection, linker: Linker, api: DuckDBAPI, compared: frozenset[str]) -> None:
    """How frequent a value is among everyone in `scratch.numbers`, for those that `scratch.features` hold."""
    columns = sorted(BY_FREQUENCY & compared)
    stated = ", ".join(f"count({column}) as {column}" for column in columns)
    con.execute(f"create or replace temp table stated as select {stated} from {SCRATCH}.numbers")
    for column in columns:
        con.execute(f"""
            create or replace table {SCRATCH}.frequency_of_{column} as
            with
            stating as (select distinct {column} from {SCRATCH}.features where {column} is not null),
            counted as (
                select {column} as number, count(*) as contacts
                from {SCRATCH}.numbers
                where {column} in (select hash({column}) from stating)
                group by number
            )
            select stating.{column}, counted.contacts / stated.{column} as tf_{column}
            from stating
            inner join counted on hash(stating.{column}) = counted.number
            cross join stated
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
            {outcomes}
        from {SCRATCH}.scored as scored
        inner join {SCRATCH}.features as a on scored.contact_l = a.contact
        inner join {SCRATCH}.features as b on scored.contact_r = b.contact
    """)
    con.execute(f"drop table {SCRATCH}.scored")
