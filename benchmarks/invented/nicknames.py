"""People who are called otherwise than they are named: short forms, initials, second first names.

False friends: brothers and sisters whose names begin alike, and two first names with one short form at one address.
"""

from __future__ import annotations

from benchmarks.crowd import Crowd, Person, nicknames
from benchmarks.written import Habits, Record, Sheet

SHEETS = (
    Sheet(
        "members",
        {
            "first_name": "First name",
            "last_name": "Surname",
            "birth_date": "Date of birth",
            "email": "Email",
            "street": "Street",
            "postcode": "Postcode",
            "city": "Town",
        },
        dates="%d/%m/%Y",
    ),
    Sheet(
        "orders",
        {
            "first_name": "Vorname",
            "last_name": "Nachname",
            "email": "E-Mail",
            "phone": "Telefon",
            "street": "Straße",
            "postcode": "PLZ",
            "city": "Ort",
            "country": "Land",
        },
        delimiter=";",
    ),
    Sheet("community", {"full_name": "display name", "email": "email", "birth_date": "birthdate", "city": "city"}),
)


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        country = crowd.chance.choices(["GB", "FR", "DE"], [50, 35, 15])[0]
        person = crowd.person("named", crowd.home(country))
        short = nicknames(person.first_name)
        people = [person.but(story="nickname" if short else "initial" if crowd.happens(0.15) else "named")]
        if crowd.happens(0.12):
            # the same letters at the beginning, another person
            name = crowd.first_name(person.sex, country)
            same = name[:2] == person.first_name[:2] and name != person.first_name
            sister = {"first_name": name, "last_name": person.last_name, "story": "siblings"}
            people += [crowd.person(home=person.home, **sister)] if same or crowd.happens(0.3) else []
        for somebody in people:
            if somebody.first_name == person.first_name and somebody is not people[0]:
                continue
            found += _known(crowd, habits, somebody, short)
    return found


def _known(crowd: Crowd, habits: Habits, person: Person, short: list[str]) -> list[Record]:
    tools = crowd.some({"members": 0.65, "orders": 0.65, "community": 0.4})
    return [Record(tool, person.person_id, person.story, _values(crowd, habits, tool, person, short)) for tool in tools]


def _values(crowd: Crowd, habits: Habits, tool: str, person: Person, short: list[str]) -> dict[str, object]:
    home = person.home
    first = person.first_name
    if person.story == "nickname" and crowd.happens(0.2 if tool == "members" else 0.55):
        first = crowd.chance.choice(short)
    elif person.story == "initial" and crowd.happens(0.5):
        first = f"{first[0]}."
    first = habits.often(0.03, habits.typo, first) or first
    last = habits.often(0.04, habits.typo, person.last_name)
    return {
        "first_name": first,
        "last_name": last,
        "full_name": f"{first} {last}",
        "birth_date": person.birth_date if crowd.happens(0.8) else None,
        "email": habits.address(person.email) if crowd.happens(0.65) else None,
        "phone": habits.phone(person.mobile, home.country) if crowd.happens(0.65) else None,
        "street": habits.some(0.85, habits.street(home.number, home.street)),
        "postcode": habits.some(0.9, home.postcode),
        "city": home.city,
        "country": home.country,
    }
