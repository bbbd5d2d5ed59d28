"""Organisations and functions among people, in the CRM's name cells as much as in the accounts'.

False friends: an organisation and the person it is named after, branches of one name in two towns, and people of one
organisation.
"""

from __future__ import annotations

from benchmarks.crowd import Crowd, Home, Person, words
from benchmarks.written import Habits, Record, Sheet

SHEETS = (
    Sheet(
        "crm",
        {
            "first_name": "Prénom",
            "last_name": "Nom",
            "company": "Société",
            "email": "E-mail",
            "phone": "Téléphone",
            "postcode": "Code postal",
            "city": "Ville",
        },
        delimiter=";",
        language="fr",
    ),
    Sheet(
        "billing",
        {
            "full_name": "Customer name",
            "company": "Company",
            "email": "Billing e-mail",
            "phone": "Phone",
            "street": "Address",
            "postcode": "Postcode",
            "city": "City",
        },
        id_format="CUST{:05}",
    ),
)
KNOWN = {"crm": 0.7, "billing": 0.7}
DESKS = ["Service client", "Accueil", "Comptabilité", "Service achats", "Accounts payable", "Direction"]
FAMILY_FIRMS = ["{} & Fils", "{} Frères", "Ets {}", "Maison {}", "Cabinet {}"]


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        name, domain = crowd.company()
        domain = f"{crowd.chance.randint(2, 999)}{domain}"
        form = crowd.chance.choice(words("companies", "forms"))
        home = crowd.home()
        if crowd.happens(0.25):
            # a firm named after its founder, who is a customer too
            founder = crowd.person("founder", home)
            name = crowd.chance.choice(FAMILY_FIRMS).format(founder.last_name)
            found += _person(crowd, habits, founder.but(email=f"contact@{domain}", mobile=home.landline), name)
        places = [home, crowd.home()] if crowd.happens(0.15) else [home]
        for branch in places:
            found += _organisation(crowd, habits, f"{name} {form}", branch, f"contact@{domain}")
        for _ in range(crowd.chance.randint(0, 5)):
            person = crowd.person("colleague", home)
            own = crowd.email(person.first_name, person.last_name, domain=domain)
            found += _person(crowd, habits, person.but(email=own), name)
    return found


def _organisation(crowd: Crowd, habits: Habits, name: str, home: Home, email: str) -> list[Record]:
    """The organisation itself, as a customer, and now and then one of its desks."""
    found: list[Record] = []
    bare = name.rsplit(" ", 1)[0]
    crowd.people += 1
    person_id = f"o{crowd.people:05}"
    for tool in crowd.some(KNOWN):
        spelt = crowd.chance.choice([name, name, bare, name.upper()])
        split = crowd.happens(0.2)
        values = {
            "first_name": spelt.split(" ")[0] if split else None,
            "last_name": spelt.split(" ", 1)[1] if split else spelt,
            "full_name": spelt,
            "company": habits.some(0.7, crowd.chance.choice([name, bare])),
        }
        found.append(
            Record(tool, person_id, "organisation", {**values, **_reached(crowd, habits, home, email, home.landline)})
        )
    if crowd.happens(0.25):
        desk = crowd.chance.choice(DESKS)
        values = {"last_name": desk, "full_name": desk, "company": bare}
        reached = _reached(crowd, habits, home, email, home.landline)
        tool = crowd.chance.choice(list(KNOWN))
        found.append(Record(tool, f"{person_id} {desk}", "desk", {**values, **reached}))
    return found


def _person(crowd: Crowd, habits: Habits, person: Person, company: str) -> list[Record]:
    found: list[Record] = []
    for tool in crowd.some(KNOWN):
        first = habits.often(0.04, habits.typo, person.first_name)
        last = habits.often(0.04, habits.typo, person.last_name)
        employer = habits.some(0.85, company)
        values = {"first_name": first, "last_name": last, "full_name": f"{first} {last}", "company": employer}
        phone = person.mobile if crowd.happens(0.5) else person.home.landline
        reached = _reached(crowd, habits, person.home, person.email, phone)
        found.append(Record(tool, person.person_id, person.story, {**values, **reached}))
    return found


def _reached(crowd: Crowd, habits: Habits, home: Home, email: str, phone: str) -> dict[str, str | None]:
    return {
        "email": habits.address(email) if crowd.happens(0.85) else None,
        "phone": habits.phone(phone) if crowd.happens(0.7) else None,
        "street": habits.street(home.number, home.street),
        "postcode": home.postcode,
        "city": habits.often(0.2, str.upper, home.city),
    }
