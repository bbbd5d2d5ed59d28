"""Links: the pairs of contacts that rules, decisions or scores join, numbered, and the people they make so far."""

from __future__ import annotations

from pipelines.clusters import connected
from pipelines.identity.features import SCRATCH
from warehouse.lake import Connection

# the rules that join, the surest first; what people decided and what a tool itself says holds against appearances
RULES = (
    "decided",
    "same_record",
    "same_external_id",
    "same_email",
    "same_shared_email_and_name",
    "same_phone_and_name",
    "same_mailbox_and_name",
    "probable",
)
# bits: a link that weighs less is weak
STRONG = 10.0

EXACT = f"""
    create or replace table {SCRATCH}.links as
    select
        least(a.contact, b.contact) as contact,
        greatest(a.contact, b.contact) as linked,
        links.match_rule,
        null::double as match_weight,
        'accepted' as verdict,
        null::varchar as reason
    from unified.contact_links as links
    inner join {SCRATCH}.features as a on links.contact_key = a.contact_key
    inner join {SCRATCH}.features as b on links.linked_key = b.contact_key
"""

# two people that several contacts each make, and one weak link between them, are not one yet
WEAK = f"""
    update {SCRATCH}.judged set verdict = 'review', reason = 'weak_link'
    from (
        select a.cluster as left_person, b.cluster as right_person
        from {SCRATCH}.judged as judged
        inner join {SCRATCH}.people as a on judged.contact = a.contact
        inner join {SCRATCH}.people as b on judged.linked = b.contact
        where judged.verdict = 'accepted' and a.cluster != b.cluster and a.contacts > 1 and b.contacts > 1
        group by least(a.cluster, b.cluster), greatest(a.cluster, b.cluster), a.cluster, b.cluster
        having count(*) = 1
    ) as bridges, {SCRATCH}.people as a, {SCRATCH}.people as b
    where judged.contact = a.contact and judged.linked = b.contact
    and a.cluster = bridges.left_person and b.cluster = bridges.right_person and judged.match_weight < {STRONG}
"""

# what a contact leaves unsaid, another of the same person may contradict
CONTRADICTED = f"""
    update {SCRATCH}.judged set verdict = 'review', reason = 'uncertain'
    from (
        select judged.contact, judged.linked
        from {SCRATCH}.judged as judged
        inner join {SCRATCH}.exact as a on judged.contact = a.contact
        inner join {SCRATCH}.exact as b on judged.linked = b.contact
        where a.contacts + b.contacts > 2
        qualify bool_or(judged.verdict = 'review')
            over (partition by least(a.cluster, b.cluster), greatest(a.cluster, b.cluster))
    ) as doubted
    where judged.contact = doubted.contact and judged.linked = doubted.linked
    and judged.verdict = 'accepted' and judged.match_weight < {STRONG}
"""


def link_exactly(con: Connection) -> None:
    """Build `scratch.links` from `unified.contact_links`, and `scratch.exact`: the person each contact belongs to."""
    con.execute(EXACT)
    _join(
        con,
        "exact",
        f"select contact as a, linked as b from {SCRATCH}.links",
        f"select contact, contact as cluster from {SCRATCH}.features",
    )


def link_probably(con: Connection) -> None:
    """Add the pairs of `scratch.judged` to `scratch.links`, and build `scratch.people`, over no weak bridge."""
    probable = f"""
        select a.cluster as a, b.cluster as b
        from {SCRATCH}.judged as judged
        inner join {SCRATCH}.exact as a on judged.contact = a.contact
        inner join {SCRATCH}.exact as b on judged.linked = b.contact
        where judged.verdict = 'accepted'
    """
    exact = f"select contact, cluster from {SCRATCH}.exact"
    con.execute(CONTRADICTED)
    _join(con, "people", f"{probable} and judged.match_weight >= {STRONG}", exact)
    con.execute(WEAK)
    con.execute(f"insert into {SCRATCH}.links select contact, linked, 'probable', match_weight, verdict, reason"
                f" from {SCRATCH}.judged")  # fmt: skip
    _join(con, "people", probable, exact)


def _join(con: Connection, name: str, edges: str, groups: str) -> None:
    """Build `scratch.<name>` from groups of contacts and edges between them.

    Every contact, its cluster, which is the smallest contact of it, and the cluster's number of contacts.
    """
    con.execute(f"create or replace temp table edges as {edges}")
    joined = connected(con, "(select a as node from edges union select b from edges)", "edges")
    con.execute(f"""
        create or replace table {SCRATCH}.{name} as
        with placed as (
            select groups.contact, coalesce(joined.cluster, groups.cluster) as cluster
            from ({groups}) as groups
            left join {joined} as joined on groups.cluster = joined.node
        ),
        sizes as (select cluster, count(*) as contacts from placed group by cluster having count(*) > 1)
        select placed.contact, placed.cluster, coalesce(sizes.contacts, 1) as contacts
        from placed
        left join sizes on placed.cluster = sizes.cluster
    """)
