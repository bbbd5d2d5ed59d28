import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.settings import Settings, SettingsError, read_settings
from pipelines.workspace import Workspace
from warehouse.lake import Lake

EVERYTHING = """
[company]
name = "North"
country = "BE"
base_currency = "USD"
time_zone = "Europe/Brussels"

[thresholds]
stale_days = 3
provisional_days = 14

[survivorship]
default = "most_frequent"
phone = "most_trusted"
trusted = ["notes", "crm"]

[tools.crm]
owner = "Kim"
monthly_cost = 99.90
restatement_days = 28

[tools.notes]
monthly_cost = 5
"""


@pytest.fixture
def settings(tmp_path):
    def written(text):
        file = tmp_path / "unsilo.toml"
        file.write_text(text, encoding="utf-8")
        return read_settings(file)

    return written


def test_settings_are_read_with_exact_money(settings):
    assert settings(EVERYTHING) == Settings(
        name="North",
        country="BE",
        base_currency="USD",
        time_zone="Europe/Brussels",
        stale_days=3,
        provisional_days=14,
        owners={"crm": "Kim"},
        monthly_costs={"crm": Decimal("99.90"), "notes": Decimal(5)},
        restatement_days={"crm": 28},
        survivorship={"default": "most_frequent", "phone": "most_trusted"},
        trusted=("notes", "crm"),
    )


