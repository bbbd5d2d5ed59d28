"""The golden record of the invented company's people, against what the tools state of them."""

import csv

import pytest

OWN_FORM = ("full_name", "phone")  # a name in pieces is joined, a number is written in E.164 form


def test_every_value_is_stated_by_the_record_it_names(night):
    with night.copy() as con:
        columns = {name for (name,) in con.execute("select column_name from (describe unified.contacts)").fetchall()}
        fields = [field for (field,) in con.execute("select distinct field from mart.customer_values").fetchall()]
        assert set(fields) <= columns and len(fields) > 10
        for field in fields:
            is_same = f'cast(contacts."{field}" as varchar) = shown.value'
            [(count, stated, named, dated)] = con.execute(
                f"""
                select
                    count(*),
                    count(*) filter ({is_same if field != "email" else "trim(contacts.email) = shown.value"}),
                    count(identities.customer_id),
                    count(*) filter (shown.stated_at is not distinct from coalesce(updated_at, created_at))
                from mart.customer_values as shown
                left join unified.contacts as contacts using (tool, record_type, record_id)
                left join mart.customer_identities as identities using (customer_id, tool, record_type, record_id)
                where shown.field = ?
                """,
                [field],
            ).fetchall()
            assert count == named == dated
            assert stated == count or field in OWN_FORM


def test_a_customer_shows_the_golden_record(night):
    with night.copy() as con:
        shown = con.execute(
            """
            with long as (
                unpivot (select customer_id, full_name, first_name, last_name, email, phone, company, job_title, city,
                    postcode, country from mart.customers)
                on * exclude (customer_id) into name field value value
            )
            select customer_id, field, value from long
            """
        ).fetchall()
        golden = con.execute(
            "select customer_id, field, value from mart.customer_values"
            " where field in (select column_name from (describe mart.customers))"
        ).fetchall()
    assert sorted(shown) == sorted(golden)


def test_who_is_outdated_has_changed_something(night, sample):
    with (sample / "truth" / "stories.csv").open(encoding="utf-8", newline="") as file:
        told = {
            (row["story"], f"{row['tool']}/{row['record_type']}/{row['record_id']}") for row in csv.DictReader(file)
        }
    with night.copy() as con:
        rows = con.execute("select subject, row_key from mart.gap_rows where gap_kind = 'outdated_contact'").fetchall()
    story = {"company": "job_change", "last_name": "new_name"}
    assert {(story[subject], key) for subject, key in rows} <= told


@pytest.mark.parametrize("role", ["marketer", "steward"])
def test_only_stewards_see_the_values(night, role):
    with night.copy(role) as con:
        found = con.execute("select distinct value from mart.customer_values").fetchall()
    assert (found == [("•••",)]) == (role == "marketer")
