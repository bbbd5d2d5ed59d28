from functools import partial

import pytest
from resolving import resolved

ANA = {"first_key": "ana", "first_root": "ana", "last_key": "dubreuil", "name_key": "ana dubreuil"}
HOME = {"street_key": "12 rue lilas", "postcode_key": "69003", "city_key": "lyon"}


@pytest.fixture
def people(company):
    return partial(resolved, company)


def reasons(company):
    pairs = "select contact_key || linked_key, verdict, reason from unified.contact_pairs where verdict != 'accepted'"
    return {pair: (verdict, reason) for pair, verdict, reason in company.rows(pairs)}


def by_email(*pairs):
    return [(a, b, "same_email") for a, b in pairs]


def test_contacts_without_links_are_each_their_own(people):
    assert people({"a": {}, "b": {}}) == {"a", "b"}


@pytest.mark.parametrize("links", [["ba", "cb", "dc", "ed"], ["ed", "dc", "cb", "ba"], ["ab", "bc", "cd", "de"]])
def test_a_chain_of_links_is_one_person_called_by_the_smallest_key(people, company, links):
    assert people({key: {} for key in "abcdefg"}, by_email(*links, "gf")) == {"abcde", "fg"}
    assert company.rows("select distinct cluster_key from unified.contact_clusters order by 1") == [("a",), ("f",)]


def test_a_ring_of_links_comes_to_an_end(people):
    assert people({key: {} for key in "abc"}, by_email("ba", "cb", "ac")) == {"abc"}


def test_what_two_contacts_share_makes_them_one_person_without_an_address(people, company):
    born = {"birth_date": "1984-05-02"}
    found = people({"a": {**ANA, **HOME, **born}, "b": {**ANA, **born, "postcode_key": "69003"}, "c": {**ANA}})
    assert found == {"ab", "c"}
    rule, weight, probability = company.rows(
        "select match_rule, match_weight, match_probability from unified.contact_pairs where verdict = 'accepted'"
    )[0]
    assert rule == "probable" and weight > 7 and 0.99 < probability < 1


def test_father_and_son_of_one_name_at_one_address_stay_two_people(people, company):
    found = people({"a": {**ANA, **HOME, "birth_date": "1950-03-17"}, "b": {**ANA, **HOME, "birth_date": "1984-05-02"}})
    assert found == {"a", "b"}
    assert reasons(company) == {"ab": ("review", "two_birth_dates")}


def test_twins_at_one_address_stay_two_people(people, company):
    twin = {"first_key": "lou", "first_root": "lou", "last_key": "dubreuil", "name_key": "dubreuil lou"}
    born = {"birth_date": "1984-05-02"}
    assert people({"a": {**ANA, **HOME, **born}, "b": {**twin, **HOME, **born}}) == {"a", "b"}
    assert reasons(company) == {"ab": ("review", "different_names")}


def test_two_addresses_of_one_company_are_two_colleagues_of_one_name(people, company):
    work = {"employer_key": "nordlys conseil", "city_key": "lyon"}
    own = {"is_shared": False, "contact_count": 1}
    addresses = ["ana.dubreuil@nordlys.example", "ana.dubreuil2@nordlys.example"]
    found = people(
        {key: {**ANA, **work, "email_key": address} for key, address in zip("ab", addresses, strict=True)},
        **{"unified.inboxes": [{"email_key": address, **own} for address in addresses]},
    )
    assert found == {"a", "b"}


def test_two_birth_dates_are_not_joined_through_a_contact_that_states_none(people, company):
    found = people(
        {"a": {"birth_date": "1950-03-17"}, "b": {}, "c": {"birth_date": "1984-05-02"}}, by_email("ba", "cb")
    )
    assert found == {"a", "b", "c"}
    assert set(reasons(company).values()) == {("review", "two_birth_dates")}


def test_the_surer_rule_decides_to_which_side_of_a_conflict_a_contact_belongs(people):
    links = [("b", "a", "same_email"), ("c", "b", "same_phone_and_name")]
    assert people({"a": {"birth_date": "1950-03-17"}, "b": {}, "c": {"birth_date": "1984-05-02"}}, links) == {"ab", "c"}


def test_two_identifiers_of_one_system_are_two_people(people, company):
    ids = [{"contact_key": key, "tool": "m", "id_name": "crm_id", "external_id": f"00300{key}"} for key in "ab"]
    assert people({"a": {}, "b": {}}, by_email("ba"), **{"unified.external_ids": ids}) == {"a", "b"}
    assert reasons(company) == {"ab": ("review", "two_external_ids")}


def test_what_a_tool_merged_is_one_person_whatever_the_records_state(people):
    keys = {"a": {"birth_date": "1950-03-17"}, "b": {"birth_date": "1984-05-02"}}
    assert people(keys, [("b", "a", "same_record")]) == {"ab"}


def test_what_people_keep_apart_is_apart_directly_and_through_others(people, company):
    apart = [("not_same_customer", "a", "c")]
    found = people({key: {} for key in "abc"}, [("b", "a", "same_record"), *by_email("cb")], apart)
    assert found == {"ab", "c"}
    assert reasons(company)["ac"] == ("refused", "decided")


def test_a_decision_joins_against_appearances_and_is_named(people, company):
    keys = {"a": {"birth_date": "1950-03-17"}, "b": {"birth_date": "1984-05-02"}}
    assert people(keys, [("a", "b", "decided")], [("same_customer", "a", "b")]) == {"ab"}
    assert company.rows("select decision_id from unified.contact_pairs") == [("d0",)]


def test_what_a_decision_joins_brings_its_own_contacts_along_and_nobody_else(people, company):
    born = {"a": "1950-03-17", "A": "1950-03-17", "b": "1984-05-02", "B": "1984-05-02", "c": "1970-01-30"}
    links = [("a", "b", "decided"), *by_email("aA", "bB", "cB")]
    found = people({key: {"birth_date": date} for key, date in born.items()}, links, [("same_customer", "a", "b")])
    assert found == {"ABab", "c"}
    assert reasons(company)["Bc"] == ("review", "two_birth_dates")


def test_organisations_are_joined_by_rules_only(people):
    same = {**ANA, **HOME, "birth_date": "1984-05-02", "is_organisation": True}
    assert people({"a": same, "b": same}) == {"a", "b"}
    assert people({"a": same, "b": same}, by_email("ba")) == {"ab"}
