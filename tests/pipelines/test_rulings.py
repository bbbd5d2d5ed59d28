"""Decisions that would contradict each other never stand together, in whatever order they are made."""

from datetime import datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.decisions import NOT_SAME, SAME, Decision, Refused
from pipelines.rulings import Rulings

PAIRS = list(combinations("abcdefg", 2))


def made(number, kind, pair):
    return Decision(f"d{number}", kind, *pair, None, None, datetime(2026, 1, 1))


def groups(decisions):
    """Who is one, by merging sets until nothing changes."""
    together = {name: {name} for name in "abcdefg"}
    for decision in decisions:
        if decision.kind == SAME:
            joined = together[decision.subject] | together[decision.other_subject]
            together.update(dict.fromkeys(joined, joined))
    return together


def contradict(decisions):
    together = groups(decisions)
    return any(one.kind == NOT_SAME and one.other_subject in together[one.subject] for one in decisions)


@given(st.lists(st.tuples(st.sampled_from([SAME, NOT_SAME]), st.sampled_from(PAIRS)), max_size=20))
def test_a_decision_is_refused_just_when_it_contradicts_those_that_stand(wanted):
    rulings, standing = Rulings([]), []
    for number, (kind, (one, other)) in enumerate(wanted):
        decision = made(number, kind, (one, other))
        try:
            if kind == SAME:
                rulings.check_same([one], [other])
            else:
                rulings.check_not_same(one, other)
        except Refused as refused:
            assert contradict([*standing, decision])
            # those that it names are enough to stand against it
            named = [old for old in standing if f"{old.decision_id} (" in str(refused)]
            assert contradict([*named, decision])
        else:
            rulings.add(decision)
            standing.append(decision)
            assert not contradict(standing)
    together, again = groups(standing), Rulings(standing)
    for one, other in PAIRS:
        settled = other in together[one] or any(
            {old.subject, old.other_subject} & together[one] and {old.subject, old.other_subject} & together[other]
            for old in standing
            if old.kind == NOT_SAME
        )
        assert rulings.settle(one, other) == again.settle(one, other) == settled


def test_decisions_that_contradict_each_other_already_can_still_be_looked_at():
    rulings = Rulings([made(1, NOT_SAME, "ab"), made(2, SAME, "ab"), made(3, NOT_SAME, "ac"), made(4, SAME, "bc")])
    assert rulings.settle("a", "b") and rulings.settle("a", "c")
