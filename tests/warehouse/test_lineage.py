import pytest

from warehouse import dictionary
from warehouse.lineage import column_lineage
from warehouse.models import Model, gap_models, models

MODELS = models({})
SCHEMA = {name: [column.name for column in table.columns] for name, table in dictionary.tables().items()}


def test_a_column_is_traced_through_expressions_and_joins():
    origins = column_lineage(MODELS["mart.campaign_performance"], SCHEMA)
    assert origins["tool"] == [("unified.ad_performance", "tool")]
    assert origins["spend_base"] == [
        ("ref.settings", "base_currency"),
        ("unified.ad_performance", "currency"),
        ("unified.ad_performance", "spend"),
        ("unified.rates", "rate"),
    ]


def test_a_column_made_of_nothing_is_left_out(tmp_path):
    file = tmp_path / "contacts.sql"
    file.write_text("select tool, null as birth_date from raw_crm.people", encoding="utf-8")
    model = Model("unified.contacts", (file,), "People.", "one row per person")
    assert column_lineage(model, {"raw_crm.people": ["tool"]}) == {"tool": [("raw_crm.people", "tool")]}


def test_a_table_of_several_files_has_the_origins_of_all(tmp_path):
    files = []
    for tool in ("crm", "mail"):
        files.append(tmp_path / f"{tool}.sql")
        files[-1].write_text(f"select '{tool}' as tool, id as record_id from raw_{tool}.people", encoding="utf-8")
    model = Model("unified.contacts", tuple(files), "People.", "one row per person")
    origins = column_lineage(model, {"raw_crm.people": ["id"], "raw_mail.people": ["id"]})
    assert origins == {"record_id": [("raw_crm.people", "id"), ("raw_mail.people", "id")]}


@pytest.mark.parametrize("name", [name for name in MODELS if name != "mart.gap_rows"])
def test_every_origin_is_a_described_column_of_a_table_that_is_read(name):
    for column, origins in column_lineage(MODELS[name], SCHEMA).items():
        assert column in SCHEMA[name]
        for table, origin in origins:
            assert table in MODELS[name].depends_on
            assert origin in SCHEMA[table]


def test_models_are_ordered_so_that_each_is_built_after_what_it_reads():
    order = list(MODELS)
    for name, model in MODELS.items():
        assert all(order.index(table) < order.index(name) for table in model.depends_on if table in MODELS)


def test_gap_rows_read_what_every_kind_of_gap_reads():
    assert MODELS["mart.gap_rows"].depends_on == frozenset().union(*(kind.depends_on for kind in gap_models()))
