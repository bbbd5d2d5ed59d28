"""What people decide on who is who: by the command, and as the next run reads it."""

import people
import pytest
from people import LUC, PAUL, PAUL_MAILED, ZOE, ZOE_LEAD, ZOE_MAILED

from pipelines import decisions
from pipelines.cli.decide import decide
from pipelines.decisions import Refused, Unknown
from pipelines.identity_decisions import decide_not_same, decide_same, decide_shared


@pytest.fixture(scope="module")
def known(company):
    people.resolve(company.staging)
    return company.staging


@pytest.fixture
def staging(known):
    known.con.execute("delete from lake.ops.decisions")
    return known


def stored(staging):
    return staging.con.execute(
        "select kind, subject, other_subject from ops.decisions where undone_at is null order by all"
    ).fetchall()


def same(staging, one, other):
    return decide_same(staging, one, other, None, "Kim")


def not_same(staging, one, other):
    return decide_not_same(staging, one, other, None, "Kim")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ZOE, ZOE_LEAD),
        (ZOE_LEAD, ZOE),
        ("c_zoe", "c_lead"),
        (" c_lead ", "c_zoe"),
        ("email:Z.Martin@north.example", ZOE),
    ],
)
def test_two_contacts_are_one_person_however_they_are_named(staging, one, other):
    [made] = decide_same(staging, one, other, "her maiden name", "Kim")
    assert (made.note, made.decided_by) == ("her maiden name", "Kim")
    assert stored(staging) == [("same_customer", ZOE, ZOE_LEAD)]


def test_two_contacts_are_two_people(staging):
    not_same(staging, PAUL_MAILED, LUC)
    assert stored(staging) == [("not_same_customer", LUC, PAUL_MAILED)]


def test_all_contacts_of_two_customers_are_kept_apart_and_come_together_again(staging):
    made = not_same(staging, "c_zoe", "c_paul")
    assert [(subject, other) for _, subject, other in stored(staging)] == [
        (ZOE, PAUL),
        (ZOE, PAUL_MAILED),
        (PAUL, ZOE_MAILED),
        (ZOE_MAILED, PAUL_MAILED),
    ]
    assert len({one.decision_id for one in made}) == 4 and len({one.statement for one in made}) == 1
    assert decisions.undo(staging, made[2].decision_id) == made
    assert stored(staging) == []


def test_a_contact_is_told_from_the_rest_of_its_customer(staging):
    not_same(staging, "c_paul", PAUL_MAILED)
    assert stored(staging) == [("not_same_customer", PAUL, PAUL_MAILED)]


def test_an_address_is_several_peoples(staging):
    [made] = decide_shared(staging, " Accueil@North.example", "reception", "Kim")
    assert stored(staging) == [("shared_address", "accueil@north.example", None)]
    assert decisions.undo(staging, "accueil@north.example") == [made]


def test_what_was_decided_is_not_decided_again(staging):
    one, apart = same(staging, ZOE, ZOE_LEAD), not_same(staging, "c_zoe", "c_paul")
    address = decide_shared(staging, "zoe@north.example", None, "Kim")
    assert same(staging, "c_lead", "c_zoe") == one
    assert not_same(staging, "c_paul", "c_zoe") == apart
    assert not_same(staging, PAUL, ZOE) == apart[:1]
    assert decide_shared(staging, "ZOE@north.example", "again", "Lou") == address
    assert len(stored(staging)) == 6


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("crm/contact/99", "there is no contact crm/contact/99"),
        ("c_nobody", "c_nobody is no customer's id"),
        ("Zoe", "Zoe is no customer's id"),
        ("email:nobody@north.example", "no contact has the address nobody@north.example"),
        ("email:accueil@north.example", f"2 contacts have the address accueil@north.example: name one of them, {LUC}"),
    ],
)
def test_who_is_not_known_is_said_so(staging, given, told):
    for one, other in ((given, ZOE), (ZOE, given)):
        with pytest.raises(Unknown, match=told):
            not_same(staging, one, other)
    assert stored(staging) == []


@pytest.mark.parametrize(("one", "other"), [(ZOE, ZOE), ("c_zoe", "c_zoe"), ("c_lead", ZOE_LEAD)])
def test_nobody_is_somebody_else_than_themselves(staging, one, other):
    for way in (same, not_same):
        with pytest.raises(Refused, match="are one and the same: name two contacts"):
            way(staging, one, other)


