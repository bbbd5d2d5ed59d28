"""Weighed: how much speaks for the pairs that tonight's changes make or alter, by the model of an earlier night."""

from __future__ import annotations

from pipelines.identity import candidates, features, scores, verdicts
from pipelines.identity.comparisons import Model
from pipelines.identity.features import SCRATCH
from pipelines.identity.touched import SMALL
from warehouse.lake import Connection

# everyone, with the person of last night; a new contact is one of its own
EVERYONE = f"""(
    select everyone.*, coalesce(people.person, everyone.who) as cluster, changed.who is not null as is_changed
    from ({{features}}) as everyone
    left join {SMALL}.people as people on everyone.who = people.who
    left join (select hash(contact_key) as who from {SMALL}.changed) as changed on everyone.who = changed.who
)"""

# of those who were compared before, the pairs worth it stay so; what held a person together may be gone
WORTH = f"""
    create table {SMALL}.worth_comparing as
    select contact as who, partner as other from {SCRATCH}.partners
    union
    select hash(contact_key), hash(linked_key)
    from unified.contact_pairs
    where match_rule = 'probable'
    and (hash(contact_key) in (from {SMALL}.unsettled) or hash(linked_key) in (from {SMALL}.unsettled))
    union
    select a.who, b.who
    from {SMALL}.people as a
    inner join {SMALL}.people as b on a.person = b.person and a.who < b.who
    where a.who in (from {SMALL}.unsettled)
"""

PAIRS = f"""
    create table {SCRATCH}.pairs as
    select distinct
        least(a.contact, b.contact) as join_key_l,
        greatest(a.contact, b.contact) as join_key_r,
        '0' as match_key
    from {SMALL}.worth_comparing as worth
    inner join {SCRATCH}.features as a on worth.who = a.who
    inner join {SCRATCH}.features as b on worth.other = b.who
    where a.is_organisation is not true and b.is_organisation is not true
"""

WEIGHED = f"""
    create table {SMALL}.weighed as
    select
        a.contact_key, b.contact_key as linked_key, a.who, b.who as other,
        judged.match_weight, judged.verdict, judged.reason
    from {SCRATCH}.judged as judged
    inner join {SCRATCH}.features as a on judged.contact = a.contact
    inner join {SCRATCH}.features as b on judged.linked = b.contact
"""
ACCEPTED = f"select unnest([who, other]) as who from {SMALL}.weighed where verdict = 'accepted'"

# the pairs between people whom no change alters weigh what they weighed
RECALLED = f"""
    insert into {SMALL}.weighed by name
    with pairs as (
        select contact_key, linked_key, hash(contact_key) as who, hash(linked_key) as other, match_weight
        from unified.contact_pairs
        where match_rule = 'probable'
    )
    from pairs
    where who in (from {SMALL}.touched) and other in (from {SMALL}.touched)
    and who not in (from {SMALL}.unsettled) and other not in (from {SMALL}.unsettled)
"""

# whoever is worth a look beside one who is touched, and is not touched, stays who he was
DOUBTFUL = f"""
    insert into {SMALL}.unified.contact_pairs by name
    select
        contact_key, linked_key, 'probable' as match_rule, match_weight,
        {scores.PROBABILITY} as match_probability, verdict, reason
    from {SMALL}.weighed
    where not (who in (from {SMALL}.touched) and other in (from {SMALL}.touched))
"""


def weigh(con: Connection, model: Model) -> None:
    """Build `small.weighed`: pairs with one of `small.unsettled`, their weight and what follows from them alone.

    Everyone is looked at for partners of the changed contacts, in numbers; the texts only of those found.
    """
    con.execute(f"attach if not exists ':memory:' as {SCRATCH}")
    candidates.number(con, EVERYONE.format(features=features.features("unified")), "who", "is_changed")
    candidates.find_partners(con, only_changed=True)
    con.execute(WORTH)
    features.gather(con, among=f"(select unnest([who, other]) from {SMALL}.worth_comparing)")
    con.execute(PAIRS)
    scores.score(con, model)
    verdicts.judge(con, model.careless)
    con.execute(WEIGHED)
    con.execute(f"detach {SCRATCH}")


def recall(con: Connection) -> None:
    """Add the pairs that nothing alters between people who are touched to `small.weighed`."""
    con.execute(RECALLED)


def keep_doubtful(con: Connection) -> None:
    """Add the pairs of which one contact is not touched to those of the touched."""
    con.execute(DOUBTFUL)
