"""The review sheet: uncertain pairs of contacts beside each other, for people to decide on in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.decisions import Decision
from pipelines.review_files import DECISION, RECORDS, WHY, as_text, as_workbook
from pipelines.rulings import Rulings

if TYPE_CHECKING:
    import polars as pl

    from warehouse.lake import Connection

MOST_ROWS = 1000  # as many as somebody goes through before exporting the next ones
SIDES = ("name", "birth date", "e-mail", "phone", "address", "company", "job title", "record")
OUTCOMES = ("name", "birth_date", "email", "phone", "address", "company")
REASONS = {
    "two_birth_dates": "two birth dates",
    "two_external_ids": "two ids in one tool",
    "weak_link": "held together by a weak link only",
    "uncertain": "not certain",
    "different_names": "different names",
}
READS = {"mart.customer_reviews", "unified.contacts"}
PAIRS = f"""
    with contacts as (
        select
            concat_ws('/', tool, record_type, record_id) as record,
            coalesce(full_name, nullif(concat_ws(' ', first_name, last_name), '')) as name,
            birth_date as "birth date",
            email as "e-mail",
            phone,
            nullif(concat_ws(', ', street, nullif(concat_ws(' ', postcode, city), ''), country), '') as address,
            company,
            job_title as "job title"
        from unified.contacts
    )
    select
        reviews.reason,
        {", ".join(f"reviews.{name}_outcome" for name in OUTCOMES)},
        reviews.match_probability as probability,
        reviews.amount_at_stake as "at stake",
        reviews.currency,
        {", ".join(f'one."{name}" as "{name} 1", other."{name}" as "{name} 2"' for name in SIDES[:-1])},
        reviews.contact_key as "record 1",
        reviews.linked_key as "record 2"
    from mart.customer_reviews as reviews
    left join contacts as one on reviews.contact_key = one.record
    left join contacts as other on reviews.linked_key = other.record
    order by reviews.stake_rank nulls last, reviews.contact_key, reviews.linked_key
"""


class NoReviews(LookupError):
    """The published copy holds no review queue; the message says what to do."""


class Written(NamedTuple):
    """How many pairs are to be decided, and how many of them a sheet holds."""

    pairs: int
    rows: int


def export_reviews(con: Connection, decisions: Sequence[Decision], file: Path, *, private: bool) -> Written:
    """Write the pairs that no decision settles, most at stake first; a workbook, or text if the name ends in `.csv`.

    Nothing is written when there are none. What is `private` can be read by its owner's account only. `con` is a
    published copy. Raises NoReviews, and FileExistsError: a sheet may hold work that was not imported yet.
    """
    there = con.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    if not {(name,) for name in READS} <= set(there):
        raise NoReviews("no pairs to review are published yet: run `unsilo run` first")
    pairs = _open_pairs(con, decisions)
    sheet = _sheet(pairs.head(MOST_ROWS))
    if sheet.height:
        content = as_text(sheet) if file.suffix.lower() == ".csv" else as_workbook(sheet)
        file.touch(mode=0o600 if private else 0o644, exist_ok=False)
        file.write_bytes(content)
    return Written(pairs.height, sheet.height)


def _open_pairs(con: Connection, decisions: Sequence[Decision]) -> pl.DataFrame:
    import polars as pl

    pairs = pl.DataFrame(pl.from_arrow(con.execute(PAIRS).to_arrow_table()))
    rulings = Rulings(decisions)
    decided = pairs.select(RECORDS).filter(pl.all_horizontal(pl.col(RECORDS).is_in(rulings.contacts)))
    settled = [pair for pair in decided.unique().rows() if rulings.settle(*pair)]
    without = pl.DataFrame(settled, pairs.select(RECORDS).schema, orient="row")
    return pairs.join(without, on=RECORDS, how="anti", maintain_order="left")


def _sheet(pairs: pl.DataFrame) -> pl.DataFrame:
    """The columns people read and fill in."""
    import polars as pl

    return pairs.select(
        pl.lit(None, pl.String).alias(DECISION),
        pl.lit(None, pl.String).alias(WHY),
        pl.concat_str(
            pl.col("reason").replace(REASONS).str.replace_all("_", " "),
            pl.concat_str([_outcome(name) for name in OUTCOMES], separator=", ", ignore_nulls=True).replace("", None),
            separator=": ",
            ignore_nulls=True,
        ).alias("evidence"),
        "probability",
        pl.col("at stake").cast(pl.Decimal(18, 2)),
        "currency",
        *(f"{name} {side}" for name in SIDES for side in (1, 2)),
    )


def _outcome(name: str) -> pl.Expr:
    """How a field compares, in words; nothing where neither side states it."""
    import polars as pl

    outcome, label = pl.col(f"{name}_outcome"), {"email": "e-mail"}.get(name, name.replace("_", " "))
    return (
        pl.when(outcome == "one_missing")
        .then(pl.lit(f"{label} on one side only"))
        .when(outcome != "missing")
        .then(outcome.str.replace_all("_", " ") + pl.lit(f" {label}"))
    )
