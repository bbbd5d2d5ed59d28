"""The files of `warehouse/ref` that libphonenumber's data make; run this file to write them anew."""

import csv
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers.geodata.locale import LOCALE_DATA

from sources.labels import normalised

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


@pytest.mark.parametrize("name", MADE)
def test_a_reference_file_is_what_libphonenumber_says(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == list(MADE[name]())


if __name__ == "__main__":
    for name, made in MADE.items():
        rows = list(made())
        with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
