"""The first weeks of a small shop: a few dozen people in two tools, too few to learn from."""

from __future__ import annotations

from benchmarks.crowd import Crowd
from benchmarks.written import Habits, Record, Sheet

_FIELDS = {
    "first_name": "First name",
    "last_name": "Last name",
    "email": "Email",
    "phone": "Phone",
    "street": "Street",
    "postcode": "Postcode",
    "city": "City",
    "birth_date": "Birthday",
}
SHEETS = (Sheet("shop", _FIELDS), Sheet("card", _FIELDS, dates="%d/%m/%Y", delimiter=";"))


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 80:
        person = crowd.person("plain")
        for tool in crowd.some({"shop": 0.7, "card": 0.7}):
            home = person.home
            values = {
                "first_name": habits.often(0.1, habits.typo, person.first_name),
                "last_name": habits.often(0.1, habits.typo, person.last_name),
                "email": habits.address(person.email) if crowd.happens(0.5) else None,
                "phone": habits.phone(person.mobile) if crowd.happens(0.5) else None,
                "street": habits.some(0.9, habits.street(home.number, home.street)),
                "postcode": home.postcode,
                "city": home.city,
                "birth_date": person.birth_date if crowd.happens(0.7) else None,
            }
            found.append(Record(tool, person.person_id, person.story, values))
    return found
