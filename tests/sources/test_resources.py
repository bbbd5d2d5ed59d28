import pyarrow as pa

from sources.layout import raw_schema
from sources.resources import arrow_table, raw_table, source

HEADER = "Record ID,First Name,Email,"


def test_rows_come_with_all_columns_of_their_table_and_those_only_the_file_has(drop, known):
    file = drop("hubspot/a.csv", HEADER + "Team\n1,Ana,a@b.example,North\n")
    reports = [known["hubspot"].reports["contacts"]]
    contacts = arrow_table(reports, file.rows)
    schema = raw_schema(reports)
    assert contacts.schema.names == [*schema.names, "team"]
    assert pa.schema(list(contacts.schema)[: len(schema)]) == schema
    assert contacts.select(["record_id", "team", "phone"]).to_pylist() == [
        {"record_id": "1", "team": "North", "phone": None}
    ]


def test_the_source_puts_the_rows_of_small_files_together(drop, known):
    files = [
        drop("hubspot/c.csv", "Record ID,Deal Name,Amount\n9,Big,5\n"),
        drop("google_ads/a.csv", "Campaign,Day,Cost,Clicks\nSpring,2026-01-02,1.50,1\n"),
        drop("hubspot/d.csv", "Record ID,Deal Name,Amount,Team\n8,Small,2,North\n"),
    ]
    frames = [(known[file.export.tool].reports[file.report], frame) for file in files for frame in file.frames]
    deals, ads = list(source(known, frames).resources["exports"])
    assert deals.select(["name", "team"]).to_pylist() == [
        {"name": "Big", "team": None},
        {"name": "Small", "team": "North"},
    ]
    assert ads.column("clicks").to_pylist() == [1]


def test_the_rows_of_a_large_file_are_handed_on_as_they_come(drop, known, monkeypatch):
    monkeypatch.setattr("sources.resources.BATCH", 1)
    file = drop("hubspot/c.csv", "Record ID,Deal Name,Amount\n9,Big,5\n8,Small,2\n")
    deals = known["hubspot"].reports["deals"]
    frames = [(deals, file.rows[:1]), (deals, file.rows[1:])]
    assert [table.num_rows for table in source(known, frames).resources["exports"]] == [1, 1]


def test_a_table_of_the_source_stands_for_a_raw_table():
    assert raw_table("google_ads__performance") == "raw_google_ads.performance"
    assert (raw_table("_dlt_pipeline_state"), raw_table("_dlt__x")) == (None, None)
