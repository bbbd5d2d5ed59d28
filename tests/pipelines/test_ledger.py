"""What exports stated of a campaign's day, over rows put into a raw table by hand."""

from decimal import Decimal

import pytest

from pipelines.ledger import note
from sources.layout import raw_schema, tools
from warehouse.staging import Staging

TOOL = tools()["google_ads"]
RAW = "lake.raw_google_ads.performance"


class Exports:
    """Exports of one tool, each loaded and noted as a night would."""

    def __init__(self, staging: Staging) -> None:
        self.con, self.staging = staging.con, staging
        self.con.execute("create schema lake.raw_google_ads")
        with staging.registered(raw_schema(TOOL.tables["performance"]).empty_table()) as empty:
            self.con.execute(f"create table {RAW} as from {empty}")

    def load(self, file_id, exported_at, *rows):
        self.con.execute(
            "insert into lake.ops.files (file_id, tool, path, exported_at, status)"
            " values (?, 'google_ads', ?, ?, 'loaded')",
            [file_id, file_id, exported_at],
        )
        for number, stated in enumerate(rows, start=2):
            row = {"level": "campaign", "campaign_name": "Spring", "currency": "EUR", **stated}
            row |= {"_file_id": file_id, "_row_number": number}
            marks = ", ".join("?" for _ in row)
            self.con.execute(f"insert into {RAW} ({', '.join(row)}) values ({marks})", list(row.values()))
        with self.staging.transaction():
            return note(self.staging, TOOL)

    def ledger(self):
        found = self.con.execute("select file_id, date::varchar, segments, spend, clicks from lake.ops.spend_ledger")
        return sorted(found.fetchall(), key=str)

    def restated(self):
        return self.con.execute(
            "select date::varchar, measure, previous, current, first_seen_at::date::varchar, restated_at::date::varchar"
            " from lake.ops.restatements order by all"
        ).fetchall()


@pytest.fixture
def exports(new_company):
    return Exports(new_company.staging)


def test_a_campaign_s_day_is_one_row_per_file_and_split(exports):
    added = exports.load(
        "a", "2026-09-02",
        {"date": "2026-09-01", "spend": "1.10", "clicks": 2}, {"date": "2026-09-01", "spend": "2.20"},
        {"date": "2026-09-01", "spend": "3", "_segments": "device"}, {"spend": "9"},
    )  # fmt: skip
    assert added == 2
    assert exports.ledger() == [
        ("a", "2026-09-01", "device", Decimal(3), None),
        ("a", "2026-09-01", None, Decimal("3.3"), 2),
    ]


def test_a_file_is_noted_once(exports):
    exports.load("a", "2026-09-02", {"date": "2026-09-01", "spend": "1"})
    exports.load("b", "2026-09-03", {"date": "2026-09-02", "spend": "1"})
    assert [row[0] for row in exports.ledger()] == ["a", "b"]
    assert exports.restated() == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_restatements_are_the_same_whatever_the_order_of_arrival(exports, order):
    day = {"date": "2026-09-01", "campaign_id": "7"}
    given = [
        ("a", "2026-09-02", {**day, "spend": "1", "clicks": 5}),
        ("b", "2026-09-09", {**day, "spend": "1", "clicks": 4, "campaign_name": "Spring sale"}),
        ("c", "2026-09-20", {**day, "spend": "1.5"}, {"date": "2026-09-02", "campaign_id": "7", "spend": "3"}),
    ]
    for number in order:
        exports.load(*given[number])
    assert exports.restated() == [
        ("2026-09-01", "clicks", 5, 4, "2026-09-02", "2026-09-09"),
        ("2026-09-01", "spend", 1, Decimal("1.5"), "2026-09-02", "2026-09-20"),
    ]


def test_other_accounts_levels_and_splits_restate_nothing(exports):
    day = {"date": "2026-09-01", "spend": "1"}
    exports.load("a", "2026-09-02", day)
    others = [{"account_id": "1"}, {"level": "ad_group"}, {"_segments": "device"}, {"currency": "USD"}]
    exports.load("b", "2026-09-03", *({**day, "spend": "2", **other} for other in others))
    assert exports.restated() == []
