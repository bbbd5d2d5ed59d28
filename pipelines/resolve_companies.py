"""Resolve companies: which company records are one company, by the strongest links first."""

from __future__ import annotations

from pipelines.clusters import connected
from warehouse.lake import Connection
from warehouse.staging import Staging

TABLE = "unified.company_clusters"
READS = ("unified.company_domains", "unified.company_keys", "unified.company_links")

# Links of one stage are made together, and only where what the stages before made does not contradict them.
STAGES = (
    ("same_record",),
    ("same_registration_number",),
    ("same_domain",),
    ("same_name_and_phone", "same_name_and_place", "same_name"),
)

# Two numbers of one form, or of two countries, are two companies; so are two domains that only a name joins. `parts`
# are the companies that the stages before made, `whole` is what would become of them.
CONTRADICTED = """
    with stated as (
        select
            parts.whole, parts.cluster, keys.registration_key, keys.registration_form,
            case when not domains.is_shared then keys.domain_key end as domain_key
        from parts
        inner join companies on parts.cluster = companies.cluster
        inner join unified.company_keys as keys on companies.node = keys.company_key
        left join unified.company_domains as domains on keys.domain_key = domains.domain_key
    ),
    by_part as (select whole, count(distinct domain_key) as domains from stated group by whole, cluster),
    most as (select whole, max(domains) as domains from by_part group by whole)
    select stated.whole
    from stated
    inner join most on stated.whole = most.whole
    group by stated.whole
    having
        count(distinct registration_key) > count(distinct registration_form)
        or count(distinct left(registration_form, 2)) > 1
        or ({by_name} and count(distinct domain_key) > max(most.domains))
"""


def resolve_companies(staging: Staging) -> int:
    """Build `unified.company_clusters` from the links; returns its number of rows."""
    con = staging.con
    con.execute("create or replace temp table companies as"
                " select company_key as node, company_key as cluster from unified.company_keys")  # fmt: skip
    for rules in STAGES:
        _join(con, rules)
    return staging.build(TABLE, "select node as company_key, cluster as cluster_key from companies")


def _join(con: Connection, rules: tuple[str, ...]) -> None:
    """Join the companies that links by these rules hold together, unless they would contradict themselves."""
    con.execute(f"""
        create or replace temp table links_between as
        select distinct a.cluster as a, b.cluster as b
        from unified.company_links as links
        inner join companies as a on links.company_key = a.node
        inner join companies as b on links.linked_key = b.node
        where links.match_rule in ('{"', '".join(rules)}') and a.cluster != b.cluster
    """)
    con.execute("create or replace temp table ends as"
                " select a as node from links_between union select b from links_between")  # fmt: skip
    joined = connected(con, "ends", "links_between")
    con.execute(f"create or replace temp table parts as select node as cluster, cluster as whole from {joined}")
    if rules != STAGES[0]:
        by_name = str(rules == STAGES[-1]).lower()
        con.execute(f"delete from parts where whole in ({CONTRADICTED.format(by_name=by_name)})")
    con.execute("update companies set cluster = parts.whole from parts where companies.cluster = parts.cluster")
