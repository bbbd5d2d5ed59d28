"""Splink 5 on its own, as its documentation sets it up, on the same records.

febrl: the demos “Deduplicating the febrl3 dataset” and “Linking the febrl4 datasets” (its detailed model); without a
social security number what they say of it is left out. Everything else: the model of “Getting started”, for people with
names, birth date, city and address. Clusters at 0.95, as in the documentation of clustering; febrl4's demo says 0.99.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import duckdb
import polars as pl

THRESHOLD = 0.95
# what unsilo makes of the exports is handed over, so that Splink need not read layouts
CONTACTS = """
    select
        concat_ws('/', tool, record_type, record_id) as unique_id,
        tool,
        record_type,
        record_id,
        lower(coalesce(first_name, split_part(full_name, ' ', 1))) as first_name,
        lower(coalesce(last_name, nullif(substr(full_name, strpos(full_name, ' ') + 1), ''))) as surname,
        birth_date as dob,
        lower(trim(city)) as city,
        lower(trim(email)) as email
    from staging.unified.contacts
    order by unique_id
"""


@dataclass(frozen=True)
class Model:
    """A model as one page of the documentation builds it; rules are lists of columns or SQL."""

    comparisons: list[Any]
    blocking: list[Any]
    certain: list[Any]
    recall: float
    trained_on: list[Any]
    unique_id: str = "unique_id"
    link_type: Literal["dedupe_only", "link_only"] = "dedupe_only"
    predict: dict[str, Any] = field(default_factory=lambda: {"threshold_match_probability": 0.2})
    without_term_frequencies: bool = False


def resolve(set_name: str, exports: Path, staging: Path) -> tuple[pl.DataFrame, float]:
    """Who is who by Splink alone: record and `customer_id`, and the seconds of training, predicting and clustering."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    con = duckdb.connect()
    if set_name.startswith("febrl"):
        tables = [pl.read_csv(file, infer_schema=False) for file in sorted(exports.glob("*/people.csv"))]
        model = _febrl(numbered="soc_sec_id" in tables[0].columns, two=len(tables) == 2)
        tools = sorted(folder.name for folder in exports.iterdir())
        named = pl.concat(
            frame.select(pl.lit(tool).alias("tool"), pl.lit("contact").alias("record_type"), record_id="rec_id")
            for tool, frame in zip(tools, tables, strict=True)
        ).with_columns(unique_id="record_id")
    else:
        con.execute(f"attach '{staging}' as staging (read_only)")
        contacts = con.execute(CONTACTS).pl()
        tables, model = [contacts], _people(contacts)
        named = contacts.select("tool", "record_type", "record_id", "unique_id")
    begun = time.perf_counter()
    clusters = _run(con, tables, model)
    seconds = time.perf_counter() - begun
    return named.join(clusters, on="unique_id", how="left"), seconds


def _run(con: duckdb.DuckDBPyConnection, tables: list[pl.DataFrame], model: Model) -> pl.DataFrame:
    from splink import DuckDBAPI, Linker, SettingsCreator

    settings = SettingsCreator(
        unique_id_column_name=model.unique_id,
        link_type=model.link_type,
        blocking_rules_to_generate_predictions=model.blocking,
        comparisons=model.comparisons,
    )
    api = DuckDBAPI(connection=con)
    linker = Linker([api.register(table.to_arrow()) for table in tables], settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(model.certain, recall=model.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for rule in model.trained_on:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=model.without_term_frequencies
        )
    predicted = linker.inference.predict(**model.predict)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, THRESHOLD)
    found = clusters.as_duckdbpyrelation().pl()
    return found.select(unique_id=model.unique_id, customer_id="cluster_id")


def _febrl(*, numbered: bool, two: bool) -> Model:
    import splink.comparison_library as cl
    from splink import block_on

    certain = [block_on("given_name", "surname", "date_of_birth")]
    born: dict[str, Any] = {"input_is_string": True, "datetime_format": "%Y%m%d"}
    street_number = cl.ExactMatch("street_number").configure(term_frequency_adjustments=True)
    if two:
        return Model(
            comparisons=[
                cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
                cl.NameComparison("surname").configure(term_frequency_adjustments=True),
                cl.DateOfBirthComparison("date_of_birth", invalid_dates_as_null=True, **born),
                street_number,
                cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            ],
            blocking=[
                block_on("given_name", "surname"),
                "l.given_name = r.surname and l.surname = r.given_name",
                block_on("date_of_birth"),
                block_on("state", "address_1"),
                block_on("street_number", "address_1"),
                block_on("postcode"),
            ],
            certain=certain,
            recall=0.8,
            trained_on=[block_on("date_of_birth"), block_on("postcode")],
            unique_id="rec_id",
            link_type="link_only",
            without_term_frequencies=True,
        )
    swapped = "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth"
    return Model(
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", **born),
            *([cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2])] if numbered else []),
            street_number,
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking=[
            *([block_on("soc_sec_id")] if numbered else []),
            *(block_on(column) for column in ("given_name", "surname", "date_of_birth", "postcode")),
        ],
        certain=[*([block_on("soc_sec_id")] if numbered else []), *certain, swapped],
        recall=0.9,
        trained_on=[block_on("date_of_birth"), block_on("postcode")],
        unique_id="rec_id",
    )


def _people(contacts: pl.DataFrame) -> Model:
    """“Getting started”, without what no record states."""
    import splink.comparison_library as cl
    from splink import block_on

    known = {column for column in ("dob", "city", "email") if contacts[column].n_unique() > 2}
    comparisons = {
        "first_name": cl.NameComparison("first_name"),
        "surname": cl.JaroAtThresholds("surname"),
        "dob": cl.DateOfBirthComparison("dob", input_is_string=False),
        "city": cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        "email": cl.EmailComparison("email"),
    }
    return Model(
        comparisons=[made for column, made in comparisons.items() if column in known | {"first_name", "surname"}],
        blocking=[*([block_on("first_name", "dob")] if "dob" in known else []), block_on("surname")],
        certain=[block_on("first_name", "surname")],
        recall=0.7,
        trained_on=[block_on("first_name", "surname"), *([block_on("email")] if "email" in known else [])],
        predict={"threshold_match_weight": -5},
    )