def test_what_is_left_out_has_a_default(settings):
    assert settings("") == Settings()
    assert settings("[thresholds]\nstale_days = 1\n") == Settings(stale_days=1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[company", r"unsilo\.toml: Expected"),
        ("[compnay]\nname = 'North'", r"unsilo\.toml: \[compnay\] is not a section; there are company, thresholds"),
        ("name = 'North'", r"unsilo\.toml: \[name\] is not a section"),
        ("company = 'North'", r"unsilo\.toml: company: write it as a section, \[company\]"),
        ("[company]\ncurrency = 'EUR'", r"unsilo\.toml: \[company\] currency is not known; there are base_currency, "),
        ("[thresholds]\nstale = 1", r"unsilo\.toml: \[thresholds\] stale is not known"),
        ("[tools.crm]\nprice = 1", r"unsilo\.toml: \[tools\.crm\] price is not known; there are monthly_cost, owner"),
        ("[tools]\ncrm = 'Kim'", r"unsilo\.toml: tools\.crm: write it as a section"),
        ("[company]\ntime_zone = 'Brussels'", r"unsilo\.toml: \[company\] time_zone: write a zone such as"),
        (
            "[survivorship]\nshoe = 'most_recent'",
            r"\[survivorship\] shoe is not known; there are address, birth_date, ",
        ),
        (
            "[survivorship]\ncity = 'most_recent'",
            r"city comes from the same record as the rest of the address: write addr",
        ),
        (
            "[survivorship]\nphone = 'newest'",
            r"\[survivorship\] phone: write one of most_recent, most_trusted, most_freq",
        ),
        ("[survivorship]\ntrusted = 'crm'", r"\[survivorship\] trusted: write a list of tools, the most trusted first"),
        ("[survivorship]\ntrusted = ['crm', 'crm']", r"\[survivorship\] trusted: write a list of tools"),
        (
            "[survivorship]\nphone = 'most_trusted'",
            r"\[survivorship\] phone: say whom, the most trusted first: trusted = ",
        ),
        ("[company]\ntime_zone = '../etc'", r"unsilo\.toml: \[company\] time_zone: write a zone such as"),
    ],
)
def test_an_error_names_file_section_and_key(settings, text, told):
    with pytest.raises(SettingsError, match=told):
        settings(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[company]\ntime_zone = 1", r"\[company\] time_zone"),
        ("[company]\nbase_currency = 'euro'", r"\[company\] base_currency"),
        ("[company]\ncountry = 'France'", r"\[company\] country"),
        ("[thresholds]\nstale_days = 'seven'", r"\[thresholds\] stale_days"),
        ("[thresholds]\nstale_days = -1", r"\[thresholds\] stale_days"),
        ("[tools.crm]\nmonthly_cost = 'much'", r"\[tools\.crm\] monthly_cost"),
        ("[tools.crm]\nrestatement_days = 2.5", r"\[tools\.crm\] restatement_days"),
        ("[tools.crm]\nowner = 5", r"\[tools\.crm\] owner"),
        ("tools = 5", "tools"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(settings, text, told):
    with pytest.raises(SettingsError, match=told):
        settings(text)


def test_settings_lie_beside_the_exports_or_else_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exports = tmp_path / "exports"
    exports.mkdir()
    assert Workspace(exports, Lake(tmp_path / "lake")).settings == Settings()
    (tmp_path / "unsilo.toml").write_text("[company]\nname = 'here'\n", encoding="utf-8")
    assert Workspace(exports, Lake(tmp_path / "lake")).settings.name == "here"
    (exports / "unsilo.toml").write_text("[company]\nname = 'beside'\n", encoding="utf-8")
    assert Workspace(exports, Lake(tmp_path / "lake")).settings.name == "beside"


@pytest.mark.parametrize("tool", ["hubspot", "bespoke", "abacus"])
def test_a_trusted_tool_is_a_source_or_has_exports_or_settings(tmp_path, tool):
    (tmp_path / "abacus").mkdir()
    (tmp_path / "abacus" / "a.csv").touch()
    trusting = f"[survivorship]\ntrusted = ['{tool}']\n[tools.bespoke]\nrestatement_days = 1\n"
    (tmp_path / "unsilo.toml").write_text(trusting, encoding="utf-8")
    assert Workspace(tmp_path, Lake(tmp_path / "lake")).settings.trusted == (tool,)


def test_a_tool_that_nobody_has_heard_of_cannot_be_trusted(tmp_path):
    (tmp_path / "unsilo.toml").write_text("[survivorship]\ntrusted = ['hubspt']\n", encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"unsilo\.toml: \[survivorship\] trusted: hubspt is no tool; there are .*hubs"
    ):
        _ = Workspace(tmp_path, Lake(tmp_path / "lake")).settings


def test_the_environment_names_the_folders_and_the_day(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("UNSILO_EXPORTS", "UNSILO_LAKE", "UNSILO_SOURCES", "UNSILO_AS_OF"):
        monkeypatch.delenv(name, raising=False)
    assert Workspace.from_environment() == Workspace(tmp_path / "exports", Lake(tmp_path / "var/lake"))
    monkeypatch.setenv("UNSILO_EXPORTS", "in")
    monkeypatch.setenv("UNSILO_LAKE", "/out")
    monkeypatch.setenv("UNSILO_SOURCES", os.pathsep.join(["ours", "/theirs"]))
    monkeypatch.setenv("UNSILO_AS_OF", "2026-09-30")
    found = Workspace.from_environment()
    assert (found.exports, found.lake) == (tmp_path / "in", Lake(Path("/out")))
    assert found.more_sources == (tmp_path / "ours", Path("/theirs"))
    assert found.as_of == date(2026, 9, 30)


def test_a_given_day_is_today(tmp_path):
    assert Workspace(tmp_path, Lake(tmp_path), given_day=date(2026, 9, 30)).as_of == date(2026, 9, 30)


def test_every_folder_that_holds_anything_is_a_tool(tmp_path):
    for name in ("crm/2026/a.csv", "abacus/b.csv", ".hidden/c.csv", "loose.csv"):
        file = tmp_path / "exports" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (tmp_path / "exports" / "empty").mkdir()
    workspace = Workspace(tmp_path / "exports", Lake(tmp_path / "lake"))
    assert workspace.folders() == {"crm", "abacus"}
    assert Workspace(tmp_path / "nowhere", Lake(tmp_path / "lake")).folders() == set()
