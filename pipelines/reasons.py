"""Reasons: what two people share and what tells them apart, in sentences."""

from __future__ import annotations

from typing import Any

from pipelines.evidence import Compared

LABELS = {"email": "e-mail address", "phone": "phone number"}


def told_apart(compared: list[Compared], one: dict[str, Any], other: dict[str, Any]) -> tuple[str, list[str]]:
    """Why two are taken for two people, in a sentence, and what is to be said of each thing they share or do not."""
    outcomes = {line.field: line.outcome for line in compared}
    values = {line.field: line.one for line in compared}
    same = {name for name, outcome in outcomes.items() if outcome == "same"}
    family = one["last_name_group"] is not None and one["last_name_group"] == other["last_name_group"]
    other_name, other_birthday = outcomes["name"] == "different", outcomes["birth_date"] == "different"
    told = {
        "birth_date": "They were born on different days, and nobody is born twice." if other_birthday else "",
        "name": _names(outcomes["name"], family),
        "email": _email(values["email"], one) if "email" in same else "",
        "phone": _phone(values["phone"], one, outcomes["name"]) if "phone" in same else "",
        "address": "They have one postal address, as families and neighbours do." if "address" in same else "",
        "company": "They work for the same company, as colleagues do." if "company" in same else "",
    }
    reasons = [sentence for sentence in told.values() if sentence]
    reasons += [
        f"The {LABELS[line.field]} that both state is nobody's, as one that is typed where a form insists on one."
        for line in compared
        if line.field in LABELS and line.outcome == "missing" and line.one and line.other
    ]
    findings = (
        (
            one["is_organisation"] != other["is_organisation"],
            "One is a person, the other an organisation or a function.",
        ),
        ("email" in same and one["is_shared_email"] and other_name, "Two people use one inbox."),
        ("email" in same and one["is_shared_email"], "Several people use the inbox that they share."),
        (
            family and (other_name or other_birthday) and same & {"address", "phone", "email"},
            "Two people of one family: what they share, relatives share.",
        ),
        (other_birthday and "name" in same, "Two people of one name, with two birth dates."),
        (other_name and "company" in same, "Two colleagues."),
        (same == {"name"}, "Their names are the same and nothing else is: more than one person may be called so."),
        (not same, "Nothing that they state is the same."),
    )
    most_telling = next((sentence for holds, sentence in findings if holds), None)
    return most_telling or "What they have in common is not enough to say that they are one person.", reasons


def _names(outcome: str, family: bool) -> str:
    if outcome == "different":
        return "They share the last name, not the whole name." if family else "They have different names."
    return "One of them states no name." if outcome == "one_missing" else ""


def _email(value: str | None, one: dict[str, Any]) -> str:
    if one["is_role_email"]:
        return f"Both have {value}, the address of a function: whoever is on duty reads it."
    if one["is_shared_email"]:
        return (
            f"Both have {value}, which {one['email_contact_count']:,} contacts use under {one['email_name_count']:,}"
            " different names: it says nothing of who writes."
        )
    return f"Both have {value}."


def _phone(value: str | None, one: dict[str, Any], name_outcome: str) -> str:
    if one["is_placeholder_phone"]:
        return "The phone number that both have is nobody's: it is typed where a form insists on one."
    if one["is_shared_phone"]:
        return f"Both have the phone number {value}, as {one['phone_contact_count']:,} contacts do: a switchboard's."
    if name_outcome == "same":
        return f"Both have the phone number {value}."
    return f"Both have the phone number {value}: with the same name it would join them, alone it may be a household's."
