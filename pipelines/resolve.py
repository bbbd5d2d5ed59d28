"""Resolve: which contacts are one person, by rules first, then by what speaks for it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pipelines.identity import candidates, conflicts, features, links, scores, verdicts
from pipelines.identity.comparisons import Model
from pipelines.identity.features import SCRATCH
from warehouse.staging import Staging

# what is built, each with what it is read from
READS = (
    "unified.contact_keys",
    "unified.inboxes",
    "unified.phone_lines",
    "unified.external_ids",
    "unified.contact_links",
    "ref.shared_domains",
)
TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(("unified.contact_pairs", "unified.contact_clusters", "unified.match_model"), READS)
)

PAIRS = f"""
    select
        a.contact_key,
        b.contact_key as linked_key,
        links.match_rule,
        links.match_weight,
        {scores.PROBABILITY} as match_probability,
        links.verdict,
        links.reason,
        decisions.decision_id
    from {SCRATCH}.links as links
    inner join {SCRATCH}.features as a on links.contact = a.contact
    inner join {SCRATCH}.features as b on links.linked = b.contact
    left join decided as decisions
        on links.match_rule = 'decided'
        and a.contact_key = decisions.subject
        and b.contact_key = decisions.other_subject
    union all
    select subject, other_subject, 'decided', null, null, 'refused', 'decided', min(decision_id)
    from ops.decisions
    where kind = 'not_same_customer' and undone_at is null
    and subject in (select contact_key from unified.contact_keys)
    and other_subject in (select contact_key from unified.contact_keys)
    group by subject, other_subject
"""

CLUSTERS = f"""
    select features.contact_key, first.contact_key as cluster_key
    from {SCRATCH}.people as people
    inner join {SCRATCH}.features as features on people.contact = features.contact
    inner join {SCRATCH}.features as first on people.cluster = first.contact
"""


def resolve(staging: Staging, model: Model | None = None) -> dict[str, int]:
    """Build `unified.contact_pairs`, `unified.contact_clusters` and `unified.match_model`; returns rows per table.

    With a model from an earlier night, the pairs worth comparing and their weights are those of a table `weighed`.
    """
    con = staging.con
    features.gather(con)
    links.link_exactly(con)
    if model:
        scores.recall(con, "weighed")
        used = model
    else:
        candidates.pair_up(con)
        used = scores.score(con)
    used = replace(used, careless=verdicts.judge(con, model.careless if model else None))
    links.link_probably(con)
    conflicts.split(con)
    con.execute("""
        create or replace temp table decided as
        select subject, other_subject, min(decision_id) as decision_id
        from ops.decisions where kind = 'same_customer' and undone_at is null group by all
    """)
    built = {
        "unified.contact_pairs": staging.build("unified.contact_pairs", PAIRS),
        "unified.contact_clusters": staging.build("unified.contact_clusters", CLUSTERS),
        "unified.match_model": staging.write("unified.match_model", used.rows()),
    }
    con.execute(f"detach {SCRATCH}")
    return built
