"""How tools write what they know of a person: a layout of the company's own, a plain CSV file, and people's habits."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import yaml

TRUTH = ("tool", "record_type", "record_id", "person_id", "story")
CODES = {"FR": "33", "GB": "44", "DE": "49"}
TYPES = {"birth_date": "date", "soc_sec_id": "external_id"}
KEYBOARD = ["azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm"]


@dataclass(frozen=True)
class Sheet:
    """How one tool exports its contacts: its columns by field, and how it writes dates and telephone numbers."""

    tool: str
    columns: Mapping[str, str]
    dates: str = "%Y-%m-%d"
    delimiter: str = ","
    encoding: str = "utf-8"
    language: str = "en"
    id_label: str = "Record"
    id_format: str = "{:05}"


@dataclass(frozen=True)
class Record:
    """What one tool holds of somebody, by field."""

    tool: str
    person_id: str
    story: str
    values: Mapping[str, Any]


def write_sheets(folder: Path, sheets: Iterable[Sheet], records: list[Record], chance: random.Random) -> pl.DataFrame:
    """Write each tool's layout and export below a folder; returns the truth, one row per record."""
    truth: list[tuple[str, ...]] = []
    for sheet in sheets:
        held = [record for record in records if record.tool == sheet.tool]
        chance.shuffle(held)
        home = folder / sheet.tool
        home.mkdir(parents=True, exist_ok=True)
        (home / "layout.yml").write_text(layout(sheet), encoding="utf-8")
        with (home / "contacts.csv").open("w", encoding=sheet.encoding, errors="replace", newline="") as file:
            rows = csv.writer(file, delimiter=sheet.delimiter)
            rows.writerow([sheet.id_label, *sheet.columns.values()])
            for number, record in enumerate(held, start=1):
                record_id = sheet.id_format.format(number)
                rows.writerow([record_id, *(_cell(record.values.get(field), sheet) for field in sheet.columns)])
                truth.append((sheet.tool, "contact", record_id, record.person_id, record.story))
    return pl.DataFrame(truth, schema=TRUTH, orient="row")


def layout(sheet: Sheet) -> str:
    """The layout as somebody of the company would write it: fields by their usual names, and nothing else."""
    fields: dict[str, Any] = {"record_id": {"type": "id", "required": True, "labels": [sheet.id_label]}}
    fields |= {field: {"type": TYPES.get(field, "text"), "labels": [label]} for field, label in sheet.columns.items()}
    contacts = {
        "grain": "one row per contact",
        "feeds": "contacts",
        "needs": ["record_id"],
        "restates": ["record_id"],
        "fields": fields,
    }
    title = sheet.tool.replace("_", " ").capitalize()
    written = {"title": title, "kind": "crm", "languages": [sheet.language], "reports": {"contacts": contacts}}
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True)


def _cell(value: Any, sheet: Sheet) -> str:
    if isinstance(value, date):
        return value.strftime(sheet.dates)
    return "" if value is None else str(value)


class Habits:
    """The ways in which people write the same thing differently."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def some(self, share: float, value: Any) -> Any:
        """The value in that share of cases, else nothing."""
        return value if self.chance.random() < share else None

    def often(self, share: float, change: Callable[[str], str], text: str | None) -> str | None:
        return change(text) if text and self.chance.random() < share else text

    def typo(self, text: str) -> str:
        """One slip: a letter left out, doubled, swapped with the next or hit beside."""
        # the first letter is the one people look at
        at = self.chance.randrange(1 if len(text) > 1 and self.chance.random() < 0.9 else 0, len(text))
        letter, slip = text[at], self.chance.randrange(4)
        if slip == 0 and len(text) > 3:
            return text[:at] + text[at + 1 :]
        if slip == 1:
            return text[:at] + letter + text[at:]
        if slip == 2 and at + 1 < len(text):
            return text[:at] + text[at + 1] + letter + text[at + 2 :]
        row = next((row for row in KEYBOARD if letter.lower() in row), "aeiou")
        return text[:at] + self.chance.choice(row) + text[at + 1 :]

    def phone(self, number: str | None, country: str = "FR") -> str | None:
        """A national number, spaced, dotted, bare or with the country's code."""
        if not number:
            return None
        pairs = " ".join(number[at : at + 2] for at in range(0, len(number), 2))
        code = CODES[country]
        abroad = [f"+{code} {pairs[1:]}", f"00{code}{number[1:]}", f"+{code}{number[1:]}"]
        return self.chance.choice([pairs, pairs, number, pairs.replace(" ", "."), *abroad])

    def address(self, email: str | None) -> str | None:
        """An address as forms hand it on: capitals, a blank, now and then a tag."""
        if not email:
            return None
        local, domain = email.split("@")
        habit = self.chance.random()
        if domain == "gmail.com" and habit < 0.08:
            return f"{local}+{self.chance.choice(['promo', 'news', 'shop'])}@{domain}"
        if domain == "gmail.com" and habit < 0.16:
            return f"{local.replace('.', '')}@{domain}"
        return email.title() if habit > 0.95 else email.upper() if habit > 0.92 else email + " " * (habit > 0.89)

    def street(self, number: str, street: str) -> str:
        """Number and street in one cell, now and then shortened."""
        short = {"rue ": "r. ", "avenue ": "av. ", "boulevard ": "bd ", "chemin ": "ch. ", "Road": "Rd", "Street": "St"}
        if self.chance.random() < 0.25:
            for word, shortened in short.items():
                street = street.replace(word, shortened)
        if street.endswith(("straße", "weg", "gasse", "allee", "grund", "platz", "Markt")):
            return f"{street} {number}"
        return self.chance.choice([f"{number} {street}"] * 4 + [f"{number}, {street}"])
