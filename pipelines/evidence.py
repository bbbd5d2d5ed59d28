"""Evidence: what a published copy knows of two contacts, or customers, and of what links or separates them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.decisions import NOT_SAME
from pipelines.identity.links import RULES

if TYPE_CHECKING:
    from warehouse.lake import Connection

FIELDS = ("name", "birth_date", "email", "phone", "address", "company")
HIDDEN = "•••"
# customers of more contacts are looked through by some of them
MOST_CONTACTS = 200

CARDS = """
    select
        concat_ws('/', tool, record_type, record_id) as contact_key,
        coalesce(nullif(concat_ws(' ', first_name, last_name), ''), full_name) as name,
        birth_date,
        email,
        phone,
        nullif(concat_ws(', ', street, nullif(concat_ws(' ', postcode, city), ''), country), '') as address,
        company
    from unified.contacts
    where concat_ws('/', tool, record_type, record_id) in (select unnest(?))
"""
LINKS = "select * from mart.customer_links where customer_id = ? order by contact_key, linked_key, match_rule"
# of what stands between two customers, what is about the contacts that were asked about comes first
REVIEW = """
    select *
    from mart.customer_reviews
    where customer_id in (select unnest(?)) and linked_customer_id in (select unnest(?))
    order by
        contact_key in (select unnest(?)) and linked_key in (select unnest(?)) desc, stake_rank
    limit 1
"""
DECISIONS = """
    select *
    from ops.decisions
    where undone_at is null and kind = ? and subject in (select unnest(?)) and other_subject in (select unnest(?))
    order by
        subject in (select unnest(?)) and other_subject in (select unnest(?)) desc, decided_at, decision_id
    limit 1
"""


class Unknown(LookupError):
    """What was named is nobody in the published copy; the message says what to look for."""


class Former(NamedTuple):
    """An id that no customer has any more: when its contacts went to which one, as the history says, and how."""

    customer_id: str
    changes: tuple[tuple[date, str, str, int], ...]


@dataclass(frozen=True)
class Side:
    """One of the two that are asked about: as it was called, its contacts, and the customer they are."""

    called: str
    contacts: tuple[str, ...]
    customer_id: str
    former: Former | None = None

    @property
    def is_contact(self) -> bool:
        return "/" in self.called


class Compared(NamedTuple):
    """A field of two contacts, as the copy's role may see it; `outcome` as in mart.customer_links."""

    field: str
    one: str | None
    other: str | None
    outcome: str


def find(con: Connection, called: str) -> Side:
    """The contact (tool/record_type/record_id) or customer, also by an id of before, that is meant. Raises Unknown."""
    called = called.strip()
    if "/" in called:
        found = con.execute(
            "select customer_id from mart.customer_identities where concat_ws('/', tool, record_type, record_id) = ?",
            [called],
        ).fetchone()
        if not found:
            raise Unknown(f"there is no contact {called}: mart.customer_identities has tool, record_type and record_id")
        return Side(called, (called,), found[0])
    if contacts := contacts_of(con, called):
        return Side(called, contacts, called)
    rows = con.execute(
        "select customer_id from mart.former_customer_ids where old_customer_id = ?", [called]
    ).fetchall()
    if not rows:
        raise Unknown(f"{called} is no customer's id (c_…), now or before, and no contact (tool/record_type/record_id)")
    [(customer_id,)] = rows
    if customer_id is None:
        raise Unknown(f"{called} was a customer once: none of its contacts is in an export any more")
    changes = con.execute(
        "select changed_on, change, customer_id, contact_count from ops.customer_id_history where old_customer_id = ?"
        " order by night, contact_count desc, customer_id",
        [called],
    ).fetchall()
    return Side(called, contacts_of(con, customer_id), customer_id, Former(called, tuple(changes)))


def contacts_of(con: Connection, customer_id: str) -> tuple[str, ...]:
    """Keys of a customer's contacts, in order."""
    rows = con.execute(
        "select concat_ws('/', tool, record_type, record_id) as contact_key from mart.customer_identities"
        " where customer_id = ? order by contact_key",
        [customer_id],
    ).fetchall()
    return tuple(key for (key,) in rows)