def test_before_the_first_run_nobody_is_known(new_company):
    with pytest.raises(Unknown, match="run `unsilo run` first"):
        same(new_company.staging, ZOE, PAUL)


def test_who_is_one_through_others_cannot_be_kept_apart(staging):
    [first], [second] = same(staging, ZOE, ZOE_LEAD), decide_same(staging, ZOE_LEAD, PAUL, None, "Lou")
    same(staging, PAUL_MAILED, LUC)
    with pytest.raises(Refused) as refused:
        not_same(staging, PAUL, ZOE)
    told = str(refused.value)
    assert f"{ZOE} and {PAUL} cannot be kept apart" in told
    assert (
        f"{first.decision_id} (Kim, {first.decided_at:%Y-%m-%d %H:%M} UTC) says that {ZOE} and {ZOE_LEAD} are" in told
    )
    assert f"{second.decision_id} (Lou," in told and told.count("says that") == 2
    assert told.endswith(f"unsilo decide undo {first.decision_id}")
    decisions.undo(staging, second.decision_id)
    not_same(staging, PAUL, ZOE)


def test_who_is_kept_apart_cannot_become_one_through_others(staging):
    [apart], [first] = not_same(staging, ZOE, PAUL), same(staging, ZOE, ZOE_LEAD)
    [second] = same(staging, PAUL, LUC)
    with pytest.raises(Refused) as refused:
        same(staging, ZOE_LEAD, LUC)
    told = str(refused.value)
    assert f"{ZOE_LEAD} and {LUC} cannot be one" in told or f"{LUC} and {ZOE_LEAD} cannot be one" in told
    assert all(one.decision_id in told for one in (apart, first, second)) and "are not the same" in told
    assert len(stored(staging)) == 3
    decisions.undo(staging, apart.decision_id)
    same(staging, ZOE_LEAD, LUC)


def test_customers_cannot_be_one_if_some_of_their_contacts_are_kept_apart(staging):
    not_same(staging, ZOE_MAILED, PAUL_MAILED)
    with pytest.raises(Refused, match=f"says that {ZOE_MAILED} and {PAUL_MAILED} are not the same"):
        same(staging, "c_zoe", "c_paul")
    same(staging, ZOE, PAUL)


def test_of_two_customers_all_pairs_are_refused_or_none(staging):
    same(staging, ZOE_MAILED, PAUL_MAILED)
    with pytest.raises(Refused, match="cannot be kept apart"):
        not_same(staging, "c_zoe", "c_paul")
    assert len(stored(staging)) == 1


def test_very_many_pairs_are_named_one_by_one(staging):
    staging.con.execute(
        "insert into lake.mart.customer_identities"
        " select unnest(['c_left', 'c_right']) as customer_id, 'crm', customer_id, range from range(40)"
    )
    with pytest.raises(Refused, match="c_left has 40 contacts and c_right 40, more than 1,000 pairs"):
        not_same(staging, "c_left", "c_right")


def test_the_commands_decide_list_and_undo(unsilo, new_company):
    people.resolve(new_company.staging)
    new_company.staging.close()
    said = unsilo(decide, "same", "c_zoe", ZOE_LEAD, "--why", "her maiden name", "--by", "Kim")
    assert said.exit_code == 0 and f"same customer {ZOE} and {ZOE_LEAD}, from the next run on" in said.output
    said = unsilo(decide, "not-same", "c_zoe", "c_paul", "--by", "Kim").output
    assert f"not same customer {ZOE} and {PAUL}, and 3 more pairs of their contacts" in said
    assert "shared address a•••@north.example" in unsilo(decide, "shared", "accueil@north.example").output
    listed = unsilo(decide, "list").output
    assert "3 decisions" in listed and "her maiden name" in listed and "and 3 more pairs" in listed
    assert "accueil@" not in listed
    said = unsilo(decide, "same", PAUL, ZOE_LEAD)
    assert said.exit_code == 2 and "cannot be one" in said.output
    assert unsilo(decide, "undo", said.output.split("unsilo decide undo ")[1].strip()).exit_code == 0
    assert "2 decisions" in unsilo(decide, "list").output
    assert unsilo(decide, "same", PAUL, ZOE_LEAD).exit_code == 0
