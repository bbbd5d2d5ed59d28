"""Candidates: the pairs of contacts worth comparing, because they share something that few others share."""

from __future__ import annotations

from pipelines.identity.features import SCRATCH
from warehouse.lake import Connection

# what more people share tells nobody apart; with a second thing beside it, it may
MOST = 6

# what two contacts may share, each narrowed by the next where too many share it
SHARED = (
    ("name_key", "birth_digits"),
    ("birth_digits", "first_key"),
    ("birth_digits", "last_key"),
    ("street_key", "first_key"),
    ("street_key", "last_key"),
    ("address_2_key", "last_key"),
    ("phone_e164", "first_key"),
    ("email_user", "last_key"),
    ("email_key", "name_key"),
    ("last_key", "postcode_key", "first_initial"),
    ("first_key", "postcode_key", "last_initial"),
    ("last_key", "city_key", "first_initial"),
    ("first_key", "city_key", "last_initial"),
    ("last_key", "employer_key", "first_initial"),
)
# common enough to share that it never stands alone
COMMON = ("last_key", "first_key")

WORTH = f"""
    create or replace table {SCRATCH}.pairs as
    select distinct
        least(a.contact, b.contact) as join_key_l,
        greatest(a.contact, b.contact) as join_key_r,
        '0' as match_key
    from worth_comparing as worth
    inner join {SCRATCH}.features as a on worth.contact_key = a.contact_key
    inner join {SCRATCH}.features as b on worth.linked_key = b.contact_key
    inner join {SCRATCH}.exact as left_person on a.contact = left_person.contact
    inner join {SCRATCH}.exact as right_person on b.contact = right_person.contact
    where left_person.cluster != right_person.cluster
    and a.is_organisation is not true and b.is_organisation is not true
"""


def pair_up(con: Connection) -> None:
    """Build `scratch.pairs` (`join_key_l`, `join_key_r`, `match_key`) from `scratch.features`.

    Contacts of one cluster in `scratch.exact` need no comparison. An unrelated contact more changes no pair of others.
    """
    pairs = partners(
        con, f"(select * from {SCRATCH}.features inner join {SCRATCH}.exact using (contact))", "contact", "cluster"
    )
    con.execute(
        f"create or replace table {SCRATCH}.pairs as"
        f" select place as join_key_l, other as join_key_r, '0' as match_key from {pairs}"
    )
    con.execute(f"drop table {pairs}")


def pair_known(con: Connection) -> None:
    """Build `scratch.pairs` of the pairs in `worth_comparing` (`contact_key`, `linked_key`)."""
    con.execute(WORTH)


def partners(con: Connection, contacts: str, place: str, cluster: str, changed: str | None = None) -> str:
    """Name of a table of the pairs (`place`, `other`) worth comparing among contacts, or those that have a changed one.

    `contacts` is a relation of features, `place` and `cluster` are numbers in it, `changed` says which changed.
    """
    columns = sorted({column for shared in SHARED for column in shared})
    hashed = ", ".join(f"case when {column} is not null then hash({column}) end as {column}" for column in columns)
    con.execute(f"""
        create or replace table {SCRATCH}.hashed as
        select {place} as place, {cluster} as cluster, {changed or "true"} as is_changed, {hashed}
        from {contacts} as contacts
        where is_organisation is not true
    """)
    con.execute(f"create or replace table {SCRATCH}.found (place bigint, other bigint)")
    for shared in SHARED:
        _share(con, shared, only_changed=changed is not None)
    con.execute(f"create or replace table {SCRATCH}.partners as select distinct place, other from {SCRATCH}.found")
    for table in ("found", "hashed"):
        con.execute(f"drop table {SCRATCH}.{table}")
    return f"{SCRATCH}.partners"


def _share(con: Connection, columns: tuple[str, ...], *, only_changed: bool) -> None:
    """Add the pairs that share the first columns, and more of them where more than MOST people do."""
    least = 2 if columns[0] in COMMON else 1
    rows = f"{SCRATCH}.hashed"
    for number in range(least, len(columns) + 1):
        used = columns[:number]
        block = f"hash({', '.join(used)})"
        stated = " and ".join(f"{column} is not null" for column in used)
        if only_changed:
            stated += f" and {block} in (select {block} from {rows} where is_changed and {stated})"
        con.execute(f"""
            create or replace temp table sizes as
            select {block} as block, count(distinct cluster) as people
            from {rows} as hashed
            where {stated}
            group by block
            having min(cluster) != max(cluster)
        """)
        con.execute(f"""
            create or replace temp table blocks as
            select sizes.block, sizes.people <= {MOST} as is_small, hashed.*
            from {rows} as hashed
            inner join sizes on {block} = sizes.block
            where {" and ".join(f"{column} is not null" for column in used)}
        """)
        con.execute(f"""
            insert into {SCRATCH}.found
            select a.place, b.place
            from blocks as a
            inner join blocks as b on a.block = b.block and a.place < b.place and a.cluster != b.cluster
            where a.is_small and b.is_small and (a.is_changed or b.is_changed)
        """)
        con.execute(
            "create or replace temp table crowd as select * exclude (block, is_small) from blocks where not is_small"
        )
        rows = "crowd"
