"""Explain: why two contacts, or customers, are one person or are not, in sentences that anybody understands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines import evidence
from pipelines.evidence import HIDDEN, Compared, Side
from pipelines.reasons import told_apart

if TYPE_CHECKING:
    from warehouse.lake import Connection

MOST_STEPS = 10
# how sure an estimate is, from how probable on
SURE = ((0.9999, "practically certain"), (0.999, "almost certain"), (0.99, "very likely"), (0.9, "likely"))

CHANGES = {
    "merged": "turned out to be {0}",
    "split": "turned out to be another, {0}",
    "restored": "became {0} again",
    "moved": "turned out to be {0}",
}

DOUBTS = {
    "two_birth_dates": "Much speaks for one person, but they state two birth dates",
    "two_external_ids": "Much speaks for one person, but one system knows them under two identifiers",
    "different_names": "Much speaks for one person, but their names are different",
    "weak_link": "One weak link is all that would join two people known from several records each",
    "uncertain": "Something speaks for one person, but not enough",
}

# what shows of two contacts why their customers are in doubt; it may be others that state it
CONTRADICTIONS = {"two_birth_dates": "birth_date", "different_names": "name"}


@dataclass(frozen=True)
class Pair:
    """Two contacts beside each other, and what is to be said of the two."""

    one: str
    other: str
    said: str
    compared: list[Compared]


@dataclass(frozen=True)
class Explanation:
    """`pairs` are the steps that lead from one to the other, or the pair that shows best why they are two."""

    is_one: bool
    headline: str
    pairs: list[Pair]
    reasons: list[str] = field(default_factory=list)
    advice: str = ""


class Identical(ValueError):
    """The same was named twice."""


def explain(con: Connection, called: str, other_called: str) -> Explanation:
    """Why two are one customer, or are kept apart; `con` is a published copy. Raises Unknown and Identical."""
    one, other = evidence.find(con, called), evidence.find(con, other_called)
    if one.called == other.called:
        raise Identical(f"{one.called} was named twice: name two contacts or customers")
    if one.customer_id == other.customer_id:
        return _together(con, one, other)
    return _apart(con, one, other)


def _together(con: Connection, one: Side, other: Side) -> Explanation:
    begin, ends = one.contacts[0], other.contacts
    if not one.is_contact and other.is_contact:
        begin, ends = other.contacts[0], one.contacts
    nearest = tuple(key for key in ends if key != begin)
    links = evidence.chain(con, one.customer_id, begin, nearest)
    steps = [
        Pair(
            link["contact_key"],
            link["linked_key"],
            _linked(con, link),
            evidence.compare(con, link["contact_key"], link["linked_key"], link),
        )
        for link in links[:MOST_STEPS]
    ]
    contacts = len(evidence.contacts_of(con, one.customer_id))
    headline = f"One customer, {one.customer_id}, of {contacts} contact{'s' * (contacts > 1)}."
    if steps:
        headline += f" {len(links)} link{'s' * (len(links) > 1)} from {begin} to {links[-1]['linked_key']}:"
    reasons = [line for side in (one, other) for line in _former(side)]
    if contacts == 1:
        reasons.insert(0, f"{begin} is its only contact: nothing else is linked to it.")
    ways = sorted({steps[0].one, steps[-1].other}) if steps else []
    advice = f"If they are two people: unsilo decide not-same {' '.join(ways)}" if ways else ""
    return Explanation(True, headline, steps, reasons, advice)


def _former(side: Side) -> list[str]:
    if side.former is None:
        return []
    told = [
        f"On {day} {count} contact{'s' * (count > 1)} of {side.called} {CHANGES[change].format(customer)}."
        for day, change, customer, count in side.former.changes
    ]
    return [*told, f"{side.called} is {side.customer_id} today."]


def _linked(con: Connection, link: dict[str, Any]) -> str:
    """The rule of a link in plain words."""
    rule = link["match_rule"]
    if rule == "decided":
        return f"{_decided(evidence.decision(con, link['decision_id']))} that they are one person."
    if rule == "probable":
        probability = link["match_probability"]
        sure = next((word for least, word in SURE if probability >= least), "rather likely")
        return f"What they state is so alike that it is {sure} to be one person ({_percent(probability)})."
    tool, other_tool = (link[name].split("/")[0] for name in ("contact_key", "linked_key"))
    return {
        "same_record": f"{tool} itself made one record of the two." if tool == other_tool else "One record of a tool.",
        "same_external_id": f"{tool} and {other_tool} state the same identifier for them.",
        "same_email": "They have the same e-mail address, which no other person uses.",
        "same_shared_email_and_name": "They have the same name, and the same e-mail address, which others use too.",
        "same_phone_and_name": "They have the same phone number and the same name.",
        "same_mailbox_and_name": "They have the same name, and addresses that end in the same mailbox.",
    }[rule]


def _apart(con: Connection, one: Side, other: Side) -> Explanation:
    decided, doubt = evidence.kept_apart(con, one, other), evidence.review(con, one, other)
    shown = _shown(con, one, other, decided, doubt)
    known = evidence.traits(con, shown)
    is_doubt = doubt and {doubt["contact_key"], doubt["linked_key"]} == set(shown)
    compared = evidence.compare(con, shown[0], shown[1], doubt if is_doubt else None)
    because, reasons = told_apart(compared, known[shown[0]], known[shown[1]])
    advice = f"If they are one person: unsilo decide same {shown[0]} {shown[1]}"
    if decided:
        because = f"{_decided(decided)} that they are two people."
        advice = f"If that was wrong: unsilo decide undo {decided['decision_id'].split('-')[0]}"
    elif doubt:
        because = f"{DOUBTS[doubt['reason']]}, so that a person has to decide."
        contradicted = CONTRADICTIONS.get(doubt["reason"])
        if any(line.field == contradicted and line.outcome != "different" for line in compared):
            reasons.append("It is other contacts of the two customers that state them.")
        in_doubt = f"{doubt['contact_key']} and {doubt['linked_key']} are number {doubt['stake_rank']:,}"
        reasons.append(f"{in_doubt} of the pairs to review: unsilo decide --export review.xlsx")
        advice += f"; if they are two: unsilo decide not-same {shown[0]} {shown[1]}"
    pairs = [Pair(shown[0], shown[1], "", compared)]
    former = [line for side in (one, other) for line in _former(side)]
    return Explanation(False, f"Two customers. {because}", pairs, [*reasons, *former], advice)


def _shown(
    con: Connection, one: Side, other: Side, decided: dict[str, Any] | None, doubt: dict[str, Any] | None
) -> tuple[str, str]:
    """The two contacts that show best why two customers are two; those that were asked about, if they were named."""
    if one.is_contact and other.is_contact:
        return one.called, other.called
    left, right = evidence.traits(con, one.contacts), evidence.traits(con, other.contacts)
    told = (decided["subject"], decided["other_subject"]) if decided else ("", "")
    in_doubt = (doubt["contact_key"], doubt["linked_key"]) if doubt else ("", "")
    for a, b in (told, told[::-1], in_doubt, in_doubt[::-1]):
        if a in left and b in right:
            return a, b
    return evidence.closest(left, right)


def _decided(decision: dict[str, Any] | None) -> str:
    if decision is None:
        return "It was decided"
    who, why = decision["decided_by"] or "somebody", decision["note"]
    because = f" (“{why}”)" if why and why != HIDDEN else ""
    return f"On {decision['decided_at']:%Y-%m-%d} {who} decided{because}"


def _percent(probability: float) -> str:
    return f"{probability:.1%}" if probability < 0.9995 else "over 99.9%"
