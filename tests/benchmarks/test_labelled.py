"""The labelled sets: exports that are read whole, and a truth about each of their records."""

import hashlib

import polars as pl
import pytest

from benchmarks import labelled, robustness
from pipelines import layouts
from sources.exports import scan
from sources.reading import read


def rows_read(exports):
    """Every export's rows; nothing of it may be kept aside."""
    known, problems = layouts.usable((), exports)
    assert problems == {}
    for export in scan(exports):
        file = read(export, known)
        assert (file.status, file.reason, file.rows_rejected) == ("loaded", None, 0)
        yield file


@pytest.mark.parametrize("set_name", robustness.names())
def test_an_invented_set_is_read_whole_and_told(set_name, tmp_path):
    truth = robustness.write(set_name, tmp_path)
    files = list(rows_read(tmp_path))
    assert sum(file.rows_loaded for file in files) == len(truth) == len(truth.unique(["tool", "record_id"]))
    assert [file.rejected_cells for file in files if len(file.rejected_cells)] == []
    told = {(file.export.tool, record) for file in files for record in file.rows["record_id"]}
    assert told == set(truth.select("tool", "record_id").iter_rows())
    # somebody to find again, and several reasons not to be
    assert truth["person_id"].n_unique() < len(truth)


def test_a_set_is_the_same_every_time(tmp_path):
    written = []
    for again in ("first", "second"):
        truth = robustness.write("tiny", tmp_path / again)
        files = sorted(file for file in (tmp_path / again).rglob("*") if file.is_file())
        written.append((truth.rows(), [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]))
    assert written[0] == written[1]


@pytest.mark.parametrize(("set_name", "records", "links"), [("febrl3", 5000, 6538), ("febrl4", 10000, 5000)])
def test_febrl_comes_without_the_number_that_tells_everything(set_name, records, links, tmp_path):
    truth = labelled.write(set_name, tmp_path)
    sizes = truth["person_id"].value_counts()["count"]
    assert (len(truth), int((sizes * (sizes - 1) // 2).sum())) == (records, links)
    for file in rows_read(tmp_path):
        assert "soc_sec_id" not in file.rows.columns
        assert file.rows["birth_date"].dtype == pl.Date


def test_febrl_with_its_number_states_it_as_an_external_id(tmp_path):
    labelled.write("febrl1", tmp_path)
    [file] = rows_read(tmp_path)
    assert file.rows["soc_sec_id"].null_count() < len(file.rows)
