"""The invented company's campaigns and money, worked out again from its files alone."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sample_files import LAST_MONTH, UNTIL, gaps, read_rows, tokens_of, truth

from pipelines.sample import write_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "exports", folder / "truth", customers=1500, until=UNTIL)
    return folder


def test_names_of_a_campaign_differ_in_order_and_signs_alone(sample: Path) -> None:
    names = defaultdict(set)
    tokens = {}
    for row in truth(sample, "campaigns"):
        names[row["campaign"]].add(f"{row['tool']}/{row['campaign_name']}")
        plain = " ".join(tokens_of(row["campaign_name"]))
        tokens.setdefault(frozenset(re.findall(r"[a-z0-9]+", plain)), set()).add(row["campaign"])
    assert all(len(campaigns) == 1 for campaigns in tokens.values())
    assert len(tokens) == len(names)
    differing = {name for used in names.values() if len({n.split("/", 1)[1] for n in used}) > 1 for name in used}
    assert differing == gaps(sample, "campaign_names_differ")


def _daily(folder: Path) -> Iterator[dict[str, Any]]:
    """The daily rows of every account, each day from its newest export; money as decimals."""
    french = [*folder.glob("france/France - campagnes*.csv"), folder / "france/France - 30 derniers jours.csv"]
    tables = [(path.read_text(encoding="utf-8"), ",", path.name) for path in french]
    tables += [((folder / "uk/Campaign report.csv").read_text(encoding="utf-16"), "\t", "uk")]
    for text, delimiter, name in tables:
        for row in read_rows(text.split("\n", 2)[2], delimiter):
            day = date.fromisoformat(row["Day"])
            if "campagnes" in name and day >= LAST_MONTH:
                continue
            yield {"account": row["Customer ID"], "day": day, "name": row["Campaign"], "cost": Decimal(row["Cost"])}
    text = (folder / "maroc/Rapport sur les campagnes.csv").read_text(encoding="cp1252")
    for row in read_rows(text.split("\n", 2)[2], ";"):
        day = datetime.strptime(row["Jour"], "%d/%m/%Y").date()
        cost = Decimal(row["Coût"].replace(",", "."))
        yield {"account": row["Numéro client"], "day": day, "name": row["Campagne"], "cost": cost}


def _months(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]], Decimal]]:
    for path in folder.glob("france/Campaign report*.csv"):
        rows = read_rows(path.read_text(encoding="utf-8").split("\n", 2)[2])
        total = next(row for row in rows if row["Campaign status"] == "Total: Campaigns")
        data = [row for row in rows if row["Campaign status"] == "Enabled"]
        yield path.name, data, Decimal(total["Cost"])


def test_spend_counts_every_day_once_with_the_newest_export(sample: Path) -> None:
    folder = sample / "exports/google_ads"
    totals = defaultdict(Decimal)
    for row in _daily(folder):
        totals[row["account"]] += row["cost"]
    for _, rows, _ in _months(folder):
        for row in rows:
            totals[row["Customer ID"]] += Decimal(row["Cost"])
    stated = [row for row in truth(sample, "spend") if row["tool"] == "google_ads" and row["account_id"]]
    assert totals == {row["account_id"]: Decimal(row["spend"]) for row in stated}


def test_spend_without_campaign_and_missing_days(sample: Path) -> None:
    days = defaultdict(set)
    unnamed = set()
    for row in _daily(sample / "exports/google_ads"):
        days[row["account"]].add(row["day"])
        if row["name"] == " --":
            unnamed.add(f"google_ads/{row['account']}/{row['day']}/")
    assert unnamed == gaps(sample, "spend_without_campaign")
    missing = {
        f"google_ads/{account}/{min(seen) + timedelta(days=number)}"
        for account, seen in days.items()
        for number in range((max(seen) - min(seen)).days)
        if min(seen) + timedelta(days=number) not in seen
    }
    assert missing == gaps(sample, "missing_days")
    assert len(missing) == 7


def test_one_period_report_states_more_than_its_rows(sample: Path) -> None:
    folder = sample / "exports/google_ads"
    differing = {
        f"google_ads/france/{name}"
        for name, rows, total in _months(folder)
        if total != sum(Decimal(row["Cost"]) for row in rows)
    }
    assert differing == gaps(sample, "totals_differ", "subject")


def test_one_currency_has_no_rate(sample: Path) -> None:
    with zipfile.ZipFile(sample / "exports/ecb/eurofxref-hist.zip") as archive:
        rates = read_rows(archive.read("eurofxref-hist.csv").decode())
    quoted = set(rates[0]) | {"EUR"}
    used = {row["currency"] for row in truth(sample, "spend") if row["currency"]}
    assert used - quoted == {"MAD"} == gaps(sample, "no_exchange_rate", "subject")
    days = [date.fromisoformat(row["Date"]) for row in rates]
    assert days == sorted(days, reverse=True)
    assert all(day.weekday() < 5 for day in days)
    assert all(row["GBP"] != "N/A" for row in rates)
