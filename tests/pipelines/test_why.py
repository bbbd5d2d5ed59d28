"""`unsilo why` on people who are easily taken for each other, in a lake made as a night makes it."""

import pytest
from click.testing import CliRunner
from small_lake import drop_people, night

from pipelines.cli.why import why
from pipelines.identity.links import RULES
from pipelines.identity_decisions import decide_not_same, decide_same

READ = ("mart.customer_links", "mart.customer_reviews", "mart.contact_traits", "mart.former_customer_ids")
CLUB = """\
1,Zoé,Martin,zoe@north.example,06 39 98 00 01,1984-05-12,12 rue des Lilas,69003,Lyon,North
2,Jean,Roche,jean.roche@mail.example,01 99 00 27 43,1950-03-01,3 quai de Loire,45000,Orléans,
3,Paul,Roche,paul.roche@mail.example,01 99 00 27 43,1984-11-23,3 quai de Loire,45000,Orléans,
4,Ana,Blanc,amis@sud.example,,,,,,Sud Cycles
5,Kim,Lefort,kim.lefort@mail.example,,1980-02-03,,,,
6,Marie,Noir,marie@est.example,06 39 98 00 06,,,,,
7,Marie,Noir,,06 39 98 00 06,,,,,
8,Léa,Brun,accueil@est.example,,,,,,Est
"""
SHOP = """\
1,Zoé,Martin,zoe@north.example,,,,,,
2,Zoé,Martin,z.martin@autre.example,06 39 98 00 01,,,,,
4,Luc,Petit,amis@sud.example,,,,,,Sud Cycles
5,Kim,Lefort,kim.lefort@mail.example,,1991-07-30,,,,
6,Zoé,Grau,zoe.grau@ouest.example,06 39 98 00 99,,,,,
8,Eva,Court,accueil@est.example,,,,,,Est
"""


@pytest.fixture(scope="module")
def asked(company):
    """What `unsilo why` answers about two, after a night."""
    drop_people(company, "club", CLUB)
    drop_people(company, "shop", SHOP)
    with_decisions(company)

    def ask(one, other, *options, code=0):
        env = {"UNSILO_EXPORTS": str(company.workspace.exports), "UNSILO_LAKE": str(company.workspace.lake.root)}
        result = CliRunner(env=env).invoke(why, [one, other, *options])
        assert result.exit_code == code, result.output
        return result.output

    return ask


def with_decisions(company):
    """Two nights: people decide after the first one."""
    night(company, ["mart.customer_identities"], "first")
    decide_not_same(company.staging, "club/contact/6", "club/contact/7", "mother and daughter", "Ruth")
    decide_same(company.staging, "club/contact/1", "shop/contact/6", None, "Ruth")
    night(company, READ, "second")


def customer(company, contact):
    key = "concat_ws('/', tool, record_type, record_id)"
    [(found,)] = company.rows(f"select customer_id from mart.customer_identities where {key} = '{contact}'")
    return found


def values(said):
    """Whether any value shows that a marketer must not see."""
    return [value for value in ("Zoé", "Martin", "Roche", "1950", "Lilas", "zoe@", "39980001") if value in said]


def test_the_links_lead_from_one_to_the_other(asked):
    said = asked("shop/contact/1", "shop/contact/2")
    assert "One customer" in said and "2 links from shop/contact/1 to shop/contact/2" in said
    first, second = said.index("same e-mail address, which no other person uses"), said.index("same phone number")
    assert first < second
    assert "unsilo decide not-same shop/contact/1 shop/contact/2" in said
    assert values(said) == []


def test_father_and_son_at_one_address(asked):
    said = asked("club/contact/2", "club/contact/3")
    assert "Two customers. Two people of one family: what they share, relatives share." in said
    for reason in ("born on different days", "share the last name", "one postal address", "a household's"):
        assert reason in said
    assert values(said) == []


def test_two_colleagues_on_one_inbox(asked):
    said = asked("club/contact/4", "shop/contact/4")
    assert "Two customers. Two people use one inbox." in said
    assert "Both have a•••@sud.example, which 2 contacts use under 2 different names" in said
    assert "They have different names" in said and "work for the same company" in said
    function = asked("club/contact/8", "shop/contact/8")
    assert "Both have a•••@est.example, the address of a function" in function


def test_a_pair_in_doubt_waits_for_a_person(asked):
    said = asked("club/contact/5", "shop/contact/5")
    assert "they state two birth dates, so that a person has to decide" in said
    assert "are number 1 of the pairs to review: unsilo decide --export review.xlsx" in said
    assert "unsilo decide same club/contact/5 shop/contact/5" in said


def test_a_decision_that_keeps_apart_is_told_with_who_and_when(asked):
    said = asked("club/contact/6", "club/contact/7")
    assert "R••• decided that they are two people" in said and "unsilo decide undo d" in said
    assert "mother and daughter" not in said
    assert "(“mother and daughter”)" in asked("club/contact/6", "club/contact/7", "--role", "steward")


def test_who_has_nothing_in_common(asked):
    said = asked("club/contact/2", "club/contact/4")
    assert "Nothing that they state is the same." in said and "They have different names." in said


def test_a_steward_sees_the_values(asked):
    said = asked("club/contact/2", "club/contact/3", "--role", "steward")
    assert "Jean Roche" in said and "1950-03-01" in said and "3 quai de Loire" in said


def test_customers_and_ids_of_before_can_be_asked_about(asked, company):
    zoe, jean = customer(company, "club/contact/1"), customer(company, "club/contact/2")
    said = asked(zoe, jean)
    assert "Two customers" in said and "club/contact/2" in said
    [(former,)] = company.rows("select old_customer_id from mart.former_customer_ids")
    said = asked(former, zoe)
    assert f"One customer, {zoe}" in said and f"{former} is {zoe} today" in said
    assert f"1 contact of {former} turned out to be {zoe}" in said
    said = asked("shop/contact/6", "club/contact/1")
    assert "R••• decided that they are one person" in said


def test_a_contact_beside_its_own_customer_shows_what_links_it(asked, company):
    zoe = customer(company, "club/contact/1")
    assert "1 link from shop/contact/2 to club/contact/1" in asked(zoe, "shop/contact/2")
    ana = customer(company, "club/contact/4")
    assert "club/contact/4 is its only contact" in asked(ana, "club/contact/4")


def test_who_is_not_known_is_said(asked):
    assert "there is no contact club/contact/99" in asked("club/contact/99", "club/contact/1", code=2)
    assert "is no customer's id" in asked("c_nobody", "club/contact/1", code=2)
    assert "was named twice" in asked("club/contact/1", "club/contact/1", code=2)


@pytest.mark.usefixtures("asked")
def test_accepted_links_are_within_one_customer_and_make_it(company):
    [(across,)] = company.rows(
        "select count(*) from mart.customer_links as links inner join mart.customer_identities as identities"
        " on links.linked_key = concat_ws('/', tool, record_type, record_id)"
        " where links.customer_id != identities.customer_id"
    )
    assert across == 0


@pytest.mark.usefixtures("asked")
def test_rules_have_the_same_order_everywhere(company):
    assert company.rows("select match_rule from ref.match_rules order by match_rank") == [(rule,) for rule in RULES]
