import pytest

from pipelines.customer_ids import Churn, churn, remember
from warehouse.models import models

FORMER = models({})["mart.former_customer_ids"].sql


@pytest.fixture
def nights(company):
    """Publishes identities, given as the contacts of each customer such as `a="12"`, and returns what changed."""
    staging = company.staging
    with staging.transaction() as con:
        con.execute("delete from lake.ops.customer_ids; delete from lake.ops.customer_id_history")
    staging.write("ref.settings", [{"run_date": company.workspace.as_of}])

    def night(**customers):
        rows = [
            {"customer_id": customer, "tool": "crm", "record_type": "contact", "record_id": contact, "linked_at": None}
            for customer, contacts in customers.items()
            for contact in contacts
        ]
        staging.write("mart.customer_identities", rows)
        expected = churn(staging)
        with staging.transaction():
            assert remember(staging) == expected
        return expected

    return night


def memory(company):
    """Stretches of each contact, as `contact customer since-until`."""
    rows = company.rows(
        "select right(contact_key, 1), customer_id, since_night, until_night from lake.ops.customer_ids order by all"
    )
    return [f"{contact} {customer} {since}-{until or ''}" for contact, customer, since, until in rows]


def history(company):
    return company.rows(
        "select night, old_customer_id, customer_id, change, contact_count from ops.customer_id_history order by all"
    )


def test_the_first_night_knows_nobody_from_before(company, nights):
    assert nights(a="12", b="3") == Churn(2, 0, 0, 0, 0)
    assert memory(company) == ["1 a 1-", "2 a 1-", "3 b 1-"]
    assert history(company) == []


def test_a_night_that_changes_nobody_is_not_counted(company, nights):
    nights(a="12", b="3")
    known = memory(company)
    assert nights(a="12", b="3") == Churn(0, 0, 0, 0, 0)
    assert memory(company) == known
    nights(a="123")
    assert memory(company) == ["1 a 1-", "2 a 1-", "3 a 2-", "3 b 1-2"]


def test_a_merge_and_its_undoing_can_be_followed(company, nights):
    nights(a="1", b="345")
    assert nights(a="1345") == Churn(0, 1, 0, 0, 3)
    assert nights(a="1", b="345") == Churn(0, 0, 1, 0, 3)
    assert history(company) == [(2, "b", "a", "merged", 3), (3, "a", "b", "restored", 3)]


def test_splits_and_moves_are_told_apart(company, nights):
    nights(a="123", b="45")
    assert nights(a="14", b="5", c="2", d="3") == Churn(0, 0, 2, 0, 3)
    assert history(company) == [
        (2, "a", "c", "split", 1),
        (2, "a", "d", "split", 1),
        (2, "b", "a", "moved", 1),
    ]


def test_nights_of_one_day_are_told_apart(company, nights):
    nights(a="1", b="2", c="3")
    nights(a="12", c="3")
    nights(a="123")
    days = company.rows("select distinct changed_on from lake.ops.customer_id_history")
    assert days == [(company.workspace.as_of,)]
    assert [row[:3] for row in history(company)] == [(2, "b", "a"), (3, "c", "a")]


def test_who_leaves_the_exports_is_gone_and_comes_back_as_if_never_away(company, nights):
    nights(a="12", b="3")
    assert nights(a="1") == Churn(0, 0, 0, 1, 0)
    assert memory(company) == ["1 a 1-", "2 a 1-2", "3 b 1-2"]
    assert nights(a="12", b="3", c="4") == Churn(1, 0, 0, 0, 0)
    assert memory(company) == ["1 a 1-", "2 a 1-", "3 b 1-", "4 c 3-"]
    assert history(company) == []


def test_who_comes_back_as_somebody_else_begins_anew(company, nights):
    nights(a="1", b="2")
    nights(a="1")
    nights(a="12")
    assert memory(company) == ["1 a 1-", "2 a 3-", "2 b 1-2"]
    assert history(company) == []


def test_the_memory_of_an_older_version_is_taken_over(company, nights):
    company.staging.con.execute(
        "insert into lake.ops.customer_ids (contact_key, customer_id)"
        " values ('crm/contact/1', 'a'), ('crm/contact/2', 'b')"
    )
    assert nights(a="12") == Churn(0, 1, 0, 0, 1)
    assert memory(company) == ["1 a None-", "2 a 1-", "2 b None-1"]


def test_an_old_id_leads_to_the_customer_of_today_before_and_after_publishing(company, nights):
    company.staging.con.execute("create schema if not exists mart")
    nights(a="1", b="34", c="5")
    for customers in ({"a": "134", "c": "5"}, {"c": "1345"}, {"c": "134", "d": "5"}):
        nights(**customers)
        found = sorted(company.rows(FORMER))
        nights(**customers)
        assert sorted(company.rows(FORMER)) == found
    assert found == [("a", "c", 3, 1), ("b", "c", 2, 1)]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 0, 0), "nobody new, merged or split"),
        ((1204, 0, 0, 0, 0), "1,204 new"),
        ((2, 1, 3, 4, 5), "2 new, 1 merged into another, 3 split from another, 4 in no export any more; 5 contacts"),
        ((0, 1, 0, 0, 1), "1 merged into another; 1 contact changed customer"),
    ],
)
def test_what_changed_is_said_in_one_line(counts, said):
    assert Churn(*counts).sentence.startswith(said)
