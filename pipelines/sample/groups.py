"""Who forms a group of people that are easily taken for one another: at one home, at one desk, or anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.sample.words import slug

FEWEST = 2  # groups of a kind, however small the company
ROW = pl.int_range(pl.len())


@dataclass(frozen=True)
class Kind:
    """`size` people, one such group for so many `customers`.

    They have `shared` from the first of them; of `namesakes` the second bears the first's whole name too.
    """

    size: int
    customers: int
    shared: tuple[str, ...] = ()
    namesakes: bool = False


def anywhere(
    people: pl.DataFrame, kinds: Mapping[str, Kind], draws: np.random.Generator, customers: int
) -> pl.DataFrame:
    """Groups of people drawn from those given, kind by kind, as long as there are any left.

    One row per person: `person_no`, `lookalike` (the kind), `group` and `place` (numbers from 0).
    """
    drawn, found = people[draws.permutation(len(people))].select("person_no"), []
    for lookalike, kind in kinds.items():
        groups = min(_groups(kind, customers), len(drawn) // kind.size)
        members, drawn = drawn[: groups * kind.size], drawn[groups * kind.size :]
        found.append(members.with_columns(lookalike=pl.lit(lookalike), group=ROW // kind.size, place=ROW % kind.size))
    return pl.concat(found)


def at_work(
    people: pl.DataFrame, kinds: Mapping[str, Kind], draws: np.random.Generator, customers: int
) -> pl.DataFrame:
    """Groups of up to `size` colleagues, whose names differ in both initials; one row per person, as `anywhere`."""
    first, last = (slug(pl.col(column)).str.slice(0, 1) for column in ("first_name", "last_name"))
    unlike = (
        people.filter(pl.col("organisation_no").is_not_null())
        .select("person_no", "organisation_no", first=first, last=last)
        .unique(["organisation_no", "first"], keep="first", maintain_order=True)
        .unique(["organisation_no", "last"], keep="first", maintain_order=True)
        .filter(pl.len().over("organisation_no") >= FEWEST)
        .with_columns(place=ROW.over("organisation_no"))
    )
    employers = unlike["organisation_no"].unique().sort()
    employers, at = employers.gather(draws.permutation(len(employers))), 0
    found = []
    for lookalike, kind in kinds.items():
        chosen = employers[at : at + _groups(kind, customers)]
        at += len(chosen)
        sizes = draws.integers(FEWEST, kind.size + 1, len(chosen))
        groups = pl.DataFrame({"organisation_no": chosen, "size": sizes}).with_columns(
            lookalike=pl.lit(lookalike), group=ROW
        )
        found.append(
            unlike.join(groups, on="organisation_no", maintain_order="left")
            .filter(pl.col("place") < pl.col("size"))
            .select("person_no", "lookalike", "group", "place")
        )
    return pl.concat(found)


def _groups(kind: Kind, customers: int) -> int:
    return max(FEWEST, customers // kind.customers)
