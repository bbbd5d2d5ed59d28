"""How right an answer is said to be, on answers small enough to count by hand."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.scores import score


def scored(people, customers, stories=None):
    """Scores of records that are `people`'s and were said to be `customers`'."""
    ids = [str(number) for number in range(len(people))]
    record = {"tool": ["crm"] * len(ids), "record_type": ["contact"] * len(ids), "record_id": ids}
    truth = pl.DataFrame({**record, "person_id": list(people), "story": stories or [""] * len(ids)})
    return score(truth, pl.DataFrame({**record, "customer_id": list(customers)}).reverse())


def test_pairs_and_records_are_counted():
    # of three and two records, two of the three were joined, and the third with one of the two
    found = scored("aaabb", "xxyyz")
    assert (found.precision, found.recall) == (1 / 2, 1 / 4)
    assert found.f1 == pytest.approx(1 / 3)
    precision, recall = (1 + 1 + 1 / 2 + 1 / 2 + 1) / 5, (2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5
    assert found.bcubed_f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_the_truth_is_perfect():
    found = scored("aaabbc", "xxxyyz")
    assert (found.precision, found.recall, found.f1, found.bcubed_f1, found.mistakes) == (1, 1, 1, 1, ())


def test_who_joins_nobody_says_nothing_wrong():
    found = scored("aab", "xyz")
    assert (found.precision, found.recall, found.f1) == (1, 0, 0)
    assert found.bcubed_f1 == pytest.approx(2 * (2 / 3) / (1 + 2 / 3))


def test_mistakes_are_counted_by_story():
    found = scored("aabbc", "xxxyz", ["twins", "twins", "son", "son", "son"])
    assert found.mistakes == (("son + twins", 2, 0), ("son", 0, 1))


def test_other_records_are_left_out_and_missing_ones_are_an_error():
    truth = pl.DataFrame({"tool": ["crm"], "record_type": ["contact"], "record_id": ["1"], "person_id": ["a"]})
    found = pl.DataFrame({**truth.drop("person_id").to_dict(as_series=False), "customer_id": ["x"]})
    other = found.with_columns(record_id=pl.lit("2"))
    assert score(truth, pl.concat([found, other])).f1 == 1
    for wrong in (other, pl.concat([found, found])):
        with pytest.raises(ValueError, match="of 1 records"):
            score(truth, wrong)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=25))
def test_as_if_every_pair_were_looked_at(labels):
    people, customers = zip(*labels, strict=True)
    pairs = list(combinations(range(len(labels)), 2))
    one_person = {pair for pair in pairs if people[pair[0]] == people[pair[1]]}
    joined = {pair for pair in pairs if customers[pair[0]] == customers[pair[1]]}
    found = scored([str(one) for one in people], [str(one) for one in customers])
    assert found.precision == pytest.approx(len(one_person & joined) / len(joined) if joined else 1)
    assert found.recall == pytest.approx(len(one_person & joined) / len(one_person) if one_person else 1)
    assert sum(false for _, false, _ in found.mistakes) == len(joined - one_person)
    assert sum(missed for *_, missed in found.mistakes) == len(one_person - joined)
