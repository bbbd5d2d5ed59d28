"""The golden record, whatever the contacts state and whatever the rules are."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.survivorship import PARTS, RULES, rules
from warehouse import dictionary
from warehouse.models import models
from warehouse.staging import arrow_rows

MODELS = models({})
BUILT = ("unified.survivors", "mart.customer_values", "mart.customers")
RECORD = ("tool", "record_type", "record_id")
# each with how it is compared; what has no column among the keys is compared as it stands
KEYS = {
    "full_name": "name_key", "email": "email_key", "phone": "phone_e164", "company": "employer_key",
    "street": "street_key", "address_line_2": "address_2_key",
    "postcode": "postcode_key", "city": "city_key", "region": "region_key",
}  # fmt: skip
FIELDS = [field for fields in PARTS.values() for field in fields]
CONTACT = st.fixed_dictionaries(
    {
        "tool": st.sampled_from(["crm", "mail", "shop"]),
        "updated_at": st.sampled_from([None, "2026-01-01", "2026-02-01"]),
        "customer": st.integers(0, 5),
        "is_organisation": st.booleans(),
        **dict.fromkeys(FIELDS, st.sampled_from([None, None, "a", "b"])),
        "birth_date": st.sampled_from([None, "1980-02-03", "1981-02-03"]),
    }
)


@pytest.fixture(scope="module")
def con():
    opened = duckdb.connect()
    for name in set.union(*(set(MODELS[name].depends_on) for name in BUILT)) | set(BUILT):
        opened.execute(f"create schema if not exists {name.split('.')[0]}")
        columns = ", ".join(f'"{column.name}" {column.type}' for column in dictionary.table(name).columns)
        opened.execute(f"create table {name} ({columns})")
    return opened


def fill(con, table, rows):
    con.register("rows", arrow_rows(table, rows))
    columns = ", ".join(f'cast("{c.name}" as {c.type}) as "{c.name}"' for c in dictionary.table(table).columns)
    con.execute(f"create or replace table {table} as select {columns} from rows")


def golden(con, contacts, stated):
    """What mart.customer_values and mart.customers make of contacts."""
    numbered = [{**contact, "record_type": "contact", "record_id": str(contact["no"])} for contact in contacts]
    columns = [*RECORD, "updated_at", *FIELDS]
    fill(con, "unified.contacts", [{column: contact[column] for column in columns} for contact in numbered])
    keys = [
        {
            **{column: contact[column] for column in (*RECORD, "is_organisation")},
            "contact_key": f"contact/{contact['no']}",
        }
        | {key: contact[field] for field, key in KEYS.items()}
        for contact in numbered
    ]
    fill(con, "unified.contact_keys", keys)
    identities = [{"customer_id": f"c_{c['customer']}", **{column: c[column] for column in RECORD}} for c in numbered]
    fill(con, "mart.customer_identities", identities)
    fill(con, "ops.tools", [{"tool": "shop", "trust_rank": 1}, {"tool": "crm", "trust_rank": 2}])
    fill(con, "ref.survivorship", rules(stated))
    for name in BUILT:
        con.execute(f"create or replace table {name} as {MODELS[name].sql}")
    listed = ", ".join(column.name for column in dictionary.table("mart.customer_values").columns)
    values = con.execute(f"select {listed} from mart.customer_values order by all").fetchall()
    return values, con.execute("from mart.customers order by all").fetchall()


@settings(max_examples=10, deadline=None, derandomize=True, database=None)
@given(
    contacts=st.lists(CONTACT, min_size=1, max_size=25),
    stated=st.dictionaries(st.sampled_from(["default", *PARTS]), st.sampled_from(RULES)),
    chance=st.randoms(use_true_random=False),
)
def test_a_golden_value_is_what_one_record_states_and_a_part_is_one_records(con, contacts, stated, chance):
    contacts = [{**contact, "no": no} for no, contact in enumerate(contacts)]
    values, customers = golden(con, contacts, stated)
    assert len(customers) == len({contact["customer"] for contact in contacts})
    givers, found = {}, set()
    for customer, field, value, tool, _, record_id, *_, rule, value_count in values:
        record = contacts[int(record_id)]
        assert (f"c_{record['customer']}", record["tool"]) == (customer, tool)
        said = {contact[field] for contact in contacts if f"c_{contact['customer']}" == customer} - {None}
        if field != "full_name":  # a name in pieces is joined
            assert record[field] == value
            assert value_count == (1 if field in ("first_name", "last_name") else len(said))
        [part] = [part for part, fields in PARTS.items() if field in fields]
        assert givers.setdefault((customer, part), record_id) == record_id
        assert rule in RULES
        found.add((customer, part))
    # whatever anybody states of a part, somebody stands for it
    for contact in contacts:
        for part in ("email", "phone", "employment", "birth_date", "gender"):
            if any(contact[field] for field in PARTS[part]):
                assert (f"c_{contact['customer']}", part) in found
    chance.shuffle(contacts)
    assert golden(con, contacts, stated) == (values, customers)
    assert golden(con, [c for c in contacts if c["customer"] != 2], stated)[0] == [v for v in values if v[0] != "c_2"]
