"""The files of `warehouse/ref`: what they hold, and those that libphonenumber's data make (run this file for them)."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers.geodata.locale import LOCALE_DATA

from sources.labels import normalised
from warehouse import dictionary

FOLDER = Path(__file__).parent.parent.parent / "warehouse" / "ref"
# spellings that exports use beside the names
SPELLINGS = {"england": "GB", "uk": "GB", "usa": "US", "etats unis": "US", "united states of america": "US"}


def countries():
    found = dict(SPELLINGS)
    for code, names in LOCALE_DATA.items():
        found[code.lower()] = code
        for language in ("en", "fr"):
            name = names.get(language, "")
            # an entry such as `*aa` stands for that language's entry
            name = names.get(name[1:], "") if name.startswith("*") else name
            if name:
                found.setdefault(normalised(name), code)
    return [{"name": name, "country_code": code} for name, code in sorted(found.items())]


def phone_plans():
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        plan = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
        lengths = plan.general_desc.possible_length
        yield {
            "country_code": region,
            "calling_code": str(plan.country_code),
            "national_prefix": plan.national_prefix or "",
            "min_length": str(min(lengths)),
            "max_length": str(max(lengths)),
        }


MADE = {"countries": countries, "phone_plans": phone_plans}
# the files of words, and the columns that hold them
WORDS = {
    "legal_forms": ["legal_form"],
    "name_affixes": ["word", "generation_key"],
    "nicknames": ["name", "root"],
    "organisation_words": ["word"],
    "short_names": ["name", "root"],
    "street_words": ["word", "short"],
}


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", MADE)
def test_a_reference_file_is_what_libphonenumber_says(name):
    assert rows(name) == list(MADE[name]())


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.csv")), ids=lambda file: file.stem)
def test_a_reference_file_has_the_columns_that_are_described_and_no_key_twice(file):
    table = dictionary.table(f"ref.{file.stem}")
    found = rows(file.stem)
    assert set(found[0]) == {column.name for column in table.columns}
    keyed = [tuple(row[column] for column in table.key) for row in found]
    assert len(set(keyed)) == len(keyed)


@pytest.mark.parametrize(("name", "columns"), WORDS.items(), ids=list(WORDS))
def test_words_stand_as_they_are_compared(name, columns):
    # titles and suffixes such as 2nd have figures in them
    odd = [row for row in rows(name) for column in columns if not re.fullmatch("[a-z0-9]*", row[column])]
    assert odd == []
    words = [row[columns[0]] for row in rows(name)]
    assert words == sorted(words)


def test_placeholders_stand_as_they_are_compared():
    found = rows("placeholders")
    dates = [date.fromisoformat(row["word"]) for row in found if row["field"] == "birth_date"]
    words = [row["word"] for row in found if row["field"] != "birth_date"]
    assert dates and [word for word in words if not re.fullmatch("[a-z]+( [a-z]+)*", word)] == []
    # what stands for nothing in every field needs no entry of its own in one
    everywhere = {row["word"] for row in found if row["field"] == "any"}
    assert [row for row in found if row["field"] != "any" and row["word"] in everywhere] == []


def test_a_short_form_stands_for_one_name_that_is_not_short():
    roots = {row["name"]: row["root"] for row in rows("nicknames")}
    assert {name for name in roots if name in roots.values()} == set()


def test_a_short_form_of_several_names_stands_for_more_than_one():
    several = rows("short_names")
    counted = Counter(row["name"] for row in several)
    assert {row["name"] for row in several if row["name"] == row["root"]} == set()
    assert [name for name, count in counted.items() if count == 1] == []


def test_a_word_of_streets_has_one_short_form_that_is_not_replaced():
    shorts = {row["word"]: row["short"] for row in rows("street_words")}
    assert {word for word in shorts if word in shorts.values()} == set()


def test_nothing_is_a_title_and_a_short_form():
    titles = {row["word"] for row in rows("name_affixes")}
    assert titles & {row["name"] for row in rows("nicknames")} == set()


if __name__ == "__main__":
    for name, made in MADE.items():
        listed = list(made())
        with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(listed[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(listed)
