"""Comparisons: what of two contacts is compared, in steps from the same to different.

Each step has the probability that it is seen of two contacts of one person (m) and of two people (u): those of Fellegi
and Sunter (1969, "A Theory for Record Linkage"). The figures here are for a company too small to learn its own from.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from splink import SettingsCreator

# one in so many pairs of contacts is one person, as long as nothing better is known
ODDS = 1e-4
RAREST = 1e-5
UNKNOWN, DIFFERENT = "unknown", "different"
ANY_TWO = ("any two contacts", "one person")
CARELESS = "careless"


@dataclass(frozen=True)
class Step:
    """One outcome of a comparison: `condition` in SQL over `<column>_l` and `<column>_r`."""

    outcome: str
    condition: str
    m: float
    u: float
    is_weighed: bool = False


@dataclass(frozen=True)
class Comparison:
    """The steps of one comparison, the first that holds counts; none does when either contact states nothing."""

    name: str
    column: str
    steps: tuple[Step, ...]
    otherwise: float


def _close(column: str, likeness: float, typos: int, floor: float | None = None) -> str:
    """Alike by Jaro and Winkler, or by Damerau and Levenshtein, whose distance takes long: it is asked for last.

    So many typos in a text of more than three letters each leave a likeness that is no lower than the floor, which is
    higher for longer texts.
    """
    left, right = f"{column}_l", f"{column}_r"
    like = f"jaro_winkler_similarity({left}, {right})"
    floor = floor or {1: 0.83, 2: 0.75}[typos]
    return (
        f"(case when {like} >= {likeness} then true when {like} < {floor} then false"
        f" when abs(length({left}) - length({right})) > {typos} then false"
        f" else least(length({left}), length({right})) > {typos * 3}"
        f" and damerau_levenshtein({left}, {right}) <= {typos} end)"
    )


def _name(column: str, other: str, nickname: str = "") -> tuple[Step, ...]:
    left, right = f"{column}_l", f"{column}_r"
    crossed = (
        f"jaro_winkler_similarity({left}, {other}_r) >= 0.92"
        f" and coalesce(jaro_winkler_similarity({other}_l, {right}) >= 0.88, true)"
    )
    initial = f"least(length({left}), length({right})) = 1 and left({left}, 1) = left({right}, 1)"
    part = " or ".join(
        f"{test}({a}, {b})"
        for a, b in ((left, right), (right, left))
        for test, b in (("starts_with", f"{b} || ' '"), ("ends_with", f"' ' || {b}"))
    )
    # Michel and Michele are a couple more often than a typing mistake
    ending = (
        f"least(length({left}), length({right})) > 2 and abs(length({left}) - length({right})) <= 2"
        f" and (starts_with({left}, {right}) or starts_with({right}, {left}))"
    )
    return (
        Step("same", f"{left} = {right}", 0.75, 0.004, True),
        Step("swapped", crossed, 0.03, 0.0001),
        Step(
            "similar", f"not ({ending}) and ({_close(column, 0.92, 1)} or {initial} or {part}{nickname})", 0.13, 0.004
        ),
        Step("alike", f"{ending} or {_close(column, 0.8, 2)}", 0.02, 0.01),
    )


ROAD = "length(road_key_l) > 5 and jaro_winkler_similarity(road_key_l, road_key_r) >= 0.92"


def _text(column: str, same: tuple[float, float], similar: tuple[float, float], likeness: float) -> tuple[Step, ...]:
    return (
        Step("same", f"{column}_l = {column}_r", *same, True),
        Step("similar", _close(column, likeness, 1), *similar),
    )


COMPARISONS = (
    Comparison("first_name", "first_key", _name("first_key", "last_key", " or first_root_l = first_root_r"), 0.07),
    Comparison("last_name", "last_key", _name("last_key", "first_key"), 0.07),
    Comparison(
        "birth_date",
        "birth_digits",
        (
            Step("same", "birth_digits_l = birth_digits_r", 0.92, 0.0001),
            Step(
                "similar",
                "(case when hamming(birth_digits_l, birth_digits_r) > 4 then false"
                " else damerau_levenshtein(birth_digits_l, birth_digits_r) <= 1"
                " or left(birth_digits_l, 4) = left(birth_digits_r, 4)"
                " and substr(birth_digits_l, 5, 2) = right(birth_digits_r, 2)"
                " and right(birth_digits_l, 2) = substr(birth_digits_r, 5, 2) end)",
                0.04,
                0.001,
            ),
        ),
        0.04,
    ),
    Comparison(
        "email",
        "email_key",
        (
            Step("same", "email_key_l = email_key_r", 0.5, 0.00002, True),
            Step("mailbox", "mailbox_key_l = mailbox_key_r", 0.05, 0.00001),
            Step("user", "length(email_user_l) > 5 and email_user_l = email_user_r", 0.1, 0.0002),
            # a number behind a name is how providers and companies tell namesakes apart
            Step("numbered", "email_letters_l = email_letters_r", 0.01, 0.0005),
            Step("similar", _close("email_key", 1.0, 1, floor=0.9), 0.05, 0.0001),
        ),
        0.29,
    ),
    Comparison("phone", "phone_e164", _text("phone_e164", (0.7, 0.00002), (0.04, 0.0005), 0.99), 0.26),
    Comparison(
        "street",
        "street_key",
        (
            Step("same", "street_key_l = street_key_r", 0.6, 0.0001, True),
            # another number is another home
            Step(
                "similar",
                f"coalesce(house_key_l = house_key_r, true) and ({_close('street_key', 0.92, 2)} or {ROAD})",
                0.2,
                0.001,
            ),
            Step("road", ROAD, 0.05, 0.001),
        ),
        0.15,
    ),
    Comparison("address_2", "address_2_key", _text("address_2_key", (0.6, 0.001), (0.25, 0.002), 0.88), 0.15),
    Comparison("city", "city_key", _text("city_key", (0.75, 0.02), (0.1, 0.003), 0.9), 0.15),
    Comparison("postcode", "postcode_key", _text("postcode_key", (0.75, 0.01), (0.1, 0.02), 0.999), 0.15),
    Comparison("region", "region_key", (Step("same", "region_key_l = region_key_r", 0.9, 0.15, True),), 0.1),
    Comparison("employer", "employer_key", _text("employer_key", (0.7, 0.005), (0.1, 0.005), 0.92), 0.2),
)

# the columns a rare value of which says more than a frequent one
BY_FREQUENCY = frozenset(made.column for made in COMPARISONS if any(step.is_weighed for step in made.steps))


@dataclass(frozen=True)
class Model:
    """What every outcome is worth: its m and u by comparison and outcome; learned from so many `contacts`, or 0.

    `odds` is the probability that two contacts, whichever, are one person's; `compared` are the columns that tell
    contacts apart at all; `careless` are those kept so carelessly that a different one tells nothing.
    """

    odds: float
    worth: dict[tuple[str, str], tuple[float, float]]
    contacts: int = 0
    compared: frozenset[str] = frozenset()
    careless: frozenset[str] = frozenset()

    def rows(self) -> list[dict[str, Any]]:
        """As rows of `unified.match_model`: of the comparisons that are made."""
        made = {comparison.name for comparison in COMPARISONS if comparison.column in self.compared}
        worth = {ANY_TWO: (self.odds, 1 - self.odds)} | {
            key: worth for key, worth in self.worth.items() if key[0] in made
        }
        told = [
            {
                "comparison": comparison,
                "outcome": outcome,
                "m_probability": m,
                "u_probability": u,
                "match_weight": round(log2(m / u), 4),
                "learned_from": self.contacts,
            }
            for (comparison, outcome), (m, u) in worth.items()
        ]
        doubts = [{"comparison": name, "outcome": CARELESS, "learned_from": self.contacts} for name in self.careless]
        return [*told, *sorted(doubts, key=str)]

    @classmethod
    def of(cls, rows: list[tuple[str, str, float, float, int]]) -> Model:
        """The model that wrote these rows: comparison, outcome, m, u and number of contacts."""
        worth = {(comparison, outcome): (m, u) for comparison, outcome, m, u, _ in rows if outcome != CARELESS}
        odds, _ = worth.pop(ANY_TWO)
        made = {comparison for comparison, _ in worth}
        return cls(
            odds,
            {**UNTRAINED.worth, **worth},
            rows[0][-1],
            frozenset(comparison.column for comparison in COMPARISONS if comparison.name in made),
            frozenset(comparison for comparison, outcome, *_ in rows if outcome == CARELESS),
        )


def _untrained() -> Model:
    worth = {(made.name, step.outcome): (step.m, step.u) for made in COMPARISONS for step in made.steps}
    for made in COMPARISONS:
        worth[made.name, DIFFERENT] = (made.otherwise, 1 - sum(step.u for step in made.steps))
    return Model(ODDS, worth)


UNTRAINED = _untrained()


def settings(model: Model, compared: Collection[str], *, by_frequency: bool) -> SettingsCreator:
    """Splink's settings for the comparisons of the columns `compared`.

    `by_frequency` weighs a rare name more than a frequent one, which takes enough contacts to tell them.
    """
    import splink.comparison_level_library as levels
    from splink import SettingsCreator, block_on
    from splink.comparison_library import CustomComparison

    def level(made: Comparison, step: Step) -> Any:
        m, u = model.worth[made.name, step.outcome]
        weighed: dict[str, Any] = {"tf_adjustment_column": made.column, "tf_minimum_u_value": RAREST}
        return levels.CustomLevel(step.condition, step.outcome).configure(
            m_probability=m, u_probability=u, **(weighed if by_frequency and step.is_weighed else {})
        )

    def comparison(made: Comparison) -> CustomComparison:
        left, right = f"{made.column}_l", f"{made.column}_r"
        unknown = levels.CustomLevel(f"{left} is null or {right} is null", UNKNOWN).configure(is_null_level=True)
        steps = [level(made, step) for step in (*made.steps, Step(DIFFERENT, "else", 0, 0))]
        return CustomComparison(output_column_name=made.name, comparison_levels=[unknown, *steps])

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="contact",
        probability_two_random_records_match=model.odds,
        comparisons=[comparison(made) for made in COMPARISONS if made.column in compared],
        blocking_rules_to_generate_predictions=[block_on("contact")],
        retain_matching_columns=False,
    )


def outcome(name: str, left: str, right: str) -> str:
    """The outcome of one comparison in SQL, between two aliases of `scratch.features`."""
    made = next(made for made in COMPARISONS if made.name == name)

    def sided(condition: str) -> str:
        return re.sub(r"\b(\w+)_([lr])\b", lambda m: f"{left if m[2] == 'l' else right}.{m[1]}", condition)

    whens = " ".join(f"when {sided(step.condition)} then '{step.outcome}'" for step in made.steps)
    unknown = sided(f"{made.column}_l is null or {made.column}_r is null")
    return f"case when {unknown} then '{UNKNOWN}' {whens} else '{DIFFERENT}' end"
