"""Candidates: the pairs of contacts worth comparing, because they share something that few others share."""

from __future__ import annotations

from pipelines.identity.comparisons import BY_FREQUENCY
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
# who shares a name is one person only if something else is shared, too, or if both say when they were born
BESIDE_NAME = (
    "email_kin",
    "email_user",
    "phone_e164",
    "street_key",
    "address_2_key",
    "postcode_key",
    "city_key",
    "employer_key",
)
LIKELY = (
    " or ".join(f"a.{column} = b.{column}" for column in BESIDE_NAME)
    + " or a.birth_digits is not null and b.birth_digits is not null"
)


def pair_up(con: Connection) -> None:
    """Build `scratch.pairs` (`join_key_l`, `join_key_r`, `match_key`) from `scratch.features`.

    Contacts of one cluster in `scratch.exact` need no comparison. An unrelated contact more changes no pair of others.
    """
    number(con, f"(select * from {SCRATCH}.features inner join {SCRATCH}.exact using (contact))", "contact")
    find_partners(con)
    con.execute(
        f"create or replace table {SCRATCH}.pairs as"
        f" select contact as join_key_l, partner as join_key_r, '0' as match_key from {SCRATCH}.partners"
    )
    for table in ("partners", "numbers"):
        con.execute(f"drop table {SCRATCH}.{table}")


def number(con: Connection, contacts: str, contact: str, changed: str = "true") -> None:
    """Build `scratch.numbers`: for each contact what it may share with others, as numbers that are quick to compare.

    `contacts` is a relation of features with a number `contact`, the `cluster` it belongs to, and maybe `changed`,
    which says whether a partner is to be found for it.
    """
    columns = sorted({*BY_FREQUENCY, *BESIDE_NAME, *(column for shared in SHARED for column in shared)})
    hashed = ", ".join(f"case when {column} is not null then hash({column}) end as {column}" for column in columns)
    con.execute(f"""
        create or replace table {SCRATCH}.numbers as
        select {contact} as contact, cluster, {changed} as is_changed, is_organisation, {hashed} from {contacts}
    """)


def find_partners(con: Connection, *, only_changed: bool = False) -> None:
    """Build `scratch.partners` from `scratch.numbers`: each `contact` with each `partner` worth comparing, once."""
    con.execute(f"""
        create or replace table {SCRATCH}.found as
        select contact, contact as partner from {SCRATCH}.numbers limit 0
    """)
    for shared in SHARED:
        _share(con, shared, only_changed=only_changed)
    con.execute(f"create or replace table {SCRATCH}.partners as select distinct contact, partner from {SCRATCH}.found")
    con.execute(f"drop table {SCRATCH}.found")


def _share(con: Connection, columns: tuple[str, ...], *, only_changed: bool) -> None:
    """Add the pairs that share the first columns, and more of them where more than MOST people do."""
    least = 2 if columns[0] in COMMON else 1
    carried = (*columns, *BESIDE_NAME) if columns[0] == "name_key" else columns
    rows = f"(from {SCRATCH}.numbers where is_organisation is not true)"
    for count in range(least, len(columns) + 1):
        block = columns[0] if count == 1 else f"hash({', '.join(columns[:count])})"
        stated = " and ".join(f"{column} is not null" for column in columns[:count])
        likely = LIKELY if columns[:count] == ("name_key",) else "true"
        wanted = "and is_changed" if only_changed else f"group by {block} having min(cluster) != max(cluster)"
        con.execute(f"""
            create or replace temp table blocks as
            select {block} as block, contact, cluster, is_changed, {", ".join(carried)}
            from {rows} where {stated} and {block} in (select {block} from {rows} where {stated} {wanted})
        """)
        con.execute("""
            create or replace temp table sizes as
            select block, count(*) as people from (select distinct block, cluster from blocks) group by block
        """)
        con.execute(f"""
            create or replace temp table few as
            from blocks where block in (select block from sizes where people between 2 and {MOST})
        """)
        con.execute(f"""
            insert into {SCRATCH}.found
            select a.contact, b.contact
            from few as a
            inner join few as b on a.block = b.block and a.contact < b.contact and a.cluster != b.cluster
            where (a.is_changed or b.is_changed) and ({likely})
        """)
        con.execute(f"""
            create or replace temp table crowd as
            select * exclude (block) from blocks
            where block in (select block from sizes where people > {MOST})
        """)
        rows = "crowd"
