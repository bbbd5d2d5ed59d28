"""What is true of the exports, written apart: only tests and benchmarks read it."""

from pathlib import Path

import polars as pl

from sources.invented import Planted, gap

# Stories that are a gap by themselves: every record of such a person shows it.
TOLD_BY_STORY = ["shared_inbox", "consent_conflict", "invalid_email", "unreachable_contact"]


def write_truth(planted: dict[str, Planted], truth: Path) -> None:
    """Write people.csv, campaigns.csv, gaps.csv, spend.csv and restatements.csv below `truth`."""
    people = pl.concat([known.people for known in planted.values()])
    campaigns = pl.concat([known.campaigns for known in planted.values()])
    gaps = pl.concat(
        [known.gaps for known in planted.values()]
        + [_records(people), _names(campaigns)]
        + [gap("tool_without_owner", tool, subject=tool) for tool, known in planted.items() if _ownerless(known)]
    )
    truth.mkdir(parents=True, exist_ok=True)
    people.select("tool", "record_type", "record_id", "person_id").write_csv(truth / "people.csv")
    campaigns.write_csv(truth / "campaigns.csv")
    gaps.sort("gap_kind", "tool", "subject", "row_key").write_csv(truth / "gaps.csv")
    pl.concat([known.spend for known in planted.values()]).write_csv(truth / "spend.csv")
    pl.concat([known.restatements for known in planted.values()]).write_csv(truth / "restatements.csv")


def _ownerless(known: Planted) -> bool:
    return bool(known.settings) and "owner" not in known.settings


def _records(people: pl.DataFrame) -> pl.DataFrame:
    keyed = people.with_columns(row_key=pl.concat_str(["tool", "record_type", "record_id"], separator="/"))
    twice = keyed.filter(pl.len().over("tool", "person_id") > 1).with_columns(gap_kind=pl.lit("duplicate_contacts"))
    told = keyed.filter(pl.col("story").is_in(TOLD_BY_STORY)).with_columns(gap_kind="story")
    return pl.concat([twice, told], how="diagonal").select("gap_kind", "tool", pl.lit("").alias("subject"), "row_key")


def _names(campaigns: pl.DataFrame) -> pl.DataFrame:
    return (
        campaigns.filter(pl.col("campaign_name").n_unique().over("campaign") > 1)
        .select(
            pl.lit("campaign_names_differ").alias("gap_kind"),
            "tool",
            pl.lit("").alias("subject"),
            row_key=pl.col("tool") + "/" + pl.col("campaign_name"),
        )
        .unique(maintain_order=True)
    )
