"""People that nobody is, invented one after the other from a fixed stream of chance, and the places they live at."""

from __future__ import annotations

import random
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

PROVIDERS = {
    "FR": ["gmail.com", "orange.fr", "free.fr", "hotmail.fr", "laposte.net", "yahoo.fr", "sfr.fr"],
    "GB": ["gmail.com", "hotmail.co.uk", "btinternet.com", "outlook.com", "yahoo.co.uk", "icloud.com"],
    "DE": ["gmail.com", "web.de", "gmx.de", "t-online.de", "outlook.de"],
}
# what comes after the trunk zero, and how many digits follow
MOBILES = {"FR": (["6", "7"], 8), "GB": (["77", "78", "79"], 8), "DE": (["151", "160", "175"], 8)}
LANDLINES = {"FR": (["1", "2", "3", "4", "5"], 8), "GB": (["20", "161", "117"], 7), "DE": (["30", "40", "89"], 7)}


@dataclass(frozen=True)
class Home:
    """A household's address and its telephone, a national number."""

    number: str
    street: str
    city: str
    postcode: str
    region: str
    country: str
    landline: str


@dataclass(frozen=True)
class Person:
    """One person as she really is; `story` says what is to be learnt from her records."""

    person_id: str
    story: str
    sex: str
    first_name: str
    last_name: str
    birth_date: date
    home: Home
    email: str
    mobile: str
    company: str | None = None

    def but(self, **changes: Any) -> Person:
        return replace(self, **changes)


class Crowd:
    """Invents people for one set; the same set, the same people."""

    def __init__(self, topic: str) -> None:
        self.chance = random.Random(topic)
        self.people = 0
        self.addresses: set[str] = set()

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def some(self, shares: Mapping[str, float]) -> list[str]:
        """The keys that happen, each by itself."""
        return [name for name, share in shares.items() if self.happens(share)]

    def home(self, country: str = "FR", **stated: str) -> Home:
        city, postcode, region = self.chance.choice(words("places", country)).split("/")
        made = {
            "number": str(self.chance.randint(1, 180)) + " bis" * (country == "FR" and self.happens(0.15)),
            "street": self.chance.choice(words("streets", country)),
            "city": city,
            "postcode": postcode,
            "region": region,
            "country": country,
            "landline": self._number(LANDLINES[country]),
        }
        return Home(**{**made, **stated})

    def person(self, story: str, home: Home | None = None, **stated: Any) -> Person:
        """Somebody with an address and a mobile number of her own; `stated` is what is known already."""
        home = home or self.home()
        sex = stated.get("sex") or self.chance.choice(["male", "female"])
        first = stated.get("first_name") or self.first_name(sex, home.country)
        last = stated.get("last_name") or self.last_name(home.country)
        born = stated.get("birth_date") or self.birth_date()
        self.people += 1
        made = {
            "person_id": f"p{self.people:05}",
            "story": story,
            "sex": sex,
            "home": home,
            "email": self.email(first, last, home.country, born),
            "mobile": self._number(MOBILES[home.country]),
        }
        return Person(**{**made, **stated, "first_name": first, "last_name": last, "birth_date": born})

    def first_name(self, sex: str, country: str = "FR") -> str:
        return self._usual(f"first_names/{country}", sex, 12)

    def last_name(self, country: str = "FR") -> str:
        """A quarter have one of the usual names, the others one of some thousand rare ones."""
        if self.happens(0.25):
            return self._usual("last_names/" + country, "usual", 8)
        return "".join(self.chance.choice(words(f"last_names/{country}", part)) for part in ("beginnings", "endings"))

    def birth_date(self, youngest: int = 2006, oldest: int = 1938) -> date:
        return date(self.chance.randint(oldest, youngest), 1, 1) + timedelta(days=self.chance.randrange(365))

    def email(self, first: str, last: str, country: str = "FR", born: date | None = None, domain: str = "") -> str:
        """An address that nobody else has."""
        given, family = plain(first), plain(last)
        year = str(born.year % 100).zfill(2) if born else ""
        usual = [f"{given}.{family}", f"{given[:1]}{family}"]
        local = self.chance.choice(usual if domain else [*usual, f"{given}{family}{year}", f"{family}.{given}"])
        domain = domain or self.chance.choice(PROVIDERS[country])
        while f"{local}@{domain}" in self.addresses:
            local += str(self.chance.randint(2, 99))
        self.addresses.add(f"{local}@{domain}")
        return f"{local}@{domain}"

    def company(self) -> tuple[str, str]:
        """A company's name without legal form, and its domain."""
        trade, name = (self.chance.choice(words("companies", part)) for part in ("trades", "names"))
        ending = self.chance.choice(["fr", "com", "eu", "net"])
        return f"{trade} {name}", f"{plain(trade)}-{plain(name)}.{ending}"

    def _number(self, plan: tuple[list[str], int]) -> str:
        prefixes, length = plan
        return "0" + self.chance.choice(prefixes) + "".join(str(self.chance.randrange(10)) for _ in range(length))

    def _usual(self, section: str, key: str, evenness: int) -> str:
        listed = words(section, key)
        weights = list(accumulate(1 / (rank + evenness) for rank in range(len(listed))))
        return self.chance.choices(listed, cum_weights=weights)[0]


def nicknames(first_name: str) -> list[str]:
    """The short forms people call somebody of that name by."""
    return str(_table()["nicknames"].get(first_name, "")).split()


@cache
def words(section: str, key: str) -> list[str]:
    """One list of words.toml; `a/b` is a section in a section."""
    part: Any = _table()
    for name in section.split("/"):
        part = part[name]
    return [word.replace("_", " ") for word in part[key].split()]


def plain(text: str) -> str:
    """Small letters only, as in an address."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("ß", "ss").replace("ı", "i"))
    return "".join(letter for letter in decomposed if "a" <= letter <= "z")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
