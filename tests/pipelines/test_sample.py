"""The files a sample writes look as their tools would have written them, and come out the same every time."""

import csv
import hashlib
import re
import tomllib
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.sample import write_sample
from pipelines.workspace import Workspace
from sources.layout import tools
from sources.outcome import ReadFile
from sources.reading import read
from warehouse.lake import Lake

UNTIL = date(2026, 3, 1)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "exports", folder / "truth", customers=400, seed=7, until=UNTIL)
    return folder / "exports"


@pytest.fixture(scope="module")
def files(exports: Path) -> dict[str, ReadFile]:
    return _read(exports)


def _read(exports: Path) -> dict[str, ReadFile]:
    company = Workspace(exports, Lake(exports.parent / "lake"))
    return {export.path: read(export, company.tools) for export in company.dropped()}


def _fingerprint(folder: Path) -> dict[str, tuple[str, float]]:
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_same_seed_size_and_day_give_the_same_bytes_and_times(exports: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "exports", tmp_path / "truth", customers=400, seed=7, until=UNTIL)
    assert _fingerprint(tmp_path / "exports") == _fingerprint(exports)


def test_another_seed_invents_other_people(exports: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "exports", tmp_path / "truth", customers=400, seed=8, until=UNTIL)
    name = f"hubspot/hubspot-crm-exports-tous-les-contacts-{UNTIL}.csv"
    assert (tmp_path / "exports" / name).read_bytes() != (exports / name).read_bytes()


