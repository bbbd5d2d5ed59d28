from datetime import date

import pytest

from pipelines import load as loading
from pipelines.load import Loaded

CONTACTS = "Record ID,First Name,Email,Shoe size\n1,Ana,ana@north.example,38\n2,Ben,ben@north.example,\n"
DAYS = "Campaign report\nAll time\nCampaign,Day,Currency code,Cost,Impr.,Clicks\n"


@pytest.fixture(scope="module")
def loaded(company):
    """One load of a tool with two contents, one of them under two names, and a file that is no report of it."""
    company.drop("hubspot/a.csv", CONTACTS)
    company.drop("hubspot/archive/a (1).csv", CONTACTS)
    company.drop(
        "hubspot/b.csv", "Record ID,First Name,Last Name,Email\n3,Zoe,Some (Sample Contact),\n4,Kim,Roe,\n,Lou,,\n"
    )
    company.drop("hubspot/minutes.csv", "Topic,Who\nFair,Ana\n")
    company.drop("abacus/sums.csv", "a\n1\n")
    return company.load("hubspot")


def test_a_load_counts_the_rows_of_its_new_files(loaded):
    assert loaded == Loaded(files=4, rows_read=5, rows_loaded=3, rows_rejected=2)


def test_the_same_content_under_two_names_is_loaded_once(company, loaded):
    assert company.rows("select path, status, rows_loaded from ops.files order by path") == [
        ("hubspot/a.csv", "loaded", 2),
        ("hubspot/archive/a (1).csv", "duplicate", 0),
        ("hubspot/b.csv", "loaded", 1),
        ("hubspot/minutes.csv", "rejected", 0),
    ]
    assert company.rows("select reason from ops.files where status = 'duplicate'") == [
        ("the same content was loaded from hubspot/a.csv",)
    ]
    sql = "select record_id, first_name from lake.raw_hubspot.contacts order by record_id"
    assert company.rows(sql) == [("1", "Ana"), ("2", "Ben"), ("4", "Kim")]


def test_every_row_that_was_read_is_loaded_or_kept_aside(company, loaded):
    sql = "select path from ops.files where rows_read != rows_loaded + rows_rejected"
    assert company.rows(sql) == []
    assert company.rows("select row_number, reason is not null, row_text from ops.rejected_rows order by 1") == [
        (2, True, "3,Zoe,Some (Sample Contact),"),
        (4, True, ",Lou,,"),
    ]


def test_every_raw_row_says_where_it_comes_from_and_unknown_columns_are_kept(company, loaded):
    sql = """
        select files.path, rows._row_number, rows.shoe_size, rows._dlt_load_id is not null
        from lake.raw_hubspot.contacts as rows
        inner join ops.files as files on rows._file_id = files.file_id and files.status = 'loaded'
        order by all
    """
    assert company.rows(sql) == [
        ("hubspot/a.csv", 2, "38", True),
        ("hubspot/a.csv", 3, None, True),
        ("hubspot/b.csv", 3, None, True),
    ]


def test_what_was_loaded_is_not_loaded_again(company, loaded, monkeypatch):
    monkeypatch.setattr(loading, "ingest", lambda *args: pytest.fail("nothing is new"))
    before = company.rows("from ops.files order by all")
    assert company.load("hubspot") == Loaded(files=0, rows_read=0, rows_loaded=0, rows_rejected=0)
    assert company.rows("from ops.files order by all") == before


def test_a_file_of_a_folder_that_no_source_reads_is_recorded_once(company, loaded):
    assert (company.inventory(), company.inventory()) == (1, 0)
    sql = "select path, status, reason from ops.files where tool = 'abacus'"
    assert company.rows(sql) == [("abacus/sums.csv", "rejected", "no source named 'abacus' is registered")]


def test_another_tools_files_are_left_to_that_tool(company, loaded):
    assert company.rows("select distinct tool from ops.files where status = 'loaded'") == [("hubspot",)]


def test_a_newer_export_replaces_what_it_restates_though_it_arrives_first(new_company):
    new_company.drop("google_ads/new.csv", DAYS + "Spring,2026-09-02,EUR,5,1,1\nSpring,2026-09-03,EUR,3,1,1\n")
    new_company.load("google_ads")
    older = DAYS + "Spring,2026-09-01,EUR,1,1,1\nSpring,2026-09-02,EUR,2,1,1\n"
    new_company.drop("google_ads/old.csv", older, day=date(2026, 9, 3))
    new_company.load("google_ads")
    sql = "select date::varchar, spend::integer from lake.raw_google_ads.performance order by date"
    assert new_company.rows(sql) == [("2026-09-01", 1), ("2026-09-02", 5), ("2026-09-03", 3)]
    assert new_company.rows("select path, rows_loaded, rows_superseded from ops.files order by path") == [
        ("google_ads/new.csv", 2, 0),
        ("google_ads/old.csv", 2, 1),
    ]


def test_of_a_load_that_is_interrupted_nothing_is_left(new_company, monkeypatch):
    new_company.drop("hubspot/a.csv", CONTACTS)
    with monkeypatch.context() as killed:
        killed.setattr(loading, "record", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            new_company.load("hubspot")
    assert "raw_hubspot.contacts" not in new_company.staging.lake_columns()
    assert new_company.rows("select count(*) from ops.files") == [(0,)]
    assert new_company.load("hubspot").rows_loaded == 2
    assert new_company.rows("select record_id from lake.raw_hubspot.contacts order by 1") == [("1",), ("2",)]


def test_a_rejected_file_is_tried_again_and_recorded_when_its_outcome_changes(new_company):
    new_company.drop("hubspot/a.csv", "Topic\nFair\n")
    assert new_company.load("hubspot").files == 1
    assert new_company.load("hubspot").files == 0
    new_company.staging.con.execute("update lake.ops.files set reason = 'the layout of last year did not fit'")
    assert new_company.load("hubspot").files == 1
    [(count, reason)] = new_company.rows("select count(*), any_value(reason) from ops.files")
    assert count == 1 and "last year" not in reason


def test_a_rejected_file_that_was_put_right_is_a_gap_no_more(new_company, monkeypatch):
    monkeypatch.setattr(loading, "ingest", lambda *args: None)
    new_company.drop("hubspot/a.csv", "Topic\nFair\n")
    new_company.load("hubspot")
    new_company.drop("hubspot/a.csv", CONTACTS)
    new_company.load("hubspot")
    assert new_company.rows("select status from ops.files") == [("loaded",)]


def test_a_large_load_is_taken_over_as_it_is_written(new_company, monkeypatch):
    monkeypatch.setattr("warehouse.staging.LARGE_FILE", 1)
    new_company.drop("hubspot/a.csv", CONTACTS)
    new_company.load("hubspot")
    new_company.drop("hubspot/b.csv", CONTACTS.replace("\n1,", "\n3,").replace("\n2,", "\n1,"), day=date(2026, 9, 30))
    new_company.load("hubspot")
    sql = "select record_id, count(*), count(_dlt_load_id) from lake.raw_hubspot.contacts group by 1 order by 1"
    assert new_company.rows(sql) == [("1", 1, 1), ("2", 1, 1), ("3", 1, 1)]
