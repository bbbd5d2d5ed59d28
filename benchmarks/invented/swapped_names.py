"""Names the wrong way round, in one cell, with titles, second names and particles, in three tools.

False friends: people whose first and last name are another's the other way round, and namesakes.
"""

from __future__ import annotations

from benchmarks.crowd import Crowd, Person
from benchmarks.written import Habits, Record, Sheet

SHEETS = (
    Sheet(
        "register",
        {
            "first_name": "Prénom",
            "last_name": "Nom",
            "birth_date": "Né(e) le",
            "email": "E-mail",
            "postcode": "CP",
            "city": "Ville",
        },
        dates="%d/%m/%Y",
        delimiter=";",
        language="fr",
    ),
    Sheet(
        "events",
        {"full_name": "Attendee", "email": "Email", "phone": "Phone", "city": "City", "postcode": "Postcode"},
        id_format="EV-{}",
    ),
    Sheet(
        "support",
        {
            "full_name": "Customer",
            "birth_date": "Date of birth",
            "phone": "Mobile",
            "street": "Address",
            "postcode": "Postcode",
        },
        dates="%d.%m.%Y",
        delimiter="\t",
    ),
)
BEFORE = ["M.", "Mme", "Mr", "Mrs", "Dr", "Prof.", "Me"]
AFTER = ["Jr", "Jr.", "PhD", "MBA"]
STORIES = {"plain": 50, "particle": 15, "second_name": 15, "two_first_names": 10, "namesake": 10}
PARTICLES = ["de", "Le", "La", "van der", "El", "Ben"]


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        for person in _people(crowd):
            for tool in crowd.some({"register": 0.6, "events": 0.6, "support": 0.6}):
                found.append(Record(tool, person.person_id, person.story, _values(crowd, habits, person)))
    return found


def _people(crowd: Crowd) -> list[Person]:
    home = crowd.home()
    story = crowd.chance.choices(list(STORIES), list(STORIES.values()))[0]
    person = crowd.person(story, home)
    if story == "particle":
        return [person.but(last_name=f"{crowd.chance.choice(PARTICLES)} {person.last_name}")]
    if story == "second_name":
        return [person.but(last_name=f"{person.last_name}-{crowd.last_name()}")]
    elsewhere = crowd.home(city=home.city, postcode=home.postcode, region=home.region)
    if story == "two_first_names":
        # Martin Thomas is not Thomas Martin
        first, last = crowd.first_name("male"), crowd.first_name("male")
        if first == last:
            return [person]
        return [
            crowd.person(story, place, sex="male", first_name=one, last_name=two)
            for place, one, two in ((home, first, last), (elsewhere, last, first))
        ]
    if story == "namesake":
        return [person, crowd.person(story, elsewhere, first_name=person.first_name, last_name=person.last_name)]
    return [person]


def _values(crowd: Crowd, habits: Habits, person: Person) -> dict[str, object]:
    first, last = person.first_name, person.last_name
    if person.story == "second_name" and crowd.happens(0.5):
        last = last.split("-")[crowd.chance.choice([0, 0, 1])] if crowd.happens(0.6) else last.replace("-", " ")
    if crowd.happens(0.1):
        first = f"{first} {crowd.first_name(person.sex)[0]}."
    first = habits.often(0.03, habits.typo, first) or first
    last = habits.often(0.03, habits.typo, last) or last
    titled = f"{crowd.chance.choice(BEFORE)} {first}" if crowd.happens(0.12) else first
    ended = f"{last} {crowd.chance.choice(AFTER)}" if crowd.happens(0.03) else last
    turned = [f"{last}, {first}", f"{last.upper()} {first}", f"{last} {first}"]
    whole = crowd.chance.choice([f"{titled} {ended}"] * 3 + turned)
    # nobody fills in both cells the wrong way round but where there are two cells
    if crowd.happens(0.15):
        first, last = last, first
    sure = person.story in ("two_first_names", "namesake")
    return {
        "first_name": habits.often(0.1, str.upper, first),
        "last_name": habits.often(0.25, str.upper, last),
        "full_name": whole,
        "birth_date": person.birth_date if sure or crowd.happens(0.8) else None,
        "email": habits.address(person.email) if sure or crowd.happens(0.75) else None,
        "phone": habits.phone(person.mobile) if sure or crowd.happens(0.75) else None,
        "street": habits.some(0.85, habits.street(person.home.number, person.home.street)),
        "city": habits.some(0.9, person.home.city),
        "postcode": habits.some(0.9, person.home.postcode),
    }
