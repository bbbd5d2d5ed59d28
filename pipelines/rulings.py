"""Rulings: what the decisions on who is who say together, and which of them stand against another one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable

from pipelines.decisions import NOT_SAME, SAME, Decision, Refused


class Rulings:
    """Decisions that stand: which contacts they make one, directly or through others, and which they keep apart."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._stated: dict[tuple[str, str, str | None], Decision] = {}
        self._parents: dict[str, str] = {}
        self._links: defaultdict[str, list[tuple[str, Decision]]] = defaultdict(list)
        self._apart: dict[str, dict[str, Decision]] = {}  # both ways, between those that stand for what is one
        for decision in decisions:
            self.add(decision)

    @property
    def contacts(self) -> set[str]:
        """The contacts that anything was decided about."""
        return {contact for kind, *pair in self._stated if kind in (SAME, NOT_SAME) for contact in pair if contact}

    def add(self, decision: Decision) -> None:
        """Let a decision count, whether or not it goes with the others."""
        one, other = decision.subject, decision.other_subject
        self._stated.setdefault((decision.kind, one, other), decision)
        if other and decision.kind == SAME:
            self._links[one].append((other, decision))
            self._links[other].append((one, decision))
            self._join(self._first(one), self._first(other))
        elif other and decision.kind == NOT_SAME:
            self._keep_apart(self._first(one), self._first(other), decision)

    def stated(self, kind: str, subject: str, other: str | None = None) -> Decision | None:
        """The decision that says just this."""
        return self._stated.get((kind, subject, other))

    def settle(self, one: str, other: str) -> bool:
        """Whether it follows from the decisions that two contacts are one, or that they are not."""
        first, second = self._first(one), self._first(other)
        return first == second or second in self._apart.get(first, {})

    def check_same(self, left: Collection[str], right: Collection[str]) -> None:
        """Raises Refused if some contact on the left must be kept apart from one on the right."""
        here, there = {self._first(contact) for contact in left}, {self._first(contact) for contact in right}
        for first in sorted(here):
            for second, apart in sorted(self._apart.get(first, {}).items()):
                if second not in there:
                    continue
                ends = [apart.subject, apart.other_subject or ""]
                ends = ends if self._first(ends[0]) == first else ends[::-1]
                against = [apart, *self._way(left, ends[0]), *self._way(right, ends[1])]
                raise _refusal(f"{min(left)} and {min(right)} cannot be one", "that they are not", against)

    def check_not_same(self, one: str, other: str) -> None:
        """Raises Refused if the decisions make two contacts one, directly or through others."""
        if self._first(one) == self._first(other):
            against = self._way([one], other)
            raise _refusal(f"{one} and {other} cannot be kept apart", "that they are one", against)

    def _first(self, contact: str) -> str:
        """The contact that stands for all that are decided to be one with this one."""
        while (parent := self._parents.get(contact, contact)) != contact:
            self._parents[contact] = self._parents.get(parent, parent)
            contact = parent
        return contact

    def _join(self, kept: str, gone: str) -> None:
        if kept == gone:
            return
        if len(self._apart.get(kept, {})) < len(self._apart.get(gone, {})):
            kept, gone = gone, kept
        self._parents[gone] = kept
        for other, decision in self._apart.pop(gone, {}).items():
            self._apart.get(other, {}).pop(gone, None)
            self._keep_apart(kept, other, decision)

    def _keep_apart(self, one: str, other: str, decision: Decision) -> None:
        self._apart.setdefault(one, {}).setdefault(other, decision)
        self._apart.setdefault(other, {}).setdefault(one, decision)

    def _way(self, begin: Iterable[str], end: str) -> list[Decision]:
        """The fewest decisions that make some contact one with another."""
        came: dict[str, tuple[str, Decision] | None] = dict.fromkeys(sorted(begin))
        ahead = deque(came)
        while ahead and end not in came:
            here = ahead.popleft()
            for contact, decision in self._links.get(here, ()):
                if contact not in came:
                    came[contact] = (here, decision)
                    ahead.append(contact)
        way = []
        while step := came.get(end):
            end, decision = step
            way.append(decision)
        return way[::-1]


def _refusal(what: str, decided: str, against: list[Decision]) -> Refused:
    said = "; ".join(
        f"{decision.statement} ({decision.decided_by or 'nobody named'}, {decision.decided_at:%Y-%m-%d %H:%M} UTC) says"
        f" that {decision.subject} and {decision.other_subject}"
        f" are {'' if decision.kind == SAME else 'not '}the same"
        for decision in against
    )
    return Refused(
        f"{what}: it is decided {decided}. {said}. To decide otherwise, take one back first:"
        f" unsilo decide undo {against[0].statement}"
    )
