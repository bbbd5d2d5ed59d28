"""Conflicts: contacts that cannot be one person, whatever links them, and people split until none is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import pyarrow as pa

from pipelines.identity.comparisons import outcome
from pipelines.identity.features import SCRATCH
from pipelines.identity.links import RULES
from warehouse.lake import Connection

# what holds against appearances, and against everything but a decision
STANDING = RULES[:2]

# within one person: two decisions, two identifiers of one system, two birth dates, two first names
FOUND = f"""
    create or replace temp table conflicts as
    with several as (
        select people.cluster, features.*
        from {SCRATCH}.people as people
        inner join {SCRATCH}.features as features on people.contact = features.contact
        where people.contacts > 1
    ),
    mixed as (
        select cluster
        from several
        group by cluster
        having
            count(distinct birth_digits) > 1 or count(distinct first_key) > 1 or count(distinct generation_key) > 1
    ),
    told_apart as (
        select
            a.cluster,
            a.contact,
            b.contact as other,
            {outcome("birth_date", "a", "b")} = 'different' as two_dates,
            -- the names on one address of their own were found to go together
            {outcome("first_name", "a", "b")} = 'different'
            and coalesce(a.email_key != b.email_key, true) as two_names,
            coalesce(a.generation_key != b.generation_key, false) as two_generations
        from mixed
        inner join several as a on mixed.cluster = a.cluster
        inner join several as b on mixed.cluster = b.cluster and a.contact < b.contact
    ),
    ids as (
        select several.cluster, several.contact, ids.id_name, ids.external_id
        from several
        inner join unified.external_ids as ids on several.contact_key = ids.contact_key
    )
    select
        a.cluster,
        least(a.contact, b.contact) as contact,
        greatest(a.contact, b.contact) as other,
        'decided' as reason
    from ops.decisions as decisions
    inner join several as a on decisions.subject = a.contact_key
    inner join several as b on decisions.other_subject = b.contact_key and a.cluster = b.cluster
    where decisions.kind = 'not_same_customer' and decisions.undone_at is null
    union
    select a.cluster, a.contact, b.contact, 'two_external_ids'
    from ids as a
    inner join ids as b
        on a.cluster = b.cluster and a.id_name = b.id_name and a.contact < b.contact and a.external_id != b.external_id
    cross join {SCRATCH}.care as care
    -- where names are typed carelessly, so are numbers
    where not (care.doubt_names and damerau_levenshtein(a.external_id, b.external_id) <= 2)
    union
    select told_apart.cluster, contact, other, case when two_dates then 'two_birth_dates' else 'different_names' end
    from told_apart
    cross join {SCRATCH}.care as care
    where two_dates and not care.doubt_dates or two_names and not care.doubt_names or two_generations
