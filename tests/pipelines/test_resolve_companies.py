import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.resolve_companies import TABLE, resolve_companies

NO_DOMAINS: dict[str, bool] = {}


@pytest.fixture(scope="module")
def companies(company):
    """The groups that resolve makes of records, as a set of strings such as `abc`."""

    def made(keys, links, domains=NO_DOMAINS):
        """`keys`: what each record states; `links`: pairs such as `ab` by rule; `domains`: those that are shared."""
        staging = company.staging
        staging.write("unified.company_keys", [{"company_key": key, **stated} for key, stated in keys.items()])
        rows = [
            {"company_key": pair[0], "linked_key": pair[1], "match_rule": rule}
            for rule, pairs in links.items()
            for pair in pairs.split()
        ]
        staging.write("unified.company_links", rows)
        known = {stated["domain_key"] for stated in keys.values() if "domain_key" in stated}
        staging.write(
            "unified.company_domains",
            [{"domain_key": domain, "is_shared": domains.get(domain, False)} for domain in sorted(known)],
        )
        assert resolve_companies(staging) == len(keys)
        sql = f"select string_agg(company_key, '' order by company_key), cluster_key from {TABLE} group by cluster_key"
        found = dict(company.rows(sql))
        assert all(cluster == min(members) for members, cluster in found.items())
        return set(found)

    return made


def numbered(number):
    return {"registration_key": f"FR{number}", "registration_form": "FR9"}


ONE, TWO = numbered(100000009), numbered(200000008)


def test_records_without_links_are_each_their_own(companies):
    assert companies({"a": {}, "b": {}}, {}) == {"a", "b"}


def test_links_of_every_rule_join(companies):
    links = {"same_registration_number": "ab", "same_domain": "bc", "same_name": "cd", "same_record": "de"}
    assert companies({key: {} for key in "abcdef"}, links) == {"abcde", "f"}


def test_two_numbers_are_not_joined_through_records_that_state_none(companies):
    keys = {"a": ONE, "b": {}, "c": {}, "d": TWO}
    assert companies(keys, {"same_domain": "ab cd", "same_name": "bc"}) == {"ab", "cd"}


def test_a_weak_link_that_contradicts_undoes_no_stronger_one(companies):
    keys = {"a": ONE, "b": ONE, "c": {}, "d": TWO}
    links = {"same_registration_number": "ab", "same_domain": "bc", "same_name": "cd"}
    assert companies(keys, links) == {"abc", "d"}


def test_two_domains_of_one_record_each_do_not_hold_two_numbers_together(companies):
    keys = {"a": ONE, "b": {"domain_key": "x"}, "c": {"domain_key": "y"}, "d": TWO}
    links = {"same_record": "bc", "same_domain": "ab cd"}
    assert companies(keys, links) == {"a", "bc", "d"}


def test_numbers_of_two_forms_are_no_contradiction(companies):
    keys = {
        "a": {"registration_key": "GB01234568", "registration_form": "GB8"},
        "b": {"registration_key": "GB999999973", "registration_form": "GB9"},
        "c": {"registration_key": "BE0403019261", "registration_form": "BE10"},
    }
    assert companies(keys, {"same_domain": "ab"}) == {"ab", "c"}
    assert companies(keys, {"same_domain": "bc"}) == {"a", "b", "c"}


def test_a_name_does_not_join_companies_with_a_domain_each(companies):
    keys = {"a": {"domain_key": "x"}, "b": {}, "c": {"domain_key": "y"}, "d": {}}
    assert companies(keys, {"same_registration_number": "ab", "same_name": "bc"}) == {"ab", "c", "d"}
    shared = {"x": True, "y": True}
    assert companies(keys, {"same_registration_number": "ab", "same_name": "bc"}, shared) == {"abc", "d"}


def test_a_company_with_two_domains_still_gets_what_its_name_joins(companies):
    keys = {"a": {"domain_key": "x"}, "b": {"domain_key": "y"}, "c": {}, "d": {"domain_key": "y"}}
    links = {"same_registration_number": "ab", "same_name_and_place": "ac", "same_name": "bd"}
    assert companies(keys, links) == {"abcd"}


def test_what_the_tool_itself_merged_stays_merged(companies):
    assert companies({"a": ONE, "b": TWO, "c": {}}, {"same_record": "ab", "same_domain": "bc"}) == {"ab", "c"}


RECORDS = "abcdefgh"
STATED = st.fixed_dictionaries(
    {}, optional={"registration_key": st.sampled_from(["FR1", "FR2", "GB1"]), "domain_key": st.sampled_from("xyz")}
)
PAIRS = st.lists(st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).map("".join), max_size=8).map(" ".join)
BY = ("same_registration_number", "same_domain", "same_name")


@settings(max_examples=15, deadline=None)
@given(st.lists(STATED, min_size=8, max_size=8), st.fixed_dictionaries(dict.fromkeys(BY, PAIRS)))
def test_no_links_whatsoever_make_one_company_of_two_numbers(companies, stated, links):
    keys = {
        key: {**known, "registration_form": known["registration_key"][:2]} if "registration_key" in known else known
        for key, known in zip(RECORDS, stated, strict=True)
    }
    found = companies(keys, links)
    assert sorted("".join(found)) == list(RECORDS)
    for members in found:
        assert len({keys[key].get("registration_key") for key in members} - {None}) <= 1
    backwards = {rule: " ".join(pair[::-1] for pair in reversed(pairs.split())) for rule, pairs in links.items()}
    assert companies(dict(reversed(keys.items())), backwards) == found
