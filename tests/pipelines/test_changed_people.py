"""Nights after the first: who is built anew, and that it is who a night finds that knows nothing of the one before."""

import random
from datetime import date

import pytest

from pipelines import refer, resolve, who_is_who
from pipelines.build import night_models
from pipelines.changed_people import LINKED, PEOPLE, SHARED, STATED
from pipelines.customer_ids import remember

FIRST = ["Ana", "Bob", "Robert", "Chloé", "David", "Emma", "Farid", "Gaëlle", "Hugo", "Inès", "Jean", "Karim", "Léa"]
LAST = [
    f"{start}{end}"
    for start in ("Mar", "Ber", "Dub", "Lev", "Pel", "Rou", "Gar")
    for end in ("in", "eau", "ois", "et", "ard", "illon", "el", "ier")
]
TOWNS = [(f"Ville{number}", f"{75000 + number}") for number in range(40)]


class Nights:
    """A company whose contacts are given as rows of `unified.contacts`."""

    def __init__(self, company, monkeypatch):
        self.staging, self.seen = company.staging, []
        refer.refer(company.workspace, self.staging)
        self.staging.write("unified.companies", [])
        self.models = night_models(company.workspace)
        original = resolve.resolve

        def counted(staging, model=None):
            self.seen.append(staging.count("unified.contact_keys"))
            return original(staging, model)

        monkeypatch.setattr(resolve, "resolve", counted)

    def night(self, rows):
        """Who every contact is after a night, and how many contacts were looked at."""
        self.seen.clear()
        self.staging.write("unified.contacts", rows)
        who_is_who.identify(self.staging, self.models)
        with self.staging.transaction():
            remember(self.staging)
        self.staging.note_published()
        return self.people(), sum(self.seen)

    def people(self):
        key = "concat_ws('/', tool, record_type, record_id)"
        return dict(self.staging.con.execute(f"select {key}, customer_id from mart.customer_identities").fetchall())

    def rows(self, name):
        # how likely a pair is depends on the night on which it was looked at, and so does whether one is looked at
        seen = "where verdict = 'accepted'" if name == "unified.contact_pairs" else ""
        columns = "* exclude (match_weight, match_probability)" if seen else "*"
        return self.staging.con.execute(f"select {columns} from {name} {seen} order by all").fetchall()


@pytest.fixture
def nights(company, monkeypatch):
    return Nights(company, monkeypatch)


def crowd(chance, people):
    """Contacts of invented people in three tools, some of whom share addresses, numbers, names and homes."""
    rows = []
    for number in range(people):
        first, last, (city, postcode) = chance.choice(FIRST), chance.choice(LAST), chance.choice(TOWNS)
        shared = f"info@firm{number // 3}.example" if number % 10 < 3 else None
        own = f"{first}.{last}{number}@mail{number % 7}.example".lower()
        for tool in chance.sample(["crm", "mail", "shop"], chance.randint(1, 3)):
            rows.append(
                {
                    "tool": tool,
                    "record_type": "contact",
                    "record_id": f"{tool}{number:04}",
                    "first_name": first if chance.random() < 0.9 else first[:-1],
                    "last_name": last.upper() if chance.random() < 0.3 else last,
                    "email": chance.choice([own, own, own, shared, None]),
                    "phone": chance.choice([None, f"06 39 98 {number // 100:02} {number // 2 % 50:02}"]),
                    "birth_date": date(1950 + number % 50, 1 + number % 12, 1) if chance.random() < 0.3 else None,
                    "street": f"{number // 2} rue des Lilas" if chance.random() < 0.5 else None,
                    "city": city,
                    "postcode": postcode if chance.random() < 0.8 else None,
                    "company": f"Atelier {LAST[number % 40]} SARL" if chance.random() < 0.3 else None,
                    "external_ids": f'{{"CRM": "crm{number:04}"}}' if chance.random() < 0.2 and tool != "crm" else None,
                }
            )
    return rows


def later(chance, rows, others):
    """The contacts of the night after: some are gone, some state something else, some are new."""
    kept = [dict(row) for row in rows if chance.random() > 0.01]
    for row in chance.sample(kept, 6):
        other = chance.choice(rows)
        field = chance.choice(
            ["email", "phone", "last_name", "birth_date", "street", "postcode", "company", "external_ids"]
        )
        row[field] = other[field]
    return [*kept, *others]


@pytest.mark.parametrize("seed", range(3))
def test_a_night_that_looks_at_few_finds_who_a_night_finds_that_looks_at_all(nights, seed):
    chance = random.Random(seed)
    everybody = crowd(chance, 330)
    rows, waiting = everybody[:-20], everybody[-20:]
    nights.night(rows)
    for _ in range(2):
        rows = later(chance, rows, [waiting.pop() for _ in range(6)])
        found, looked_at = nights.night(rows)
        assert 0 < looked_at < len(rows) / 2
        names = [*STATED, *SHARED, *LINKED, *PEOPLE]
        few = {name: nights.rows(name) for name in names}
        nights.staging.con.execute("delete from as_published")
        assert nights.night(rows) == (found, len(rows))
        assert {name: nights.rows(name) for name in names} == few


def test_a_night_without_a_change_looks_at_nobody(nights):
    rows = crowd(random.Random(1), 40)
    found, looked_at = nights.night(rows)
    assert looked_at == len(rows)
    assert nights.night(rows[::-1]) == (found, 0)


def test_undoing_a_decision_restores_the_people(nights):
    rows = crowd(random.Random(2), 60)
    before, _ = nights.night(rows)
    con = nights.staging.con
    one = min(before)
    other = next(key for key in before if before[key] != before[one])
    con.execute(
        "insert into lake.ops.decisions (decision_id, kind, subject, other_subject)"
        " values ('d1', 'same_customer', ?, ?)",
        [one, other],
    )
    decided, looked_at = nights.night(rows)
    assert decided[one] == decided[other] and looked_at < len(rows)
    con.execute("update lake.ops.decisions set undone_at = now()")
    assert nights.night(rows)[0] == before


@pytest.mark.parametrize(
    "change",
    [
        "update ref.settings set country_code = 'MA'",
        "comment on table unified.contact_fingerprints is 'another program'",
        "delete from as_published where table_name = 'unified.contact_links'",
    ],
)
def test_everybody_is_looked_at_when_what_the_people_are_based_on_is_another(nights, change):
    rows = crowd(random.Random(3), 40)
    found, _ = nights.night(rows)
    nights.staging.con.execute(change)
    assert nights.night(rows) == (found, len(rows))


def test_everybody_is_looked_at_when_too_many_changed(nights):
    rows = crowd(random.Random(4), 40)
    nights.night(rows[: len(rows) // 2])
    assert nights.night(rows)[1] == len(rows)
