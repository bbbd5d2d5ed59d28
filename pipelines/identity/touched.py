"""Touched: the contacts whose customer tonight's changes can alter, and what has to be looked at to tell."""

from __future__ import annotations

from pipelines.identity.candidates import partners
from pipelines.identity.features import SCRATCH
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

KEYS = (
    f"create table {SMALL}.old_keys as from unified.contact_keys where contact_key in (from {SMALL}.changed)",
    f"delete from unified.contact_keys where contact_key in (from {SMALL}.changed)",
    "insert into unified.contact_keys by name"
    f" from {SMALL}.unified.contact_keys where contact_key in (from {SMALL}.changed)",
)

PARTNERS = f"""
    create table {SMALL}.partners as
    select a.contact_key, b.contact_key as linked_key
    from {SCRATCH}.partners as pairs
    inner join unified.contact_keys as a on pairs.place = a.rowid
    inner join unified.contact_keys as b on pairs.other = b.rowid
"""

BEGIN = f"""
    create table {SMALL}.touched as
    from {SMALL}.changed
    union select contact_key from {SMALL}.partners
    union select linked_key from {SMALL}.partners
    union select subject from ops.decisions where kind in ('same_customer', 'not_same_customer')
    union select other_subject from ops.decisions where kind in ('same_customer', 'not_same_customer')
    union select contact_key from unified.contact_keys
    where email_key in (select subject from ops.decisions where kind = 'shared_address')
"""

STATED = f"""
    create or replace temp table stated as
    select contact_key, record_id, email_key, mailbox_key, phone_e164
    from unified.contact_keys where contact_key in (from {SMALL}.touched)
    union all
    select contact_key, record_id, email_key, mailbox_key, phone_e164 from {SMALL}.old_keys
"""
IDS = f"""
    create or replace temp table stated_ids as
    select external_id from unified.external_ids where contact_key in (from {SMALL}.touched)
    union select external_id from {SMALL}.unified.external_ids
    union select record_id from stated
"""

# what held two people together until a contradiction split them; a pair that was never more than a doubt stays one
HELD = (
    "(verdict = 'accepted' or match_rule != 'probable'"
    f" or reason not in ('uncertain', 'weak_link') and match_weight >= {CERTAIN})"
)
# who is one person with them, or was taken for it; who states the same; who has the id that was once theirs
REACHED = (
    f"select contact_key from unified.contact_clusters where cluster_key in"
    f" (select cluster_key from unified.contact_clusters where contact_key in (from {SMALL}.touched))",
    f"select linked_key from unified.contact_pairs where {HELD} and contact_key in (from {SMALL}.touched)",
    f"select contact_key from unified.contact_pairs where {HELD} and linked_key in (from {SMALL}.touched)",
    *(
        f"select contact_key from unified.contact_keys where {key} in (select {key} from stated)"
        for key in ("email_key", "mailbox_key", "phone_e164")
    ),
)
REACHED_BY_IDS = (
    "select contact_key from unified.external_ids where external_id in (from stated_ids)",
    "select contact_key from unified.contact_keys where record_id in (from stated_ids)",
)
REACHED_BY_HISTORY = f"""
    select contact_key from ops.customer_ids where until_night is null and customer_id in (
        select customer_id from ops.customer_ids where until_night is not null and contact_key in (from {SMALL}.touched)
    )
"""

# of those who were looked at before, the pairs worth comparing stay so; what held people together may be gone
WORTH = f"""
    create table {SMALL}.worth_comparing as
    from {SMALL}.partners
    union
    select contact_key, linked_key from unified.contact_pairs
    where match_rule = 'probable' and contact_key in (from {SMALL}.touched)
    union
    select a.contact_key, b.contact_key
    from unified.contact_clusters as a
    inner join unified.contact_clusters as b on a.cluster_key = b.cluster_key and a.contact_key < b.contact_key
    where a.contact_key in (from {SMALL}.touched)
"""


def find_changed(con: Connection) -> int:
    """Build `small.changed`: contacts that are new, gone, or state something else than before; returns how many."""
    con.execute(CHANGED)
    return count(con, f"{SMALL}.changed")


def is_anything_decided(con: Connection) -> bool:
    """Whether anybody ever decided who is who: that may hold again, or no longer."""
    decided = (
        "select 1 from ops.decisions where kind in ('same_customer', 'not_same_customer', 'shared_address') limit 1"
    )
    return con.execute(decided).fetchone() is not None


def show_changed(con: Connection) -> None:
    """Show the changed contacts, and what they were made into, as if there were no others."""
    con.execute(f"""
        create table {SMALL}.unified.contacts as
        with rows as (select *, concat_ws('/', tool, record_type, record_id) as contact_key from unified.contacts),
        changed as (from rows where contact_key in (from {SMALL}.changed))
        select * exclude (contact_key)
        from rows
        where contact_key in (from {SMALL}.changed)
        or contact_key in (select concat_ws('/', tool, successor_id) from changed where successor_id is not null)
    """)


def replace_keys(con: Connection) -> None:
    """Put the keys of the changed contacts in the place of what they were, which `small.old_keys` holds."""
    for statement in KEYS:
        con.execute(statement)


def find(con: Connection, everyone: str) -> int:
    """Build `small.touched` and `small.worth_comparing`; returns how many contacts are touched.

    `everyone` is a relation of the features of all contacts. The touched hold every person and every group that shares
    a key in full: whoever is not among them stays who he was.
    """
    con.execute(f"attach if not exists ':memory:' as {SCRATCH}")
    partners(
        con,
        f"""(
            select everyone.*, hash(coalesce(clusters.cluster_key, everyone.contact_key)) as cluster,
                changed.contact_key is not null as is_changed
            from {everyone} as everyone
            left join unified.contact_clusters as clusters on everyone.contact_key = clusters.contact_key
            left join {SMALL}.changed as changed on everyone.contact_key = changed.contact_key
        )""",
        "place",
        "cluster",
        "is_changed",
    )
    con.execute(PARTNERS)
    con.execute(BEGIN)
    with_ids = bool(count(con, "unified.external_ids") + count(con, f"{SMALL}.unified.external_ids"))
    with_history = con.execute("select 1 from ops.customer_ids where until_night is not null limit 1").fetchone()
    reached = [*REACHED, *(REACHED_BY_IDS if with_ids else ()), *([REACHED_BY_HISTORY] if with_history else ())]
    before, now = -1, count(con, f"{SMALL}.touched")
    while now > before:
        con.execute(STATED)
        if with_ids:
            con.execute(IDS)
        con.execute(f"create or replace table {SMALL}.touched as from {SMALL}.touched union {' union '.join(reached)}")
        before, now = now, count(con, f"{SMALL}.touched")
    con.execute(WORTH)
    return now


def show(con: Connection) -> None:
    """Show the touched contacts as if there were no others; `small.keys` holds what they state, and stated before."""
    con.execute(f"""
        create or replace table {SMALL}.unified.contacts as
        from unified.contacts where concat_ws('/', tool, record_type, record_id) in (from {SMALL}.touched)
    """)
    con.execute(f"""
        create or replace table {SMALL}.unified.contact_keys as
        from unified.contact_keys where contact_key in (from {SMALL}.touched)
    """)
    con.execute(f"create table {SMALL}.keys as from {SMALL}.unified.contact_keys union all from {SMALL}.old_keys")
