"""Learning: what each outcome of a comparison is worth, from the contacts themselves where they are enough."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pipelines.identity.comparisons import COMPARISONS, UNTRAINED, Model
from pipelines.identity.features import SCRATCH
from warehouse.lake import Connection

if TYPE_CHECKING:
    from splink import Linker

# fewer contacts that state a value teach nothing
ENOUGH = 1000
# as many that all state one value say nothing with it
FEW = 20
# pairs looked at: of any two contacts, and of those that share what a rule of LEARNED_FROM names
SAMPLE = 200_000
SEED = 1
# a sample that shows an outcome never, or always, is no proof that it cannot be
LEAST_M, LEAST_U = 0.01, 0.000001
# records that one person has beside a first one, on average: more is no company's data
MOST_RECORDS = 5

# who shares this is one person often enough to show how one person's records differ in everything else
LEARNED_FROM = (("birth_digits",), ("first_key", "last_key"), ("street_key",), ("email_key",), ("phone_e164",))
# who shares this is one person, and most records of one person share one of these
CERTAIN = (
    ("first_key", "last_key", "birth_digits"),
    ("last_key", "birth_digits", "postcode_key"),
    ("email_key",),
    ("phone_e164", "last_key"),
)
SHARE_OF_CERTAIN = 0.8


def stated(con: Connection, least: int) -> set[str]:
    """Columns of `scratch.features` that at least so many contacts fill, and not all alike unless they are a few."""
    columns = sorted({made.column for made in COMPARISONS})
    counts = ", ".join(
        f"count({column}) >= {least} and (min({column}) != max({column}) or count({column}) < {FEW})"
        for column in columns
    )
    found = con.execute(f"select {counts} from {SCRATCH}.features").fetchone()
    return {column for column, is_stated in zip(columns, found or (), strict=False) if is_stated}


def learn(linker: Linker, known: set[str], contacts: int) -> Model:
    """What the contacts of `linker` teach about the columns `known`; the same contacts teach the same.

    Random pairs show what two people share by chance, expectation maximisation what the records of one person do.
    """
    from splink import block_on
    from splink.internals.exceptions import EMTrainingException

    certain: list[Any] = [block_on(*columns) for columns in CERTAIN if known.issuperset(columns)]
    rules = [block_on(*columns) for columns in LEARNED_FROM if known.issuperset(columns)]
    if not certain or not rules:
        return UNTRAINED
    training = linker.training
    training.estimate_u_using_random_sampling(max_pairs=SAMPLE, seed=SEED, num_chunks=1)
    for rule in rules:
        # a rule under which no pairs or no differences are found, or an outcome never is
        with suppress(EMTrainingException, ValueError):
            training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=SAMPLE)
    # Splink refuses when more pairs are certain than it is told to expect, as among copies of one file
    with suppress(ValueError):
        training.estimate_probability_two_random_records_match(certain, recall=SHARE_OF_CERTAIN)
    return _model(linker.misc.save_model_to_json(), known, contacts)


def _model(learned: dict[str, Any], known: set[str], contacts: int) -> Model:
    worth = dict(UNTRAINED.worth)
    columns = {made.name: made.column for made in COMPARISONS}
    for comparison in learned["comparisons"]:
        name = comparison["output_column_name"]
        if columns[name] not in known:
            continue
        for level in comparison["comparison_levels"]:
            key = name, level["label_for_charts"]
            if key in worth:
                m, u = worth[key]
                worth[key] = (
                    _rounded(max(level.get("m_probability") or m, LEAST_M)),
                    _rounded(max(level.get("u_probability") or u, LEAST_U)),
                )
    odds = min(learned["probability_two_random_records_match"], MOST_RECORDS / contacts)
    return Model(_rounded(odds), worth, contacts)


def _rounded(probability: float) -> float:
    """Sums of floating point differ in their last digits from night to night, as their parts come in any order."""
    return float(f"{probability:.6g}")
