"""How right an answer to who is who is: pairs of records, and records, against the truth."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import polars as pl

RECORD = ("tool", "record_type", "record_id")

# Nothing here counts pairs one by one: how many of a person's records a customer has says it all.
MEETINGS = """
    create temp table meetings as
    with sized as (
        select
            person_id,
            customer_id,
            count(*) as shared,
            any_value(story) as story
        from labelled
        group by person_id, customer_id
    )
    select
        *,
        sum(shared) over (partition by person_id) as person_size,
        sum(shared) over (partition by customer_id) as customer_size
    from sized
"""
PAIRS = """
    select
        (sum(shared * (shared - 1)) // 2)::bigint as right_pairs,
        (sum(shared * (customer_size - 1)) // 2)::bigint as joined_pairs,
        (sum(shared * (person_size - 1)) // 2)::bigint as true_pairs,
        sum(shared * shared / customer_size) / sum(shared) as bcubed_precision,
        sum(shared * shared / person_size) / sum(shared) as bcubed_recall
    from meetings
"""
# who says nothing wrong of a story has no false pairs in it; a customer's false pairs count for each story it mixes
MISTAKES = """
    with missed as (
        select
            any_value(story) as story,
            (max(person_size) * (max(person_size) - 1) // 2 - sum(shared * (shared - 1) // 2))::bigint as pairs
        from meetings
        group by person_id
    ),
    false_pairs as (
        select
            string_agg(distinct story, ' + ' order by story) as story,
            (max(customer_size) * (max(customer_size) - 1) // 2 - sum(shared * (shared - 1) // 2))::bigint as pairs
        from meetings
        group by customer_id
    ),
    mistakes as (
        select story, 0 as false_pairs, pairs as missed_pairs from missed where pairs > 0
        union all
        select story, pairs as false_pairs, 0 as missed_pairs from false_pairs where pairs > 0
    )
    select story, sum(false_pairs)::bigint, sum(missed_pairs)::bigint
    from mistakes
    group by story
    order by sum(false_pairs) desc, sum(missed_pairs) desc, story
"""


@dataclass(frozen=True)
class Scores:
    """Pairwise precision, recall and F1, BCubed F1, and the mistakes: story, false pairs, missed pairs."""

    precision: float
    recall: float
    f1: float
    bcubed_f1: float
    mistakes: tuple[tuple[str, int, int], ...] = ()


def score(truth: pl.DataFrame, found: pl.DataFrame) -> Scores:
    """Score `found` (record, `customer_id`) by `truth` (record, `person_id`, maybe `story`).

    Records that the truth does not name are left out. Whoever joins nobody says nothing wrong: precision 1. Raises
    ValueError if a record of the truth is not found exactly once.
    """
    told = truth if "story" in truth.columns else truth.with_columns(story=pl.lit(""))
    labelled = told.join(found.select(*RECORD, "customer_id"), on=RECORD, how="left")
    if len(labelled) != len(truth) or labelled["customer_id"].null_count():
        raise ValueError(f"of {len(truth)} records {labelled['customer_id'].count()} have a customer")
    with duckdb.connect() as con:
        con.register("labelled", labelled.to_arrow())
        con.execute(MEETINGS)
        counted = con.execute(PAIRS).fetchone()
        mistakes = con.execute(MISTAKES).fetchall()
    assert counted
    right, joined, true, cubed_precision, cubed_recall = counted
    return Scores(
        precision=right / joined if joined else 1.0,
        recall=right / true if true else 1.0,
        f1=2 * right / (joined + true) if joined + true else 1.0,
        bcubed_f1=2 * cubed_precision * cubed_recall / (cubed_precision + cubed_recall),
        mistakes=tuple(mistakes),
    )
