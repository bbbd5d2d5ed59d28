"""A lake in which some people are known, and copies of what is uncertain about them, as a night would publish them."""

import duckdb

from warehouse import dictionary
from warehouse.published import ROLES, select_for

ZOE, ZOE_MAILED, ZOE_LEAD = "crm/contact/1", "mail/contact/1", "crm/lead/7"
PAUL, PAUL_MAILED, LUC = "crm/contact/2", "mail/contact/2", "crm/contact/3"
# by the customer each contact is published under, with its address
CUSTOMERS = {
    "c_zoe": {ZOE: "zoe@north.example", ZOE_MAILED: "zoe@north.example"},
    "c_lead": {ZOE_LEAD: "z.martin@north.example"},
    "c_paul": {PAUL: "paul@north.example", PAUL_MAILED: "accueil@north.example"},
    "c_luc": {LUC: "accueil@north.example"},
}

CONTACTS = [
    ("crm", "contact", "1", "Zoé", "Martin", None, "zoe@north.example", "+33639980001", "=HYPERLINK(1)"),
    ("crm", "lead", "7", None, None, "Zoé Martin-Brun", "z.martin@north.example", "06 39 98 00 01", None),
    ("crm", "contact", "2", "Paul", "Roche", None, "paul@north.example", None, None),
    ("crm", "contact", "3", "Luc", "Roche", None, "accueil@north.example", None, None),
]
OUTCOMES = ("name", "birth_date", "email", "phone", "address", "company")
REVIEWS = [
    # of Paul and Luc Roche more is at stake
    (ZOE_LEAD, ZOE, "uncertain", 0.73, "similar", "missing", "different", "same", "missing", "one_missing", 120, 2),
    (PAUL, LUC, "different_names", None, "different", "missing", "different", "missing", "same", "missing", 900, 1),
]


def resolve(staging):
    """Give the lake the tables of the last run that decisions on people look at."""
    rows = [
        (customer_id, key, address) for customer_id, contacts in CUSTOMERS.items() for key, address in contacts.items()
    ]
    with staging.transaction() as con:
        con.execute("create schema lake.unified; create schema lake.mart")
        con.execute("create or replace temp table people (customer_id text, contact_key text, email_key text)")
        con.executemany("insert into people values (?, ?, ?)", rows)
        con.execute("create table lake.unified.contact_keys as select contact_key, email_key from people")
        con.execute(
            "create table lake.mart.customer_identities as select customer_id, split_part(contact_key, '/', 1) as tool,"
            " split_part(contact_key, '/', 2) as record_type, split_part(contact_key, '/', 3) as record_id from people"
        )


def publish(home):
    """Write each role's copy with the pairs to review."""
    table = dictionary.table("unified.contacts")
    for role in ROLES.values():
        role.file(home).parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as con:
            con.execute("create schema unified")
            con.execute(f"create table unified.contacts ({', '.join(f'{c.name} {c.type}' for c in table.columns)})")
            con.executemany(
                "insert into unified.contacts (tool, record_type, record_id, first_name, last_name, full_name, email,"
                " phone, company, birth_date, postcode, city)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, date '1980-02-03', '69003', 'Lyon')",
                CONTACTS,
            )
            con.execute(f"attach '{role.file(home)}' as copy; create schema copy.unified; create schema copy.mart")
            con.execute(f"create table copy.unified.contacts as {select_for(role, table)}")
            outcomes = ", ".join(f"{name}_outcome text" for name in OUTCOMES)
            con.execute(
                "create table copy.mart.customer_reviews (contact_key text, linked_key text, reason text,"
                f" match_probability double, {outcomes}, amount_at_stake decimal(18, 6), stake_rank int, currency text)"
            )
            con.executemany(f"insert into copy.mart.customer_reviews values ({'?, ' * 12}'EUR')", REVIEWS)
