"""Families at one address, who share a telephone, often a mailbox and sometimes a whole name.

False friends: father and son of one name, mother and daughter of similar ones, twins, the next tenants, namesakes in a
town.
"""

from __future__ import annotations

from benchmarks.crowd import Crowd, Person, plain
from benchmarks.written import Habits, Record, Sheet

SHEETS = (
    Sheet(
        "card",
        {
            "first_name": "Prénom",
            "last_name": "Nom",
            "email": "Courriel",
            "phone": "Téléphone",
            "street": "Adresse",
            "postcode": "Code postal",
            "city": "Ville",
            "birth_date": "Date de naissance",
        },
        dates="%d/%m/%Y",
        delimiter=";",
        encoding="cp1252",
        language="fr",
        id_format="C{:06}",
    ),
    Sheet(
        "shop",
        {
            "email": "Email",
            "first_name": "First name",
            "last_name": "Last name",
            "street": "Street",
            "city": "City",
            "postcode": "Zip",
            "phone": "Phone",
            "birth_date": "Birthday",
        },
    ),
)


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        for person, shared in _family(crowd):
            if crowd.happens(0.75):
                found.append(_known(crowd, habits, "card", person, shared))
            if crowd.happens(0.6):
                found.append(_known(crowd, habits, "shop", person, shared))
            if crowd.happens(0.05):
                found.append(_known(crowd, habits, "shop", person, shared))
    return found


def _family(crowd: Crowd) -> list[tuple[Person, str | None]]:
    """The people of one or two homes, each with the mailbox of the family if she uses it."""
    kind = crowd.chance.choices(
        ["couple", "father_and_son", "mother_and_daughter", "twins", "next_tenant", "namesakes"],
        [50, 12, 10, 10, 8, 10],
    )[0]
    home, name = crowd.home(), crowd.last_name()
    mailbox = crowd.email("famille", name) if crowd.happens(0.4) else None
    father = crowd.person(kind, home, sex="male", last_name=name, birth_date=crowd.birth_date(1972, 1940))
    other = crowd.last_name() if crowd.happens(0.25) else name
    mother = crowd.person(kind, home, sex="female", last_name=other, birth_date=crowd.birth_date(1974, 1942))
    adults = [father, mother]
    young = crowd.birth_date(2006, 1988)
    if kind == "father_and_son":
        named = {"first_name": father.first_name, "last_name": name}
        adults.append(crowd.person(kind, home, sex="male", birth_date=young, **named))
    elif kind == "mother_and_daughter":
        alike = mother.first_name + crowd.chance.choice(["-Anne", "-Lou", "-Rose", "tte", "ne"])
        adults.append(crowd.person(kind, home, sex="female", first_name=alike, last_name=name, birth_date=young))
    elif kind == "twins":
        adults += _twins(crowd, father, young)
    elif kind == "next_tenant":
        adults = [father, crowd.person(kind, home, birth_date=crowd.birth_date())]
        mailbox = None
    elif kind == "namesakes":
        elsewhere = crowd.home(city=home.city, postcode=home.postcode, region=home.region)
        namesake = crowd.person(kind, elsewhere, sex="male", first_name=father.first_name, last_name=name)
        return [(father, mailbox), (mother, mailbox), (namesake, None)]
    elif crowd.happens(0.5):
        adults.append(crowd.person(kind, home, last_name=name, birth_date=young))
    return [(person, mailbox) for person in adults]


def _twins(crowd: Crowd, father: Person, born: object) -> list[Person]:
    sex = crowd.chance.choice(["male", "female"])
    first, other = (crowd.first_name(sex) for _ in range(2))
    while plain(other) == plain(first):
        other = crowd.first_name(sex)
    stated = {"sex": sex, "last_name": father.last_name, "birth_date": born}
    return [crowd.person("twins", father.home, first_name=name, **stated) for name in (first, other)]


def _known(crowd: Crowd, habits: Habits, tool: str, person: Person, mailbox: str | None) -> Record:
    """What a tool knows; of those who share a whole name the birth date nearly always, or nobody could tell."""
    home, card = person.home, tool == "card"
    confused = person.story in ("father_and_son", "namesakes")
    born = person.birth_date if crowd.happens(0.97 if confused else 0.85 if card else 0.45) else None
    own_email, own_phone = crowd.happens(0.55), crowd.happens(0.55)
    email = person.email if own_email else mailbox if crowd.happens(0.7) else None
    return Record(
        tool,
        person.person_id,
        person.story,
        {
            "first_name": habits.often(0.04, habits.typo, person.first_name),
            "last_name": habits.often(0.2, str.upper, habits.often(0.04, habits.typo, person.last_name)),
            "email": habits.address(email),
            "phone": habits.some(0.8, habits.phone(person.mobile if own_phone else home.landline)),
            "street": habits.some(0.9, habits.street(home.number, home.street)),
            "postcode": habits.some(0.92, home.postcode),
            "city": habits.often(0.15, str.upper, home.city),
            "birth_date": born,
        },
    )
