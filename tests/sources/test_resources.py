import pyarrow as pa

from sources.layout import arrow_schema
from sources.resources import source

HEADER = "Record ID,First Name,Email,"


def tables(found):
    return {name: pa.concat_tables(resource) for name, resource in found.resources.items()}


def test_each_report_is_one_table_of_all_its_files(drop, known):
    first = drop("hubspot/a.csv", HEADER + "Team\n1,Ana,a@b.example,North\n")
    second = drop("hubspot/b.csv", "Record ID,Email,Create Date,Shoe size\n2,b@b.example,2026-01-02,42\n")
    deals = drop("hubspot/c.csv", "Record ID,Deal Name,Amount\n9,Big,5\n")
    found = source(known["hubspot"], [first, second, deals])
    assert found.name == "hubspot"
    contacts = tables(found)["contacts"]
    schema = arrow_schema(known["hubspot"].reports["contacts"])
    assert contacts.schema.names == [*schema.names, "team", "shoe_size"]
    assert pa.schema(list(contacts.schema)[: len(schema)]) == schema
    assert contacts.select(["record_id", "team", "shoe_size"]).to_pylist() == [
        {"record_id": "1", "team": "North", "shoe_size": None},
        {"record_id": "2", "team": None, "shoe_size": "42"},
    ]
    assert tables(found)["deals"].num_rows == 1


def test_a_report_without_files_has_its_columns(known, drop):
    rejected = drop("hubspot/notes.csv", "Topic\nFair\n")
    companies = tables(source(known["hubspot"], [rejected]))["companies"]
    assert (companies.num_rows, companies.schema) == (0, arrow_schema(known["hubspot"].reports["companies"]))


def test_rows_are_appended(known):
    resources = source(known["hubspot"], []).resources.values()
    assert {resource.write_disposition for resource in resources} == {"append"}


def test_times_stay_without_a_zone(known):
    contacts = source(known["hubspot"], []).resources["contacts"]
    assert contacts.columns["created_at"]["timezone"] is False
