"""What is true of the exports, written apart: only tests and benchmarks read it."""

from pathlib import Path

import polars as pl

from pipelines.sample import disagreements
from sources.invented import Planted, gap

NO_TALE = ["plain", "shared_inbox", "placeholder_address", "lookalike", "invalid_email", "unreachable_contact"]
# Stories that are a gap by themselves: every record of such a person or company shows it.
COMPANIES_TOLD = ["companies_share_domain", "companies_alike", "invalid_registration_number"]
TOLD_BY_STORY = ["shared_inbox", "consent_conflict", "invalid_email", "unreachable_contact", *disagreements.STORIES]


def write_truth(planted: dict[str, Planted], truth: Path) -> None:
    """Write people, companies, stories, campaigns, gaps, spend and restatements below `truth`, one CSV file each."""
    people = pl.concat([known.people for known in planted.values()])
    companies = pl.concat([known.companies for known in planted.values()])
    campaigns = pl.concat([known.campaigns for known in planted.values()])
    gaps = pl.concat(
        [known.gaps for known in planted.values()]
        + [_records(people), _companies(companies), _names(campaigns)]
        + [gap("outdated_contact", "", subject=field) for field in disagreements.OUTDATED]
        + [gap("tool_without_owner", tool, subject=tool) for tool, known in planted.items() if _ownerless(known)]
    )
    truth.mkdir(parents=True, exist_ok=True)
    people.select("tool", "record_type", "record_id", "person_id").write_csv(truth / "people.csv")
    companies.drop("story").write_csv(truth / "companies.csv")
    _stories(people).write_csv(truth / "stories.csv")
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
    typed = keyed.filter(pl.col("story") == "placeholder_address").with_columns(gap_kind=pl.lit("invalid_email"))
    return pl.concat([twice, told, typed], how="diagonal").select(
        "gap_kind", "tool", pl.lit("").alias("subject"), "row_key"
    )


def _companies(companies: pl.DataFrame) -> pl.DataFrame:
    keyed = companies.with_columns(row_key=pl.concat_str(["tool", "record_id"], separator="/"))
    twice = keyed.filter(pl.len().over("tool", "company_no") > 1).with_columns(gap_kind=pl.lit("duplicate_companies"))
    told = keyed.filter(pl.col("story").is_in(COMPANIES_TOLD)).with_columns(gap_kind="story")
    return pl.concat([twice, told], how="diagonal").select("gap_kind", "tool", pl.lit("").alias("subject"), "row_key")


def _stories(people: pl.DataFrame) -> pl.DataFrame:
    """One row per story and record: whose records are hard to find again, and who is easily taken for whom.

    `group` holds what to compare: the records of one person, or of several people who only look like one.
    """
    record = ["tool", "record_type", "record_id", "person_id"]
    written = people.filter(~pl.col("spelling").is_in(["exact", "no_name"])).select(
        "person_id", told=pl.lit("written_") + pl.col("spelling")
    )
    tales = [
        people.filter(~pl.col("story").is_in(NO_TALE)).select("story", "person_id", *record[:3], group="person_id"),
        people.join(written.unique(), on="person_id").select(*record, story="told", group="person_id"),
        people.drop_nulls("lookalike").select(*record, story="lookalike", group="lookalike_no"),
    ]
    columns = ["story", "group", *record]
    return pl.concat(tale.select(columns) for tale in tales).sort(columns)


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
