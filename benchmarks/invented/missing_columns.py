"""Three tools that know little, and not the same: columns that one lacks, that are empty or say the same of everybody.

False friends: namesakes in one town, and people of whom only a first name is known.
"""

from __future__ import annotations

from benchmarks.crowd import Crowd, Person
from benchmarks.written import Habits, Record, Sheet

SHEETS = (
    # a shop in one town: its town and country are everybody's
    Sheet(
        "till",
        {
            "full_name": "Client",
            "phone": "Tél.",
            "postcode": "CP",
            "city": "Ville",
            "country": "Pays",
            "birth_date": "Anniversaire",
            "job_title": "Fonction",
        },
        delimiter=";",
        language="fr",
    ),
    # a sign-up form: hardly anybody says more than the address
    Sheet("newsletter", {"email": "Email", "first_name": "Name"}, id_format="nl{:07}"),
    Sheet(
        "repairs",
        {
            "last_name": "Nom",
            "first_name": "Prénom",
            "email": "Courriel",
            "phone": "Portable",
            "postcode": "CP",
            "gender": "Civilité",
        },
        delimiter="\t",
        language="fr",
    ),
)


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        home = crowd.home(city="Rennes", postcode=crowd.chance.choice(["35000", "35000", "35200", "35700"]))
        person = crowd.person("plain", home)
        people = [person]
        if crowd.happens(0.06):
            alike = {"first_name": person.first_name, "last_name": person.last_name}
            near = crowd.home(city="Rennes", postcode=home.postcode)
            people = [person.but(story="namesake"), crowd.person("namesake", near, **alike)]
        for somebody in people:
            found += _known(crowd, habits, somebody)
    return found


def _known(crowd: Crowd, habits: Habits, person: Person) -> list[Record]:
    tools = crowd.some({"till": 0.6, "newsletter": 0.5, "repairs": 0.6})
    return [Record(tool, person.person_id, person.story, _values(crowd, habits, tool, person)) for tool in tools]


def _values(crowd: Crowd, habits: Habits, tool: str, person: Person) -> dict[str, str | None]:
    first = habits.often(0.03, habits.typo, person.first_name)
    last = habits.often(0.03, habits.typo, person.last_name)
    return {
        "full_name": f"{first} {last}",
        "first_name": first if tool == "repairs" or crowd.happens(0.35) else None,
        "last_name": last,
        "phone": habits.phone(person.mobile) if crowd.happens(0.8) else None,
        "email": habits.address(person.email) if tool == "newsletter" or crowd.happens(0.8) else None,
        "postcode": habits.some(0.9, person.home.postcode),
        "city": person.home.city,
        "country": "France",
        # columns that nobody fills
        "birth_date": None,
        "job_title": None,
        "gender": {"male": "M.", "female": "Mme"}[person.sex],
    }
