"""One person in three countries' habits: dates, telephone numbers, postcodes and countries each written otherwise.

False friends: people born on the third of April and on the fourth of March, and one name in two countries.
"""

from __future__ import annotations

from datetime import date

from benchmarks.crowd import Crowd, Person
from benchmarks.written import Habits, Record, Sheet

NAMES = {
    "FR": ["France", "FR", "FRANCE"],
    "GB": ["United Kingdom", "UK", "Royaume-Uni", "GB"],
    "DE": ["Germany", "Deutschland", "Allemagne", "DE"],
}
SHEETS = (
    Sheet(
        "club",
        {
            "last_name": "Nom",
            "first_name": "Prénom",
            "birth_date": "Date de naissance",
            "phone": "Portable",
            "postcode": "Code postal",
            "city": "Ville",
            "country": "Pays",
        },
        dates="%d/%m/%Y",
        delimiter=";",
        encoding="cp1252",
        language="fr",
    ),
    Sheet(
        "store",
        {
            "full_name": "Customer",
            "birth_date": "Birthday",
            "email": "Email",
            "phone": "Phone",
            "postcode": "Zip",
            "country": "Country",
        },
        dates="%m/%d/%Y",
    ),
    Sheet(
        "app",
        {
            "first_name": "given",
            "last_name": "family",
            "birth_date": "born",
            "email": "mail",
            "city": "town",
            "street": "street",
            "country": "country",
        },
        dates="%d.%m.%y",
        delimiter="\t",
    ),
)


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        for person in _people(crowd):
            for tool in crowd.some({"club": 0.6, "store": 0.6, "app": 0.6}):
                found.append(Record(tool, person.person_id, person.story, _values(crowd, habits, person)))
    return found


def _people(crowd: Crowd) -> list[Person]:
    country = crowd.chance.choices(["FR", "GB", "DE"], [60, 20, 20])[0]
    person = crowd.person("plain", crowd.home(country), birth_date=_born(crowd))
    if crowd.happens(0.06):
        home = crowd.home(country, city=person.home.city, postcode=person.home.postcode, region=person.home.region)
        born = date(person.birth_date.year, person.birth_date.day % 12 + 1, person.birth_date.month)
        alike = {"first_name": person.first_name, "last_name": person.last_name, "birth_date": born}
        return [person.but(story="month_or_day"), crowd.person("month_or_day", home, **alike)]
    if crowd.happens(0.05):
        abroad = crowd.home(crowd.chance.choice([other for other in NAMES if other != country]))
        alike = {"first_name": person.first_name, "last_name": person.last_name}
        return [person.but(story="abroad"), crowd.person("abroad", abroad, birth_date=_born(crowd), **alike)]
    return [person]


def _born(crowd: Crowd) -> date:
    """Nobody born before 1970, so that a year of two digits is no riddle."""
    return crowd.birth_date(2006, 1970)


def _values(crowd: Crowd, habits: Habits, person: Person) -> dict[str, object]:
    home = person.home
    sure = person.story != "plain"
    postcode = home.postcode
    if crowd.happens(0.3):
        # spreadsheets take zeros away, and people put blanks in or leave them out
        postcode = postcode.replace(" ", "") if " " in postcode else postcode.lstrip("0")
    elif home.country == "FR" and crowd.happens(0.1):
        postcode = f"{postcode[:2]} {postcode[2:]}"
    born = person.birth_date
    if not sure and crowd.happens(0.02) and born.day <= 12:
        born = date(born.year, born.day, born.month)
    first = habits.often(0.04, habits.typo, person.first_name)
    last = habits.often(0.04, habits.typo, person.last_name)
    return {
        "first_name": first,
        "last_name": habits.often(0.2, str.upper, last),
        "full_name": f"{first} {last}",
        "birth_date": born if sure or crowd.happens(0.8) else None,
        "email": habits.address(person.email) if crowd.happens(0.7) else None,
        "phone": habits.phone(person.mobile, home.country) if crowd.happens(0.7) else None,
        "postcode": postcode,
        "city": home.city,
        "street": habits.some(0.8, habits.street(home.number, home.street)),
        "country": crowd.chance.choice(NAMES[home.country]),
    }
