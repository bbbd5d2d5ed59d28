"""Touched: the contacts whose customer tonight's changes can alter, found along everything that contacts share."""

from __future__ import annotations

from pipelines.identity.verdicts import CERTAIN
from warehouse.lake import Connection, count

# the database, in memory, that holds the few contacts under the names of the tables of all
SMALL = "small"

CHANGED = f"""
    create table {SMALL}.changed as
    with stated as (
        select coalesce(tonight.contact_key, before.contact_key) as contact_key
        from {SMALL}.unified.contact_fingerprints as tonight
        full join unified.contact_fingerprints as before on tonight.contact_key = before.contact_key
        where tonight.fingerprint is distinct from before.fingerprint
    )
    from stated
    union
    -- what a record was made into states things for it
    select concat_ws('/', tool, record_type, record_id)
    from unified.contacts
    where concat_ws('/', tool, successor_id) in (from stated) and successor_id is not null
"""

# in two steps, since a whole row takes long to read
OLD = """
    create or replace temp table places as
    select rowid as place from {name} where contact_key in (from {small}.changed);
    create table {small}.old_{old} as from {name} where rowid in (from places);
    delete from {small}.{name} where contact_key not in (from {small}.changed);
"""

STATED = f"(from unified.contact_keys union all from {SMALL}.old_keys)"
# who was one person, or was held together until a contradiction split them; a doubt that was never more stays one
SHARED = (
    f"select who, person as shared from {SMALL}.people",
    f"""
        select unnest([hash(contact_key), hash(linked_key)]), hash(contact_key, linked_key)
        from unified.contact_pairs
        where verdict != 'accepted'
        and (match_rule != 'probable' or reason not in ('uncertain', 'weak_link') and match_weight >= {CERTAIN})
    """,
    *(
        f"select hash(contact_key), hash('{key}', {key}) from {STATED} where {key} is not null"
        for key in ("email_key", "mailbox_key", "phone_e164")
    ),
)
SHARED_IDS = (
    "select hash(contact_key), hash('id', external_id) from unified.external_ids",
    f"select hash(contact_key), hash('id', external_id) from {SMALL}.old_ids",
    f"select hash(contact_key), hash('id', record_id) from {STATED}",
)
# whoever comes apart again is called as before
SHARED_HISTORY = """
    select hash(contact_key), hash('customer', customer_id)
    from ops.customer_ids
    where customer_id in (select customer_id from ops.customer_ids where until_night is not null)
"""

BEGIN = f"""
    select hash(contact_key) as who from {SMALL}.changed
    union select hash(unnest([subject, other_subject])) from ops.decisions
    where kind in ('same_customer', 'not_same_customer')
    union select hash(contact_key) from unified.contact_keys
    where email_key in (select subject from ops.decisions where kind = 'shared_address')
"""


def find_changed(con: Connection) -> int:
    """Build `small.changed`: contacts that are new, gone, or state something else than before; returns how many."""
    con.execute(CHANGED)
    con.execute(f"delete from {SMALL}.unified.contact_fingerprints where contact_key not in (from {SMALL}.changed)")
    return count(con, f"{SMALL}.changed")


def is_anything_decided(con: Connection) -> bool:
    """Whether anybody ever decided who is who: that may hold again, or no longer."""
    decided = (
        "select 1 from ops.decisions where kind in ('same_customer', 'not_same_customer', 'shared_address') limit 1"
    )
    return con.execute(decided).fetchone() is not None


def show_changed(con: Connection) -> None:
    """Show the changed contacts, what they were made into, and their companies, as if there were no others.

    And the companies whose name nobody had before.
    """
    con.execute(f"""
        create or replace temp table places as
        select rowid as place, tool, successor_id
        from unified.contacts where concat_ws('/', tool, record_type, record_id) in (from {SMALL}.changed)
    """)
    con.execute(f"""
        create table {SMALL}.unified.contacts as
        from unified.contacts
        where rowid in (
            select place from places
            union
            select contacts.rowid
            from unified.contacts as contacts
            inner join places on contacts.tool = places.tool
                and concat_ws('/', contacts.record_type, contacts.record_id) = places.successor_id
        )
    """)
    con.execute(f"""
        create table {SMALL}.unified.companies as
        from unified.companies
        where name not in (select name from unified.organisation_names)
        or concat_ws('/', tool, record_id) in (
            select concat_ws('/', tool, company_record_id) from {SMALL}.unified.contacts
        )
    """)


def keep_old(con: Connection) -> None:
    """Keep what the changed contacts stated: `small.old_keys` and `small.old_ids`; show no others' any more."""
    for name, old in (("unified.contact_keys", "keys"), ("unified.external_ids", "ids")):
        con.execute(OLD.format(name=name, old=old, small=SMALL))


def show(con: Connection) -> None:
    """Show the touched contacts as if there were no others; `small.keys` holds what they state, and stated before."""
    for name in ("unified.contact_keys", "unified.external_ids"):
        con.execute(f"""
            create or replace table {SMALL}.{name} as from {name} where hash(contact_key) in (from {SMALL}.touched)
        """)
    con.execute(
        f"create or replace view {SMALL}.keys as from {SMALL}.unified.contact_keys union all from {SMALL}.old_keys"
    )


def begin(con: Connection) -> None:
    """Build `small.touched` of whoever shares something with the changed contacts, or with those who do.

    Contacts are numbers: `who` is the hash of a key. A person of last night is in it as a whole, and so is whoever
    states the same address, number or identifier: what is true of these can be told from them alone.
    """
    with_ids = bool(count(con, "unified.external_ids") + count(con, f"{SMALL}.old_ids"))
    with_history = con.execute("select 1 from ops.customer_ids where until_night is not null limit 1").fetchone()
    shared = [*SHARED, *(SHARED_IDS if with_ids else ()), *([SHARED_HISTORY] if with_history else ())]
    con.execute(f"""
        create table {SMALL}.people as
        select hash(contact_key) as who, hash(cluster_key) as person from unified.contact_clusters
    """)
    con.execute(f"create table {SMALL}.memberships as {' union all '.join(shared)}")
    con.execute(f"create table {SMALL}.touched (who ubigint)")
    follow(con, BEGIN)
    con.execute(f"create table {SMALL}.unsettled as from {SMALL}.touched")


def follow(con: Connection, begin: str) -> int:
    """Add a relation of `who` to `small.touched`, and all whom they reach; returns how many are touched."""
    con.execute(f"create or replace temp table reached as select distinct who from ({begin})")
    while count(con, "reached"):
        con.execute(f"insert into {SMALL}.touched from reached where who not in (from {SMALL}.touched)")
        con.execute(f"""
            create or replace temp table reached as
            select distinct who
            from {SMALL}.memberships
            where shared in (select shared from {SMALL}.memberships where who in (from reached))
            and who not in (from {SMALL}.touched)
        """)
    return count(con, f"{SMALL}.touched")
