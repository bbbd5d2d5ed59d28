"""Ids of customers over any nights: the model and its memory, without what makes the clusters."""

from collections import defaultdict
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.customer_ids import remember
from warehouse import dictionary
from warehouse.models import models

READS = ("unified.contact_keys", "unified.contact_clusters", "unified.contact_pairs", "ref.settings", "ref.match_rules")
OPS = ("ops.customer_ids", "ops.customer_id_history")
# a night takes as long for many as for few: each is one of so many families of so many, who are not linked to others
FAMILIES, OF = 15, 6
CONTACTS = [(family, f"{family:02}{letter}") for family in range(FAMILIES) for letter in "abcdef"]
ABSENT = OF


class Nights:
    """Nights of a company, each given as the cluster of every contact that is in its exports."""

    def __init__(self, con):
        self.con = con
        self.staging = SimpleNamespace(con=con)
        self.forget()

    def forget(self):
        for name in OPS:
            self.con.execute(f"delete from lake.{name}")

    def night(self, clusters):
        """The id of every contact after a night; each cluster is called by its smallest contact."""
        first = {}
        for contact, cluster in sorted(clusters.items()):
            first.setdefault(cluster, contact)
        rows = pa.table({"contact": list(clusters), "first": [first[cluster] for cluster in clusters.values()]})
        self.con.register("given", rows.cast(GIVEN))
        self.con.execute("delete from unified.contact_keys; delete from unified.contact_clusters")
        self.con.execute(
            "insert into unified.contact_keys (contact_key, tool, record_type, record_id)"
            " select contact || '/c/' || contact, contact, 'c', contact from given"
        )
        self.con.execute(
            "insert into unified.contact_clusters"
            " select contact || '/c/' || contact, first || '/c/' || first from given"
        )
        self.con.execute("create or replace table mart.customer_identities as " + SQL)
        self.churn = remember(self.staging)
        found = self.con.execute("select record_id, customer_id from mart.customer_identities").fetchall()
        assert len(found) == len(clusters)
        return dict(found)

    def rows(self, name):
        return self.con.execute(f"from lake.{name} order by all").fetchall()


GIVEN = pa.schema({"contact": pa.string(), "first": pa.string()})
SQL = models({})["mart.customer_identities"].sql


@pytest.fixture(scope="module")
def company():
    con = duckdb.connect()
    con.execute("attach ':memory:' as lake; set threads = 1")
    for name in (*READS, *OPS):
        place = f"lake.{name}" if name in OPS else name
        columns = ", ".join(f'"{column.name}" {column.type}' for column in dictionary.table(name).columns)
        con.execute(f"create schema if not exists {place.rpartition('.')[0]}; create table {place} ({columns})")
    con.execute("create schema mart; create schema ops; insert into ref.settings (run_date) values (date '2026-09-30')")
    for name in OPS:
        con.execute(f"create view {name} as from lake.{name}")
    yield Nights(con)
    con.close()


def of(numbers):
    """Clusters by contact, from a number for each; those that are absent are in no export."""
    pairs = zip(CONTACTS, numbers, strict=True)
    return {contact: (family, number) for (family, contact), number in pairs if number != ABSENT}


def clustering(number):
    return st.lists(number, min_size=len(CONTACTS), max_size=len(CONTACTS)).map(of)


whole, partial = clustering(st.integers(0, OF - 1)), clustering(st.integers(0, ABSENT))
histories = st.lists(partial, max_size=3)
examined = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def contacts_of(clusters):
    """The contacts of each cluster."""
    found = defaultdict(set)
    for contact, cluster in clusters.items():
        found[cluster].add(contact)
    return {frozenset(contacts) for contacts in found.values()}


@examined
@given(nights=st.lists(partial, min_size=1, max_size=4))
def test_every_contact_is_one_customer_and_every_customer_one_cluster(company, nights):
    company.forget()
    for clusters in nights:
        ids = company.night(clusters)
        assert contacts_of(ids) == contacts_of(clusters)
        live = company.con.execute(
            "select split_part(contact_key, '/', 1), customer_id from ops.customer_ids where until_night is null"
        ).fetchall()
        assert dict(live) == ids and len(live) == len(ids)
        twice = "select 1 from ops.customer_ids group by contact_key, since_night having count(*) > 1"
        assert company.con.execute(twice).fetchall() == []


@examined
@given(history=histories, before=partial, after=partial)
def test_whoever_stays_together_keeps_the_id_whatever_else_comes_goes_or_changes(company, history, before, after):
    company.forget()
    for clusters in history:
        company.night(clusters)
    was, now = company.night(before), company.night(after)
    old = contacts_of(before)
    for together in contacts_of(after):
        known = together & set(before)
        # those that were in the exports the night before were one customer, the others join it or come back
        if known in old:
            assert {now[contact] for contact in together} == {was[contact] for contact in known}


@examined
@given(history=histories, before=whole, decided=whole)
def test_what_is_decided_and_undone_is_called_as_before(company, history, before, decided):
    company.forget()
    for clusters in history:
        company.night(clusters)
    was = company.night(before)
    company.night(decided)
    assert company.night(before) == was


@examined
@given(nights=st.lists(partial, min_size=2, max_size=4))
def test_the_same_again_changes_nothing(company, nights):
    company.forget()
    for clusters in nights:
        ids = company.night(clusters)
        known = [company.rows(name) for name in OPS]
        assert company.night(clusters) == ids
        assert [company.rows(name) for name in OPS] == known
        assert set(company.churn) == {0}


@examined
@given(nights=st.lists(partial, min_size=1, max_size=4))
def test_an_id_is_new_or_one_that_a_contact_of_the_customer_had(company, nights):
    company.forget()
    had, given_ids = {}, set()
    for clusters in nights:
        ids = company.night(clusters)
        for together in contacts_of(ids):
            [customer] = {ids[contact] for contact in together}
            assert customer not in given_ids or any(customer in had.get(contact, ()) for contact in together)
        given_ids |= set(ids.values())
        for contact, customer in ids.items():
            had.setdefault(contact, set()).add(customer)


@examined
@given(nights=st.lists(partial, min_size=1, max_size=4), random=st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(company, nights, random):
    company.forget()
    ids = [company.night(clusters) for clusters in nights]
    known = [company.rows(name) for name in OPS]
    company.forget()
    for clusters, found in zip(nights, ids, strict=True):
        rows = list(clusters.items())
        random.shuffle(rows)
        assert company.night(dict(rows)) == found
    assert [company.rows(name) for name in OPS] == known
