"""Candidates: the pairs of contacts worth comparing, because they share something that few others share."""

from __future__ import annotations

from pipelines.identity.features import SCRATCH
from warehouse.lake import Connection

# what more people share tells nobody apart; with a second thing beside it, it may
MOST = 10

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


def pair_up(con: Connection) -> int:
    """Build `scratch.pairs` (`join_key_l`, `join_key_r`, `match_key`) from `scratch.features`; returns how many.

    Contacts of one cluster in `scratch.exact` need no comparison. An unrelated contact more changes no pair of others.
    """
    columns = sorted({column for shared in SHARED for column in shared})
    hashed = ", ".join(f"case when {column} is not null then hash({column}) end as {column}" for column in columns)
    con.execute(f"""
        create or replace table {SCRATCH}.hashed as
        select features.contact, exact.cluster, {hashed}
        from {SCRATCH}.features as features
        inner join {SCRATCH}.exact as exact on features.contact = exact.contact
        where features.is_organisation is not true
    """)
    con.execute(f"create or replace table {SCRATCH}.found (join_key_l integer, join_key_r integer)")
    for shared in SHARED:
        _share(con, shared)
    con.execute(f"""
        create or replace table {SCRATCH}.pairs as
        select distinct join_key_l, join_key_r, '0' as match_key from {SCRATCH}.found
    """)
    for table in ("found", "hashed"):
        con.execute(f"drop table {SCRATCH}.{table}")
    counted = con.execute(f"select count(*) from {SCRATCH}.pairs").fetchone()
    return int(counted[0]) if counted else 0


def _share(con: Connection, columns: tuple[str, ...]) -> None:
    """Add the pairs that share the first columns, and more of them where more than MOST people do."""
    least = 2 if columns[0] in COMMON else 1
    rows = f"{SCRATCH}.hashed as hashed"
    for number in range(least, len(columns) + 1):
        used = columns[:number]
        con.execute(f"""
            create or replace temp table sizes as
            select hash({", ".join(used)}) as block, count(distinct cluster) as people
            from {rows}
            where {" and ".join(f"{column} is not null" for column in used)}
            group by block
            having min(cluster) != max(cluster)
        """)
        con.execute(f"""
            create or replace temp table blocks as
            select sizes.block, sizes.people <= {MOST} as is_small, hashed.*
            from {rows}
            inner join sizes on hash({", ".join(used)}) = sizes.block
            where {" and ".join(f"{column} is not null" for column in used)}
        """)
        con.execute(f"""
            insert into {SCRATCH}.found
            select a.contact, b.contact
            from blocks as a
            inner join blocks as b on a.block = b.block and a.contact < b.contact and a.cluster != b.cluster
            where a.is_small and b.is_small
        """)
        con.execute(
            "create or replace temp table crowd as select * exclude (block, is_small) from blocks where not is_small"
        )
        rows = "crowd as hashed"
