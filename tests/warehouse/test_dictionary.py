import duckdb
import pytest

from warehouse import dictionary
from warehouse.dictionary import DictionaryError
from warehouse.models import gap_models, models
from warehouse.published import MASKS

TABLES = dictionary.tables()
COLUMNS = {column.name: column for table in TABLES.values() for column in table.columns}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_each_column_once_and_its_key_among_them(name):
    columns = [column.name for column in TABLES[name].columns]
    assert len(columns) == len(set(columns))
    assert TABLES[name].key
    assert set(TABLES[name].key) <= set(columns)
    assert {column for column, _ in TABLES[name].accepted} <= set(columns)


def test_every_table_states_its_meaning_and_grain_once():
    own = models({})
    for name, table in TABLES.items():
        in_file = (own[name].meaning, own[name].grain) if name in own else ("", "")
        stated = [text for text in (table.meaning, in_file[0]) if text]
        grain = [text for text in (table.grain, in_file[1]) if text]
        assert len(stated) == len(grain) == 1, name
        assert stated[0].endswith(".") and grain[0].startswith("one row"), name


def test_every_model_is_a_described_table():
    assert set(models({})) <= set(TABLES)


def test_every_column_is_described_in_a_sentence():
    assert [name for name, column in COLUMNS.items() if not column.meaning.endswith(".")] == []


def test_every_type_is_one_that_the_database_knows():
    con = duckdb.connect()
    for column in COLUMNS.values():
        con.execute(f"select null::{column.type}")


def test_money_and_rates_are_never_floating_point():
    floating = {name for name, column in COLUMNS.items() if column.type in ("double", "float", "real")}
    assert floating == {"match_probability", "match_weight", "m_probability", "u_probability", "confidence"}


def test_identifiers_are_text():
    ids = [column for column in COLUMNS.values() if column.name.endswith(("_id", "_key", "_record_id"))]
    assert {column.type for column in ids} == {"varchar"}


def test_every_personal_column_has_a_known_mask():
    assert {column.personal for column in COLUMNS.values() if column.personal} <= set(MASKS)


def test_what_tells_who_somebody_is_is_personal():
    telling = {"first_name", "last_name", "full_name", "email", "phone", "street", "birth_date", "gender", "job_title"}
    assert [name for name in telling if not COLUMNS[name].personal] == []


def test_the_severity_and_table_of_every_kind_of_gap_are_described():
    accepted = dict(TABLES["mart.gaps"].accepted)["severity"]
    assert {kind.header["severity"] for kind in gap_models()} <= set(accepted)


def test_a_table_that_nobody_describes_is_an_error_that_says_what_to_do():
    with pytest.raises(DictionaryError, match=r"mart\.horoscopes is not described in columns\.yml: add it"):
        dictionary.table("mart.horoscopes")


def test_a_column_that_nobody_describes_is_an_error_that_names_it(tmp_path, monkeypatch):
    file = tmp_path / "columns.yml"
    file.write_text("columns: {}\ntables: {mart.a: {key: [b], columns: [b]}}\n", encoding="utf-8")
    monkeypatch.setattr(dictionary, "FILE", file)
    with pytest.raises(DictionaryError, match=r"mart\.a: b not described in columns\.yml"):
        dictionary.tables.__wrapped__()
