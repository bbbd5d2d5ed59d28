import pytest

from pipelines.resolve import TABLE, resolve


def clusters(company, keys, links):
    """The groups that resolve makes, as a set of strings such as `abc`."""
    company.staging.write("unified.contact_keys", [{"contact_key": key} for key in keys])
    rows = [{"contact_key": a, "linked_key": b, "match_rule": "same_email"} for a, b in links]
    company.staging.write("unified.contact_links", rows)
    assert resolve(company.staging) == len(keys)
    sql = f"select string_agg(contact_key, '' order by contact_key), cluster_key from {TABLE} group by cluster_key"
    return dict(company.rows(sql))


def test_contacts_without_links_are_each_their_own(company):
    assert clusters(company, "ab", []) == {"a": "a", "b": "b"}


@pytest.mark.parametrize("links", [["ba", "cb", "dc", "ed"], ["ed", "dc", "cb", "ba"], ["ab", "bc", "cd", "de"]])
def test_a_chain_of_links_is_one_cluster_called_by_its_smallest_key(company, links):
    assert clusters(company, "abcdefg", [*links, "gf"]) == {"abcde": "a", "fg": "f"}


def test_a_ring_of_links_comes_to_an_end(company):
    assert clusters(company, "abc", ["ba", "cb", "ac"]) == {"abc": "a"}


def test_two_groups_are_joined_by_one_link(company):
    assert clusters(company, "abcdef", ["ba", "ca", "ed", "fd", "fc"]) == {"abcdef": "a"}


def test_two_birth_dates_are_not_joined_through_a_contact_that_states_none(company):
    born = {"a": "1950-01-01", "b": None, "c": "1980-01-01"}
    clusters(company, "abc", ["ba", "cb"])
    keys = [{"contact_key": key, "birth_date": day} for key, day in born.items()]
    company.staging.write("unified.contact_keys", keys)
    resolve(company.staging)
    found = dict(company.rows(f"select contact_key, cluster_key from {TABLE}"))
    assert found["a"] != found["c"]
