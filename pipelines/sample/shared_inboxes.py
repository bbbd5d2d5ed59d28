"""Addresses several people answer: a company's role address, a household's one mailbox."""

import numpy as np
import polars as pl

from pipelines.sample.words import chance, picked, slug

ROLES = pl.Series(["info", "contact", "commercial", "compta", "accueil", "sales"])


def share_inboxes(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Add `story`, `shared_address` and `shared_by_mail` (this one is known to the mailing list, not to the CRM).

    Whoever shares an address differs from the others in the initials of a name at least, so that no spelling
    can make two of them one.
    """
    draws = chance(seed, "shared inboxes")
    groups = max(2, len(people) // 500)
    shared = pl.concat([_offices(people, draws, groups), _households(people, draws, max(2, groups // 2))])
    return (
        people.join(shared, on="person_no", how="left", maintain_order="left")
        .with_columns(
            story=pl.when(pl.col("shared_address").is_not_null()).then(pl.lit("shared_inbox")),
            last_name=pl.coalesce("family", "last_name"),
            shared_by_mail=pl.col("shared_by_mail").fill_null(False),
        )
        .drop("family")
    )


def _initial(column: str) -> pl.Expr:
    return slug(pl.col(column)).str.slice(0, 1)


def _offices(people: pl.DataFrame, draws: np.random.Generator, groups: int) -> pl.DataFrame:
    unlike = (
        people.filter(pl.col("organisation_no").is_not_null())
        .with_columns(first=_initial("first_name"), last=_initial("last_name"))
        .unique(["organisation_no", "first"], keep="first", maintain_order=True)
        .unique(["organisation_no", "last"], keep="first", maintain_order=True)
        .filter(pl.len().over("organisation_no") >= 2)
        .with_columns(rank=pl.int_range(pl.len()).over("organisation_no"))
    )
    employers = unlike["organisation_no"].unique().sort()
    chosen = pl.DataFrame(
        {
            "organisation_no": employers.gather(draws.permutation(len(employers))[:groups]),
            "role": picked(draws, ROLES, min(groups, len(employers))),
            "size": draws.integers(2, 5, min(groups, len(employers))),
        }
    )
    return (
        unlike.join(chosen, on="organisation_no", maintain_order="left")
        .filter(pl.col("rank") < pl.col("size"))
        .select(
            "person_no",
            shared_address=pl.col("role") + "@" + pl.col("domain"),
            shared_by_mail=(pl.col("rank") == 2),
            family=pl.lit(None, pl.String),
        )
    )


def _households(people: pl.DataFrame, draws: np.random.Generator, groups: int) -> pl.DataFrame:
    private = people.filter(pl.col("private"))
    members = private[draws.permutation(len(private))[: groups * 2 * (len(private) >= groups * 2)]]
    pairs = members.select(
        "person_no",
        "last_name",
        initial=_initial("first_name"),
        pair=pl.int_range(pl.len()) // 2,
        second=pl.int_range(pl.len()) % 2 == 1,
    ).filter(pl.col("initial").n_unique().over("pair") == 2)
    family = pl.col("last_name").first().over("pair")
    return pairs.select(
        "person_no",
        shared_address=pl.lit("famille.") + slug(family) + (pl.col("pair") + 1).cast(pl.String) + "@courriel.example",
        shared_by_mail=pl.col("second") & (pl.col("pair") % 2 == 0),
        family=family,
    )
