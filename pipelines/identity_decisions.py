"""Who is who, as people decide it: two records are the same person or are not, an address is several people's."""

from __future__ import annotations

from itertools import product

from pipelines.decisions import NOT_SAME, SAME, SHARED, Decision, Refused, Unknown, standing, statement, store
from pipelines.rulings import Rulings
from warehouse.staging import Staging

MOST_PAIRS = 1000
SHOWN = 10


def decide_same(staging: Staging, one: str, other: str, note: str | None, by: str | None) -> list[Decision]:
    """Two contacts, or customers, are one person. Raises Unknown and Refused.

    Of a customer the contact with the smallest key is linked, and nothing is said of its other contacts.
    """
    left, right = _sides(staging, one, other)
    rulings = Rulings(standing(staging.con))
    subject, other_subject = sorted((left[0], right[0]))
    if stated := rulings.stated(SAME, subject, other_subject):
        return [stated]
    rulings.check_same(left, right)
    return _stored(staging, statement(SAME, [(subject, other_subject)], note, by))


def decide_not_same(staging: Staging, one: str, other: str, note: str | None, by: str | None) -> list[Decision]:
    """Two contacts, or customers, are different people. Raises Unknown and Refused.

    Of customers it is decided for every contact of the one and every contact of the other as they are now: none of
    them may come together again, whatever becomes of the rest.
    """
    left, right = _sides(staging, one, other)
    if len(left) * len(right) > MOST_PAIRS:
        raise Refused(
            f"{one} has {len(left)} contacts and {other} {len(right)}, more than {MOST_PAIRS:,} pairs to keep apart:"
            " name two of their contacts"
        )
    rulings = Rulings(standing(staging.con))
    pairs: list[tuple[str, str]] = sorted((min(pair), max(pair)) for pair in product(left, right))
    for pair in pairs:
        rulings.check_not_same(*pair)
    known = [stated for pair in pairs if (stated := rulings.stated(NOT_SAME, *pair))]
    new = [pair for pair in pairs if not rulings.stated(NOT_SAME, *pair)]
    return _stored(staging, statement(NOT_SAME, new, note, by)) if new else known


def decide_shared(staging: Staging, given: str, note: str | None, by: str | None) -> list[Decision]:
    """An address is used by several people and stands for none of them. Raises Unknown."""
    address = _address(given)
    _with_address(staging, address)
    if stated := Rulings(standing(staging.con)).stated(SHARED, address):
        return [stated]
    return _stored(staging, statement(SHARED, [(address, None)], note, by))


def known_contacts(staging: Staging, keys: list[str]) -> set[str]:
    """Those among some contact keys that are a contact's, as of the last run. Raises Unknown before the first one."""
    _check_resolved(staging)
    found = staging.con.execute(
        "select contact_key from lake.unified.contact_keys where contact_key in (select unnest(?))", [keys]
    )
    return {key for (key,) in found.fetchall()}


def _stored(staging: Staging, made: list[Decision]) -> list[Decision]:
    store(staging, made)
    return made


def _sides(staging: Staging, one: str, other: str) -> tuple[list[str], list[str]]:
    """The contacts meant on either side; a contact named beside its own customer stands against the rest of them."""
    left, right = _meant(staging, one.strip()), _meant(staging, other.strip())
    if len(right) == 1:
        left = [key for key in left if key not in right]
    elif len(left) == 1:
        right = [key for key in right if key not in left]
    if not left or not right or set(left) & set(right):
        raise Refused(f"{one} and {other} are one and the same: name two contacts, as tool/record_type/record_id")
    return left, right


def _meant(staging: Staging, given: str) -> list[str]:
    """Keys of the contacts that a contact key, a customer's id or `email:` and an address mean, in order."""
    _check_resolved(staging)
    if given.lower().startswith("email:"):
        found = _with_address(staging, _address(given))
        if len(found) > 1:
            shown = ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
            raise Unknown(f"{len(found)} contacts have the address {_address(given)}: name one of them, {shown}")
        return found
    if "/" in given:
        if found := sorted(known_contacts(staging, [given])):
            return found
        raise Unknown(f"there is no contact {given}: mart.customer_identities has tool, record_type and record_id")
    rows = staging.con.execute(
        "select concat_ws('/', tool, record_type, record_id) as contact_key from lake.mart.customer_identities"
        " where customer_id = ? order by contact_key",
        [given],
    ).fetchall()
    if rows:
        return [key for (key,) in rows]
    raise Unknown(f"{given} is no customer's id (c_…), no contact (tool/record_type/record_id) and no email:address")


def _address(given: str) -> str:
    return given.strip().lower().removeprefix("email:").strip()


def _with_address(staging: Staging, address: str) -> list[str]:
    """Keys of the contacts that have an address, at least one. Raises Unknown."""
    _check_resolved(staging)
    rows = staging.con.execute(
        "select contact_key from lake.unified.contact_keys where email_key = ? order by contact_key", [address]
    ).fetchall()
    if not rows:
        raise Unknown(f"no contact has the address {address}: write it as it stands in a tool")
    return [key for (key,) in rows]


def _check_resolved(staging: Staging) -> None:
    if not {"unified.contact_keys", "mart.customer_identities"} <= set(staging.lake_columns()):
        raise Unknown("nobody is known yet: run `unsilo run` first")