def chain(con: Connection, customer_id: str, begin: str, ends: Collection[str]) -> list[dict[str, Any]]:
    """The links that lead from a contact to the nearest of others, over as few as can be, the surest first.

    Each is a row of mart.customer_links, turned so that `contact_key` is where it begins.
    """
    surest: dict[tuple[str, str], dict[str, Any]] = {}
    for link in _rows(con, LINKS, [customer_id]):
        pair = link["contact_key"], link["linked_key"]
        if pair not in surest or RULES.index(link["match_rule"]) < RULES.index(surest[pair]["match_rule"]):
            surest[pair] = link
    beside: defaultdict[str, list[tuple[int, str, dict[str, Any]]]] = defaultdict(list)
    for (one, other), link in surest.items():
        for here, there in ((one, other), (other, one)):
            turned = {**link, "contact_key": here, "linked_key": there}
            beside[here].append((RULES.index(link["match_rule"]), there, turned))
    came: dict[str, dict[str, Any] | None] = {begin: None}
    ahead = deque([begin])
    while ahead:
        here = ahead.popleft()
        if here in ends:
            way: list[dict[str, Any]] = []
            while step := came[here]:
                way.append(step)
                here = step["contact_key"]
            return way[::-1]
        for _, there, link in sorted(beside[here], key=lambda found: found[:2]):
            if there not in came:
                came[there] = link
                ahead.append(there)
    return []


def review(con: Connection, one: Side, other: Side) -> dict[str, Any] | None:
    """The pair of two customers in the review queue: the one asked about, else the one to decide first."""
    ids, asked = [one.customer_id, other.customer_id], [*one.contacts, *other.contacts]
    rows = _rows(con, REVIEW, [ids, ids, asked, asked])
    return rows[0] if rows else None


def kept_apart(con: Connection, one: Side, other: Side) -> dict[str, Any] | None:
    """A decision that stands between contacts of two customers."""
    contacts = [*contacts_of(con, one.customer_id), *contacts_of(con, other.customer_id)]
    asked = [*one.contacts, *other.contacts]
    rows = _rows(con, DECISIONS, [NOT_SAME, contacts, contacts, asked, asked])
    return rows[0] if rows else None


def decision(con: Connection, decision_id: str | None) -> dict[str, Any] | None:
    """A decision by its id."""
    rows = _rows(con, "select * from ops.decisions where decision_id = ?", [decision_id])
    return rows[0] if rows else None


def traits(con: Connection, contacts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Rows of mart.contact_traits by contact."""
    rows = _rows(
        con,
        "select * from mart.contact_traits where contact_key in (select unnest(?)) order by contact_key",
        [list(contacts[:MOST_CONTACTS])],
    )
    return {row["contact_key"]: row for row in rows}


def closest(left: dict[str, dict[str, Any]], right: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """Of two customers' contacts, by their traits, the pair that has most in common."""
    pairs = ((_common(one, other), a, b) for a, one in left.items() for b, other in right.items())
    _, a, b = min((-common, a, b) for common, a, b in pairs)
    return a, b


def compare(con: Connection, one: str, other: str, outcomes: dict[str, Any] | None = None) -> list[Compared]:
    """Two contacts field by field; `outcomes` is a row of links or reviews, without one equal values are told only."""
    cards = {row["contact_key"]: row for row in _rows(con, CARDS, [[one, other]])}
    known = traits(con, [one, other])
    return [
        Compared(
            field,
            _shown(cards[one], known[one], field),
            _shown(cards[other], known[other], field),
            outcomes[f"{field}_outcome"] if outcomes else _outcome(known[one], known[other], field),
        )
        for field in FIELDS
    ]


def _shown(card: dict[str, Any], trait: dict[str, Any], field: str) -> str | None:
    """A value; one that is hidden is told by its mark."""
    value = card[field]
    return (HIDDEN if trait[f"{field}_group"] is not None else None) if value is None else str(value)


def _outcome(one: dict[str, Any], other: dict[str, Any], field: str) -> str:
    left, right = one[f"{field}_group"], other[f"{field}_group"]
    if left is None or right is None:
        return "missing" if left is right else "one_missing"
    return "same" if left == right else "different"


def _common(one: dict[str, Any], other: dict[str, Any]) -> int:
    return sum(_outcome(one, other, field) == "same" for field in (*FIELDS, "last_name"))


def _rows(con: Connection, sql: str, given: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = con.execute(sql, given).to_arrow_table().to_pylist()
    return found
