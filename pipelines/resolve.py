"""Resolve: which contacts are one person, as the groups that links hold together."""

from __future__ import annotations

from warehouse.staging import Staging

TABLE = "unified.contact_clusters"
READS = ("unified.contact_keys", "unified.contact_links")


# two birth dates are two people, whoever links them: such a cluster falls apart into one person per date, and each
# contact that states none stands alone
WITHOUT_CONTRADICTION = """
    select
        clusters.contact_key,
        case
            when count(distinct keys.birth_date) over (partition by clusters.cluster_key) <= 1 then clusters.cluster_key
            when keys.birth_date is null then clusters.contact_key
            else min(clusters.contact_key) over (partition by clusters.cluster_key, keys.birth_date)
        end as cluster_key
    from clusters
    inner join unified.contact_keys as keys on clusters.contact_key = keys.contact_key
"""


def resolve(staging: Staging) -> int:
    """Build `unified.contact_clusters` from the links; returns its number of rows.

    Connected components by label propagation: contacts take the smallest key they are linked with until none changes.
    """
    con = staging.con
    con.execute("create or replace temp table clusters as select contact_key, contact_key as cluster_key"
                " from unified.contact_keys")  # fmt: skip
    con.execute("""
        create or replace temp table edges as
        select contact_key, linked_key from unified.contact_links
        union
        select linked_key, contact_key from unified.contact_links
    """)
    changed = 1
    while changed:
        con.execute("""
            create or replace temp table smaller as
            select clusters.contact_key, min(neighbours.cluster_key) as cluster_key
            from clusters
            inner join edges on clusters.contact_key = edges.contact_key
            inner join clusters as neighbours on edges.linked_key = neighbours.contact_key
            group by clusters.contact_key, clusters.cluster_key
            having min(neighbours.cluster_key) < clusters.cluster_key
        """)
        con.execute("""
            update clusters set cluster_key = smaller.cluster_key
            from smaller where clusters.contact_key = smaller.contact_key
        """)
        changed = con.execute("select count(*) from smaller").fetchone()[0]  # type: ignore[index]
    return staging.build(TABLE, WITHOUT_CONTRADICTION)