def test_the_number_of_files_is_returned_per_folder(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    written = write_sample(exports, tmp_path / "truth", customers=60, until=UNTIL)
    assert written == {
        folder.name: sum(path.is_file() for path in folder.rglob("*"))
        for folder in exports.iterdir()
        if folder.is_dir()
    }
    assert set(written) == {*tools(), "atelier", "caisse", "salonpro"}


def test_every_report_of_every_tool_is_in_the_sample(files: dict[str, ReadFile]) -> None:
    reports = {(tool.name, name) for tool in tools().values() for name in tool.reports}
    assert reports <= {(table.report.tool, table.report.name) for file in files.values() for table in file.tables}


def test_the_sample_has_files_as_people_damage_them(files: dict[str, ReadFile]) -> None:
    again = {file.export.tool for file in files.values() if (file.encoding, file.delimiter) == ("windows-1252", ";")}
    kinds = {tool.kind for tool in tools().values() if tool.name in again}
    assert kinds == {tool.kind for tool in tools().values()} - {"reference"}
    sheets = [path.split("!")[0] for path in files if "!" in path and ".xlsx!" in path]
    assert len(sheets) > len(set(sheets))
    assert any(path.endswith(".csv") and file.export.content().startswith(b"PK") for path, file in files.items())


@pytest.mark.parametrize("until", [date(2024, 2, 29), date(2026, 1, 1), date(2025, 12, 31)])
def test_any_day_of_the_year_will_do(until: date, tmp_path: Path) -> None:
    write_sample(tmp_path / "exports", tmp_path / "truth", customers=60, until=until)
    read_files = _read(tmp_path / "exports")
    refused = [path for path, file in read_files.items() if file.status == "rejected"]
    assert sorted(refused) == [
        f"caisse/tickets-{until}.csv",
        "hubspot/compte-rendu réunion marketing.csv",
        f"salonpro/participants-salon-{until.year}.csv",
    ]
    assert max(file.period_end for file in read_files.values() if file.period_end) < until


def test_the_folders_are_written_once_a_file_was_last_touched_that_day(exports: Path) -> None:
    newest = max(path.stat().st_mtime for path in exports.rglob("*") if path.is_file())
    assert datetime.fromtimestamp(newest, UTC).date() == UNTIL


def test_a_spreadsheet_download_is_utf_16_with_tabs(exports: Path, files: dict[str, ReadFile]) -> None:
    content = (exports / "google_ads/uk/Campaign report.csv").read_bytes()
    assert content.startswith(b"\xff\xfeC\x00a\x00")
    assert re.search(r'\t"\d{1,3},\d{3}"\t', content.decode("utf-16"))
    assert files["google_ads/uk/Campaign report.csv"].delimiter == "\t"


def test_a_french_report_saved_again_by_a_spreadsheet(exports: Path, files: dict[str, ReadFile]) -> None:
    name = "google_ads/maroc/Rapport sur les campagnes.csv"
    content = (exports / name).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    title, period, header, first = content.decode("cp1252").split("\r\n")[:4]
    assert title.startswith("Rapport sur les campagnes;;")
    assert period.startswith("1 mars 2025 - 28 février 2026;")
    assert header.split(";")[6] == "Coût" and re.fullmatch(r"\d+,\d\d", first.split(";")[6])
    assert files[name].language == "fr"


def test_the_other_files_are_utf_8_without_mark(exports: Path) -> None:
    texts = [
        *exports.glob("hubspot/*.csv"),
        *exports.glob("mailchimp/*.csv"),
        *exports.glob("google_ads/france/*camp*.csv"),
    ]
    for path in texts:
        assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
        path.read_text(encoding="utf-8")


def test_an_audience_is_a_zip_of_one_file_per_status(exports: Path) -> None:
    with zipfile.ZipFile(next(exports.glob("mailchimp/*.zip"))) as archive:
        statuses = [name.split("_email_audience_export_")[0] for name in archive.namelist()]
        assert all(info.date_time[:3] == (2026, 3, 1) for info in archive.infolist())
        header = archive.read(archive.namelist()[0]).decode().split("\n")[0]
    assert sorted(statuses) == ["cleaned", "nonsubscribed", "subscribed", "unsubscribed"]
    assert header.startswith("Email Address,First Name,Last Name,") and header.endswith("LEID,EUID,NOTES,TAGS")


def test_some_ids_look_like_numbers(exports: Path) -> None:
    with (exports / "mailchimp/campaigns.csv").open(encoding="utf-8") as file:
        ids = [row["Unique Id"] for row in csv.DictReader(file)]
    assert {"26002260e0", "0221405506"} <= set(ids)
    assert all(re.fullmatch(r"[0-9a-f]{10}", identity) for identity in ids)
    assert len(set(ids)) == len(ids)


def test_every_address_and_telephone_belongs_to_nobody(exports: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in exports.glob("hubspot/*.csv")]
    with zipfile.ZipFile(next(exports.glob("mailchimp/*.zip"))) as archive:
        texts += [archive.read(name).decode() for name in archive.namelist()]
    addresses = {address.lower() for text in texts for address in re.findall(r"[\w.+-]*@[\w.-]+\w", text)}
    # the one provider named allows no hyphen
    nobodys = r".*[@.](example|example\.(com|org|net))|.*-.*@gmail\.com"
    assert all(re.fullmatch(nobodys, address) for address in addresses)
    with next(exports.glob("hubspot/*tous-les-contacts-2026-03-01.csv")).open(encoding="utf-8") as file:
        phones = {row["Numéro de téléphone"] for row in csv.DictReader(file)} - {"", None}
    national = {re.sub(r"^(0033|0044|33|44)(?=[1-9])", "0", re.sub(r"\D", "", phone)) for phone in phones}
    reserved = r"(019900|026191|035301|046571|053649|063998)\d{4}|0207946\d{4}|07700900\d{3}|0{10}"
    assert all(re.fullmatch(reserved, phone) for phone in national)


def test_an_older_export_holds_fewer_contacts_and_older_values(files: dict[str, ReadFile]) -> None:
    older, newer = (file for path, file in files.items() if "tous-les-contacts" in path)
    assert older.exported_at < newer.exported_at
    assert older.rows is not None and newer.rows is not None
    both = older.rows.join(newer.rows, on="record_id")
    assert len(both) == len(older.rows) < len(newer.rows)
    assert (both["lifecycle_stage"] != both["lifecycle_stage_right"]).any()
    assert (both["email"].fill_null("") == both["email_right"].fill_null("")).all()


def test_the_last_month_is_stated_again_with_more(files: dict[str, ReadFile]) -> None:
    first = next(file for path, file in files.items() if "France - campagnes 2025-09" in path)
    again = files["google_ads/france/France - 30 derniers jours.csv"]
    assert again.exported_at > first.exported_at
    assert first.rows is not None and again.rows is not None
    both = again.rows.join(first.rows, on=["account_id", "campaign_id", "date"])
    assert len(both) == len(again.rows)
    assert (both["spend"] > both["spend_right"]).all()
    assert (both["conversions"] > both["conversions_right"]).all()


def test_one_download_was_dropped_twice(files: dict[str, ReadFile]) -> None:
    contents = [file.export.file_id for file in files.values()]
    assert len(contents) - len(set(contents)) == 1


def test_periods_and_days_of_an_account_do_not_overlap(files: dict[str, ReadFile]) -> None:
    french = {path: file for path, file in files.items() if path.startswith("google_ads/france/")}
    months = [file.period_end for path, file in french.items() if "Campaign report" in path]
    days = [file.period_start for path, file in french.items() if "France" in path]
    assert max(filter(None, months)) < min(filter(None, days))


def test_rejected_rows_cells_and_files_are_the_planted_ones(exports: Path, files: dict[str, ReadFile]) -> None:
    with (exports.parent / "truth/gaps.csv").open(encoding="utf-8") as file:
        planted = {(row["gap_kind"], row["row_key"]) for row in csv.DictReader(file)}
    found = set()
    earlier = min(path for path in files if "tous-les-contacts" in path)
    for path, file in files.items():
        if path == earlier:  # wholly restated by the later export
            continue
        found |= {("rejected_rows", f"{path}:{number}") for number in file.rejected_rows["row_number"]}
        cells = file.rejected_cells.select("row_number", "field").iter_rows()
        found |= {("rejected_cells", f"{path}:{number}:{field}") for number, field in cells}
        if file.status == "rejected":
            kind = "unreadable_file" if file.export.tool in tools() else "unknown_tool"
            found.add((kind, path))
    found = {(kind, key) for kind, key in found if not key.endswith(":ad_id")}  # a gap of its own
    kinds = {"rejected_rows", "rejected_cells", "unreadable_file", "unknown_tool"}
    assert found == {(kind, key) for kind, key in planted if kind in kinds}


def test_settings_name_owners_by_team_and_leave_one_tool_without(exports: Path) -> None:
    settings = tomllib.loads((exports / "unsilo.toml").read_text(encoding="utf-8"))
    assert settings["company"] == {
        "name": "Vélosolis",
        "country": "FR",
        "base_currency": "EUR",
        "time_zone": "Europe/Paris",
    }
    assert [tool for tool, settings in settings["tools"].items() if "owner" not in settings] == ["mailchimp"]
