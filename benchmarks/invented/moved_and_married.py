"""People who moved, married, changed their address or their number between two tools' records of them.

False friends: a telephone number given to somebody else, the next tenant, one first name and birth date in two towns,
and a second wife of the same first name.
"""

from __future__ import annotations

from benchmarks.crowd import Crowd, Person
from benchmarks.written import Habits, Record, Sheet

_FIELDS = {
    "first_name": "Prénom",
    "last_name": "Nom",
    "email": "Email",
    "phone": "Téléphone",
    "house_number": "N°",
    "street": "Voie",
    "address_line_2": "Complément",
    "postcode": "Code postal",
    "city": "Commune",
    "region": "Région",
    "birth_date": "Né(e) le",
}
SHEETS = (
    Sheet("before", _FIELDS, dates="%d/%m/%Y", delimiter=";", encoding="cp1252", language="fr"),
    Sheet("after", {**_FIELDS, "email": "Courriel", "phone": "Mobile"}, dates="%Y-%m-%d", language="fr"),
)
CHANGES = {"nothing": 40, "moved": 22, "married": 16, "new_address": 10, "new_number": 6, "moved_and_married": 6}
SECOND_LINES = ["Bât. A", "Bâtiment C", "2e étage", "Résidence du Parc", "Appt 12", "chez Mme Petit"]


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        change = crowd.chance.choices(list(CHANGES), list(CHANGES.values()))[0]
        sex = "female" if "married" in change else crowd.chance.choice(["male", "female"])
        person = crowd.person(change, sex=sex)
        later = _later(crowd, person)
        if crowd.happens(0.75):
            found.append(_known(crowd, habits, "before", person))
        if crowd.happens(0.75):
            found.append(_known(crowd, habits, "after", later))
        if crowd.happens(0.1):
            found.append(_known(crowd, habits, "after", _somebody_else(crowd, person)))
    return found


def _later(crowd: Crowd, person: Person) -> Person:
    """The same person some years on; of what tells her from others two things at least have stayed."""
    changed = person
    if "moved" in person.story:
        changed = changed.but(home=crowd.home())
    if "married" in person.story:
        new = crowd.last_name()
        changed = changed.but(last_name=f"{person.last_name}-{new}" if crowd.happens(0.3) else new)
    if person.story == "new_address" or (person.story == "married" and crowd.happens(0.3)):
        changed = changed.but(email=crowd.email(changed.first_name, changed.last_name))
    if person.story == "new_number":
        changed = changed.but(mobile=crowd.person("nobody", person.home).mobile)
    return changed


def _somebody_else(crowd: Crowd, person: Person) -> Person:
    """Who shares one thing with a person, and is not she."""
    kind = crowd.chance.choice(["number_given_on", "next_tenant", "born_that_day", "second_wife"])
    if kind == "number_given_on":
        return crowd.person(kind, mobile=person.mobile)
    if kind == "next_tenant":
        return crowd.person(kind, person.home)
    if kind == "born_that_day":
        return crowd.person(kind, sex=person.sex, first_name=person.first_name, birth_date=person.birth_date)
    namesake = {"sex": person.sex, "first_name": person.first_name, "last_name": person.last_name}
    return crowd.person(kind, person.home, **namesake)


def _known(crowd: Crowd, habits: Habits, tool: str, person: Person) -> Record:
    home = person.home
    # of somebody who changed much, both tools know what has stayed
    much = person.story in ("married", "moved_and_married", "second_wife")
    values = {
        "first_name": habits.often(0.03, habits.typo, person.first_name),
        "last_name": habits.often(0.2, str.upper, habits.often(0.03, habits.typo, person.last_name)),
        "email": habits.address(person.email) if crowd.happens(0.9 if much else 0.7) else None,
        "phone": habits.phone(person.mobile) if crowd.happens(0.9 if much else 0.7) else None,
        "house_number": habits.some(0.95, home.number),
        "street": habits.some(0.95, home.street),
        "address_line_2": habits.some(0.2, crowd.chance.choice(SECOND_LINES)),
        "postcode": habits.some(0.95, home.postcode),
        "city": habits.some(0.95, home.city),
        "region": habits.some(0.6, home.region),
        "birth_date": person.birth_date if crowd.happens(0.9 if much else 0.75) else None,
    }
    return Record(tool, person.person_id, person.story, values)
