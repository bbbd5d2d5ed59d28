"""Survivorship: which of a customer's contacts states what the golden record shows, as the settings say.

Fields that make one thing survive together, from one record: half of one name and half of another is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PARTS = {
    "name": ("full_name", "first_name", "last_name"),
    "email": ("email",),
    "phone": ("phone",),
    "employment": ("company", "job_title"),
    "address": ("street", "house_number", "address_line_2", "postcode", "city", "region", "country"),
    "birth_date": ("birth_date",),
    "gender": ("gender",),
}
RULES = ("most_recent", "most_trusted", "most_frequent", "most_complete")
OWN_DEFAULTS = {"name": "most_complete"}
PART_OF = {field: part for part, fields in PARTS.items() for field in fields}


def is_rule(value: Any) -> bool:
    """Whether settings may name it as a rule."""
    return value in RULES


def is_order(value: Any) -> bool:
    """Whether it is a list of tools, none twice."""
    return isinstance(value, list) and all(isinstance(tool, str) for tool in value) and len(set(value)) == len(value)


def contradiction(stated: Mapping[str, Any]) -> str | None:
    """What is wrong with settings whose single entries are right, and what to write; None when nothing is."""
    trusting = [key for key, rule in stated.items() if rule == "most_trusted"]
    if trusting and not stated.get("trusted"):
        return f'{trusting[0]}: say whom, the most trusted first: trusted = ["name of a tool", "name of another"]'
    return None


def misnamed(key: str) -> str | None:
    """What to write instead of a field that survives with others only; None for other keys."""
    part = PART_OF.get(key, key)
    return f"{key} comes from the same record as the rest of the {part}: write {part}" if part != key else None


def rules(stated: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of `ref.survivorship`: the rule of every field, from what settings say of parts and of the others."""
    usual = {part: OWN_DEFAULTS.get(part, stated.get("default", RULES[0])) for part in PARTS}
    return [
        {"field": field, "part": part, "survivorship_rule": stated.get(part, usual[part])}
        for part, fields in PARTS.items()
        for field in fields
    ]