"""


def split(con: Connection) -> int:
    """Split the people of `scratch.people` that hold a conflict; returns how many there were.

    Links join again in the order of their strength, as long as no two contacts in conflict come together. A link that
    would bring them together, or is as strong as another that leads to the other side, waits for a person's look.
    """
    con.execute(FOUND)
    links = con.execute(f"""
        select a.cluster, links.contact, links.linked, links.match_rule, coalesce(round(links.match_weight), 0)
        from {SCRATCH}.links as links
        inner join {SCRATCH}.people as a on links.contact = a.contact
        where links.verdict = 'accepted' and a.cluster in (select cluster from conflicts)
        order by 1, 2, 3, 4
    """).fetchall()
    conflicts = con.execute("select cluster, contact, other, reason from conflicts order by all").fetchall()
    by_person: dict[int, Person] = defaultdict(Person)
    for cluster, contact, other, reason in conflicts:
        by_person[cluster].apart(contact, other, reason)
    for cluster, contact, linked, rule, weight in links:
        by_person[cluster].linked.append((RULES.index(rule), -weight, contact, linked))
    for person in by_person.values():
        person.settle()
    _keep(con, by_person.values())
    return len(by_person)


class Person:
    """The contacts of one cluster that holds a conflict: its links, and which of them cannot go together."""

    def __init__(self) -> None:
        self.linked: list[tuple[int, float, int, int]] = []
        self.refused: list[tuple[int, int, str, str]] = []
        self.groups: dict[int, set[int]] = {}
        self._conflicts: dict[int, dict[int, str]] = defaultdict(dict)

    def apart(self, contact: int, other: int, reason: str) -> None:
        """Two contacts that cannot be one person; a decision is the reason that counts."""
        for one, two in ((contact, other), (other, contact)):
            if self._conflicts[one].get(two) != "decided":
                self._conflicts[one][two] = reason

    def settle(self) -> None:
        """Join along the links, the strongest first, and note those that were refused."""
        self.linked.sort()
        for _, _, contact, linked in self.linked:
            for one in (contact, linked):
                self.groups.setdefault(one, {one})
        level = 0
        while level < len(self.linked):
            until = level
            while until < len(self.linked) and self.linked[until][:2] == self.linked[level][:2]:
                until += 1
            self._join(self.linked[level:until])
            level = until

    def _join(self, equals: list[tuple[int, float, int, int]]) -> None:
        """Join along links of one strength; one that could as well lead to the other side of a conflict does not."""
        rule = RULES[equals[0][0]]
        pairs = [(contact, linked) for _, _, contact, linked in equals]
        reasons = {
            (contact, linked): self._conflict(self.groups[contact], self.groups[linked], rule)
            for contact, linked in pairs
        }
        free = [pair for pair, reason in reasons.items() if not reason]
        reasons |= {pair: self._rival(free, *pair, rule) for pair in free}
        for contact, linked in pairs:
            left, right = self.groups[contact], self.groups[linked]
            reason = reasons[contact, linked] or self._conflict(left, right, rule)
            if reason:
                self.refused.append((contact, linked, rule, reason))
            elif left is not right:
                left |= right
                for one in right:
                    self.groups[one] = left

    def _rival(self, equals: list[tuple[int, int]], contact: int, linked: int, rule: str) -> str | None:
        for here, there in ((contact, linked), (linked, contact)):
            for one, two in equals:
                for start, end in ((one, two), (two, one)):
                    if self.groups[start] is self.groups[here] and end != there:
                        found = self._conflict(self.groups[end], self.groups[there], rule, self.groups[here])
                        if found:
                            return found
        return None

    def _conflict(self, left: set[int], right: set[int], rule: str, between: Collection[int] = ()) -> str | None:
        """Why two groups cannot be one: a contradiction, if no decision brought it into one of them, or between."""
        if left is right:
            return None
        found = {
            reason
            for one in left
            for other, reason in self._conflicts[one].items()
            if other in right
            and not self._is_within(one, other, right)
            and not self._is_within(other, one, left)
            and not (self._is_within(one, other, between) and self._is_within(other, one, between))
        }
        if rule in STANDING:
            found &= {"decided"}
        return min(found, default=None)

    def _is_within(self, one: int, other: int, group: Collection[int]) -> bool:
        """Whether one of the group contradicts the other as much as this one does, and agrees with this one."""
        reason = self._conflicts[one][other]
        return reason != "decided" and any(
            third in group and self._conflicts[one].get(third) != reason
            for third, same in self._conflicts[other].items()
            if same == reason
        )


def _keep(con: Connection, split_up: Iterable[Person]) -> None:
    groups = [(one, min(group)) for person in split_up for one, group in person.groups.items()]
    refused = [row for person in split_up for row in person.refused]
    con.register("given", pa.table({"contact": [g[0] for g in groups], "cluster": [g[1] for g in groups]}))
    con.execute(f"update {SCRATCH}.people set cluster = given.cluster from given where people.contact = given.contact")
    columns = ("contact", "linked", "match_rule", "reason")
    con.register("given", pa.table({name: [row[i] for row in refused] for i, name in enumerate(columns)}))
    con.execute(f"""
        update {SCRATCH}.links
        set verdict = case when given.reason = 'decided' then 'refused' else 'review' end, reason = given.reason
        from given
        where links.contact = given.contact and links.linked = given.linked and links.match_rule = given.match_rule
    """)
    con.unregister("given")
