"""Companies whose people share inboxes, a switchboard and each other's addresses, and forms filled with anything.

False friends: colleagues on one inbox, an assistant who signs up with the boss's address, and records whose address or
number is only there because a form asked for one.
"""

from __future__ import annotations

from benchmarks.crowd import Crowd, Home, Person
from benchmarks.written import Habits, Record, Sheet

SHEETS = (
    Sheet(
        "crm",
        {
            "first_name": "First Name",
            "last_name": "Last Name",
            "email": "Email",
            "phone": "Phone",
            "company": "Account",
            "job_title": "Title",
            "city": "City",
        },
        id_format="0035{:06}AAC",
    ),
    Sheet(
        "mailing",
        {"email": "Adresse e-mail", "first_name": "Prénom", "last_name": "Nom", "company": "Société"},
        delimiter=";",
        language="fr",
        id_format="{:08}",
    ),
    Sheet("desk", {"full_name": "Requester", "email": "E-mail", "phone": "Phone number", "company": "Organization"}),
)
INBOXES = ["info", "contact", "accueil", "commandes", "bureau", "atelier", "equipe", "bonjour", "office", "magasin"]
FILLED = ["test@test.com", "noemail@noemail.com", "none@none.fr", "aaa@aaa.fr", "pasdemail@gmail.com", "x@x.com"]
DIALLED = ["0000000000", "0123456789", "0600000000", "0606060606", "9999999999"]
TITLES = ["Gérant", "Assistante", "Acheteur", "Comptable", "Directrice", "Chef d'atelier", "Commercial"]


def records(crowd: Crowd, habits: Habits) -> list[Record]:
    found: list[Record] = []
    while len(found) < 3000:
        found += _company(crowd, habits)
    return found


def _company(crowd: Crowd, habits: Habits) -> list[Record]:
    name, domain = crowd.company()
    # two companies of one name are two, each with a domain of its own
    domain = f"{crowd.chance.randint(2, 999)}{domain}"
    home = crowd.home()
    inbox = f"{crowd.chance.choice(INBOXES)}@{domain}"
    staff = [_colleague(crowd, home, name, domain) for _ in range(crowd.chance.randint(2, 14))]
    boss = staff[0]
    found: list[Record] = []
    for person in staff:
        habit = crowd.chance.random()
        if person is not boss and habit < 0.12:
            person = person.but(email=boss.email, story="bosses_address")  # noqa: PLW2901
        elif habit < 0.40:
            person = person.but(email=inbox, story="inbox")  # noqa: PLW2901
        found += _known(crowd, habits, person)
    if crowd.happens(0.4):
        found.append(Record("mailing", f"inbox {inbox}", "nobodys", {"email": inbox, "company": name}))
    return found


def _colleague(crowd: Crowd, home: Home, company: str, domain: str) -> Person:
    person = crowd.person("own_address", home, company=company)
    return person.but(email=crowd.email(person.first_name, person.last_name, domain=domain))


def _known(crowd: Crowd, habits: Habits, person: Person) -> list[Record]:
    tools = crowd.some({"crm": 0.7, "mailing": 0.5, "desk": 0.35})
    if crowd.happens(0.04):
        tools.append("crm")
    # the inbox alone says nothing of whose it is; the boss's address is the boss's
    nameless = person.story == "own_address" and crowd.happens(0.3)
    found = []
    for tool in tools:
        values = _values(crowd, habits, tool, person)
        if tool == "mailing" and nameless:
            values |= {"first_name": None, "last_name": None}
        found.append(Record(tool, person.person_id, person.story, values))
    return found


def _values(crowd: Crowd, habits: Habits, tool: str, person: Person) -> dict[str, str | None]:
    first = habits.often(0.04, habits.typo, person.first_name)
    last = habits.often(0.04, habits.typo, person.last_name)
    email: str | None = habits.address(person.email)
    if tool != "mailing" and crowd.happens(0.06):
        email = crowd.chance.choice(FILLED)
    own = crowd.chance.random()
    phone = habits.phone(person.mobile) if own < 0.4 else habits.phone(person.home.landline) if own < 0.75 else None
    if crowd.happens(0.05):
        phone = crowd.chance.choice(DIALLED)
    if crowd.happens(0.08):
        first = f"{crowd.chance.choice(['M.', 'Mme', 'Mr', 'Mrs'])} {first}"
    return {
        "first_name": first,
        "last_name": last,
        "full_name": f"{first} {last}",
        "email": email,
        "phone": phone,
        "company": person.company if crowd.happens(0.9) else None,
        "job_title": crowd.chance.choice(TITLES),
        "city": person.home.city,
    }
