"""Who is mailed against their will, and which dead addresses are still mailed to, worked out from the files alone."""

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from sample_files import UNTIL, export, gaps, read_rows, truth
from sample_records import records_of

from pipelines.sample import write_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "exports", folder / "truth", customers=1500, until=UNTIL)
    return folder


def members(sample: Path, status: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(next((sample / "exports/mailchimp").glob("*.zip"))) as archive:
        [name] = [name for name in archive.namelist() if name.startswith(status)]
        return read_rows(archive.read(name).decode("utf-8"))


def test_the_crm_mails_those_who_left_the_mailing_list_where_the_truth_says_so_and_nowhere_else(sample: Path) -> None:
    person = {row["record_id"]: row["person_id"] for row in truth(sample, "people")}
    left = {person[row["EUID"]]: datetime.fromisoformat(row["UNSUB_TIME"]) for row in members(sample, "unsubscribed")}
    mailed = {
        row["ID de fiche d'informations"]: datetime.fromisoformat(row["Date d'envoi du dernier e-mail marketing"])
        for row in export(sample / "exports/hubspot", "*tous-les-contacts*")
        if row["Date d'envoi du dernier e-mail marketing"]
    }
    late = {record for record, at in mailed.items() if at > left.get(person[record], at)}
    assert {f"hubspot/contact/{record}" for record in late} == gaps(sample, "mailed_after_opt_out")
    assert len(mailed) > 10 * len(late) > 0
    assert max(mailed.values()).date() < UNTIL


def test_addresses_that_bounce_are_called_subscribed_where_the_truth_says_so_and_nowhere_else(sample: Path) -> None:
    dead = {row["Email Address"].lower() for row in members(sample, "cleaned")}
    granted = [record for record in records_of(sample / "exports") if record["consent"] == "granted"]
    assert {record["key"] for record in granted if record["email"] in dead} == gaps(sample, "bounced_but_active")
    assert len(dead) > len(gaps(sample, "bounced_but_active"))


def test_whoever_an_import_put_on_the_list_came_in_the_same_second(sample: Path) -> None:
    moments = {row["OPTIN_TIME"] for row in members(sample, "subscribed") if row["OPTIN_IP"] == "127.0.0.1"}
    assert len(moments) == 1
