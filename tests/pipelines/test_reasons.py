import pytest

from pipelines.evidence import FIELDS, Compared
from pipelines.reasons import told_apart

TRAITS = {
    "last_name_group": 1,
    "email_contact_count": 40,
    "email_name_count": 31,
    "is_role_email": False,
    "is_shared_email": False,
    "phone_contact_count": 40,
    "is_placeholder_phone": False,
    "is_shared_phone": False,
    "is_organisation": False,
}


def told(outcomes, one=(), other=()):
    """What is said of two people, of whom only `outcomes` are not missing; their last names are the same."""
    compared = [
        Compared(field, "•••", outcomes.get(field) and "•••", outcomes.get(field, "missing")) for field in FIELDS
    ]
    return told_apart(compared, {**TRAITS, **dict(one)}, {**TRAITS, **dict(other)})


@pytest.mark.parametrize(
    ("outcomes", "traits", "headline"),
    [
        ({"name": "different", "phone": "same"}, {}, "Two people of one family"),
        ({"name": "same", "birth_date": "different", "address": "same"}, {}, "Two people of one family"),
        ({"name": "same", "birth_date": "different"}, {}, "Two people of one name, with two birth dates"),
        ({"name": "different", "company": "same"}, {}, "Two colleagues"),
        ({"name": "different", "email": "same"}, {"is_shared_email": True}, "Two people use one inbox"),
        ({"name": "one_missing", "email": "same"}, {"is_shared_email": True}, "Several people use the inbox"),
        ({"name": "same"}, {}, "Their names are the same and nothing else is"),
        ({"name": "same", "company": "same"}, {}, "What they have in common is not enough"),
        ({"name": "different", "email": "different"}, {}, "Nothing that they state is the same"),
        ({}, {}, "Nothing that they state is the same"),
    ],
)
def test_what_two_people_probably_are_is_said_first(outcomes, traits, headline):
    because, _ = told(outcomes, traits)
    assert because.startswith(headline)


@pytest.mark.parametrize(
    ("traits", "reason"),
    [
        ({}, "a household's"),
        ({"is_shared_phone": True}, "as 40 contacts do: a switchboard's"),
        ({"is_shared_phone": True, "is_placeholder_phone": True}, "is nobody's"),
    ],
)
def test_what_a_phone_number_says_depends_on_who_else_has_it(traits, reason):
    _, [_, phone] = told({"name": "different", "phone": "same"}, traits)
    assert reason in phone


def test_what_is_typed_where_a_form_insists_is_told():
    compared = [Compared(field, "•••00", "•••00", "missing") for field in FIELDS]
    _, reasons = told_apart(compared, TRAITS, TRAITS)
    assert [reason[:30] for reason in reasons] == ["The e-mail address that both s", "The phone number that both sta"]


def test_a_person_and_a_function_are_two():
    because, _ = told({"email": "same"}, {"is_organisation": True})
    assert because == "One is a person, the other an organisation or a function."


def test_names_of_strangers_are_different():
    _, reasons = told({"name": "different"}, other={"last_name_group": 2})
    assert reasons == ["They have different names."]
