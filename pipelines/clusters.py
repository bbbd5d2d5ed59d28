"""Clusters: the groups that links hold together, whatever the links are between."""

from __future__ import annotations

from warehouse.lake import Connection

RESULT = "connected"


def connected(con: Connection, nodes: str, edges: str) -> str:
    """Connected components: the name of a temporary table (node, cluster), one row per node, until the next call.

    `nodes` is a relation with the column `node`, `edges` one with `a` and `b`; `cluster` is the smallest node of its
    component. A link to what is no node is none.

    Randomised contraction: each round, every vertex becomes that of its neighbours, or itself, that comes first in an
    order drawn anew, and the links between what is left are the next round's. About half of the vertices go each time,
    whatever the shape of the graph; which go has no influence on the result.
    """
    con.execute(f"""
        create or replace temp table vertices as
        select node, row_number() over () as vertex from (select distinct node from {nodes} where node is not null)
    """)
    con.execute(f"""
        create or replace temp table links_0 as
        with links as (
            select a.vertex as a, b.vertex as b
            from {edges} as edges
            inner join vertices as a on edges.a = a.node
            inner join vertices as b on edges.b = b.node
            where a.vertex != b.vertex
        )
        select a, b from links union select b, a from links
    """)
    rounds = 0
    while con.execute(f"select 1 from links_{rounds} limit 1").fetchone():
        _contract(con, rounds)
        rounds += 1
    con.execute(f"create or replace temp table moved_{rounds} as select null::bigint as vertex, null::bigint as target")
    for number in range(rounds - 1, -1, -1):
        con.execute(f"""
            create or replace temp table moved_{number} as
            select moved.vertex, coalesce(later.target, moved.target) as target
            from moved_{number} as moved
            left join moved_{number + 1} as later on moved.target = later.vertex
        """)
        con.execute(f"drop table moved_{number + 1}")
    con.execute(f"""
        create or replace temp table {RESULT} as
        with placed as (
            select node, coalesce(moved.target, vertices.vertex) as component
            from vertices
            left join moved_0 as moved on vertices.vertex = moved.vertex
        ),
        firsts as (select component, min(node) as cluster from placed group by component)
        select node, cluster from placed inner join firsts using (component)
    """)
    for table in ("vertices", "moved_0", f"links_{rounds}"):
        con.execute(f"drop table {table}")
    return RESULT


def _contract(con: Connection, number: int) -> None:
    """One round: `moved_<n>` says where the vertices of `links_<n>` went, `links_<n + 1>` what still links them."""
    con.execute(f"""
        create or replace temp table moved_{number} as
        select
            a as vertex,
            case when min(hash(b, {number})) < hash(a, {number}) then arg_min(b, hash(b, {number})) else a end as target
        from links_{number}
        group by a
    """)
    con.execute(f"""
        create or replace temp table links_{number + 1} as
        select distinct a.target as a, b.target as b
        from links_{number} as links
        inner join moved_{number} as a on links.a = a.vertex
        inner join moved_{number} as b on links.b = b.vertex
        where a.target != b.target
    """)
    con.execute(f"drop table links_{number}")
