"""From what tools state to the keys by which people are recognised: all models of keys over the real references."""

from datetime import date

import duckdb
import pytest

from warehouse import dictionary, models

REFERENCE = sorted((models.FOLDER / "ref").glob("*.csv"))
KEYS = "unified.contact_keys"
STATED = ("unified.contacts", "unified.companies")


def needed(name):
    """A model and the models below it, in an order in which they can be built."""
    every = models.models({})
    wanted = {name}
    for model in reversed(every.values()):
        wanted |= model.depends_on if model.name in wanted else set()
    return [model for model in every.values() if model.name in wanted]


MODELS = needed(KEYS)


def described(name):
    return ", ".join(f'"{column.name}" {column.type}' for column in dictionary.table(name).columns)


@pytest.fixture(scope="module")
def reference():
    con = duckdb.connect()
    con.execute("create schema ref")
    con.execute("create schema unified")
    for file in REFERENCE:
        con.execute(f"create table ref.{file.stem} ({described(f'ref.{file.stem}')})")
        con.execute(f"insert into ref.{file.stem} by name from read_csv('{file}', all_varchar = true)")
    con.execute(f"create table ref.settings ({described('ref.settings')})")
    con.execute("insert into ref.settings (country_code, run_date) values ('FR', ?)", [date(2026, 11, 23)])
    return con


def keys(con, contacts, companies=()):
    """The keys of contacts, in the order of their identifiers, which are their places unless they have others."""
    for table, rows in zip(STATED, (contacts, companies), strict=True):
        con.execute(f"create or replace table {table} ({described(table)})")
        for number, row in enumerate(rows):
            told = {"tool": "crm", "record_id": str(number), **row}
            told |= {"record_type": "contact"} if table == "unified.contacts" else {}
            marks = ", ".join("?" for _ in told)
            con.execute(f"insert into {table} ({', '.join(told)}) values ({marks})", list(told.values()))
    for model in MODELS:
        columns = ", ".join(f'cast("{c.name}" as {c.type}) as "{c.name}"' for c in dictionary.table(model.name).columns)
        con.execute(f"create or replace table {model.name} as select {columns} from (\n{model.sql}\n)")
    found = con.execute(f"from {KEYS} order by cast(record_id as integer)")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def told(con, field, *texts):
    """The keys of contacts that state nothing but one field."""
    return keys(con, [{field: text} for text in texts])


@pytest.mark.parametrize(
    ("first_key", "last_key", "spellings"),
    [
        ("jean pierre", "doe", "Jean-Pierre Doe|jean pierre  DOE|Doe, Jean-Pierre|DOE Jean Pierre|M. Jean-Pierre Doe"),
        ("zoe", "lefevre", "Zoë Lefèvre|ZOE LEFEVRE|Lefèvre, Zoë|Mme Zoé Lefevre"),
        ("ryan", "oneill", "Ryan O'Neill|Ryan O’Neill|ryan oneill|O'NEILL Ryan"),
        ("john", "smith", "John Smith|Dr. John Smith|John Smith, PhD|Prof. Dr. John Smith|Smith, John, Jr.|SMITH John"),
        ("jean", "de la fontaine", "Jean de la Fontaine|Jean DE LA FONTAINE|de la Fontaine, Jean"),
    ],
)
def test_one_name_in_many_spellings_has_one_key(reference, first_key, last_key, spellings):
    found = told(reference, "full_name", *spellings.split("|"))
    assert {(row["first_key"], row["last_key"]) for row in found} == {(first_key, last_key)}
    assert len({row["name_key"] for row in found}) == 1


def test_a_whole_name_has_the_keys_of_its_parts(reference):
    parts = {"first_name": "Ana", "last_name": "Doe", "full_name": "Ana Doe"}
    whole, capitals, swapped = {"full_name": "Ana Doe"}, {"full_name": "DOE Ana"}, {"full_name": "Doe Ana"}
    found = keys(reference, [parts, whole, capitals, swapped])
    assert [(row["first_key"], row["last_key"]) for row in found] == [("ana", "doe")] * 3 + [("doe", "ana")]
    assert [row["is_whole_name"] for row in found] == [False, True, False, True]
    assert {row["name_key"] for row in found} == {"ana doe"}


def test_a_short_form_leads_to_the_name_it_stands_for(reference):
    found = told(reference, "full_name", "Bob Doe", "Bobby Doe", "rob doe", "Robert Doe", "Doe, Bob")
    assert {row["first_root"] for row in found} == {"robert"}


def test_generations_of_one_name_are_told_apart(reference):
    found = told(reference, "full_name", "John Doe", "John Doe Jr.", "John Doe, Senior", "John Doe III")
    assert {row["name_key"] for row in found} == {"doe john"}
    assert [row["generation_key"] for row in found] == [None, "jr", "sr", "iii"]


def test_what_is_typed_for_nothing_is_no_key(reference):
    texts = ["test", "Unknown", "N/A", "xxx", "none", "-", "inconnu", "aaaa", "???", "123"]
    wholes = [{"full_name": text} for text in [*texts, *(f"{text} {text}" for text in texts)]]
    parts = [{"first_name": text, "last_name": text, "full_name": f"{text} {text}"} for text in texts]
    for found in keys(reference, wholes + parts):
        assert [found[key] for key in ("first_key", "last_key", "name_key", "is_organisation")] == [None] * 3 + [False]


def test_what_is_typed_for_nothing_is_no_place(reference):
    fields = ("street", "city", "region", "postcode", "company", "address_line_2")
    texts = ["test", "Unknown", "N/A", "none", "-", "inconnu"]
    keyed = ("street_key", "city_key", "region_key", "postcode_key", "employer_key", "address_2_key")
    for found in keys(reference, [dict.fromkeys(fields, text) | {"house_number": "1"} for text in texts]):
        assert [found[key] for key in keyed] == [None] * 6


def test_an_organisation_among_people_is_told(reference):
    names = [
        "Boulangerie Doe",
        "Acme SARL",
        "Acme S.A.R.L.",
        "Acme GmbH",
        "North SA",
        "SCI Les Ormes",
        "Mairie de Nord",
    ]
    found = told(reference, "full_name", *names, "Accueil", "Service Client", "Comptabilité")
    assert {(row["is_organisation"], row["first_key"]) for row in found} == {(True, None)}


def test_a_person_is_no_organisation(reference):
    names = ["Ana Sá", "ANA SA", "Pierre Bureau", "Don Sales", "Ana Roy", "Mary Service-Doe", "Ag Doe"]
    found = keys(reference, [{"full_name": name, "company": "North SA"} for name in names])
    assert [row["last_key"] for row in found if row["is_organisation"]] == []


def test_one_address_in_many_spellings_has_one_key(reference):
    found = keys(
        reference,
        [
            {"street": "12 bis, rue de l'Église", "city": "St Malo", "postcode": "35400"},
            {"street": "12bis R. de l’Eglise", "city": "SAINT-MALO CEDEX 2", "postcode": "F-35400"},
            {"street": "Rue de l'Eglise", "house_number": "12 BIS", "city": "saint malo", "postcode": "35 400"},
        ],
    )
    places = {(row["street_key"], row["city_key"], row["postcode_key"]) for row in found}
    assert places == {("12bis r de leglise", "saint malo", "35400")}


@pytest.mark.parametrize(
    "spellings",
    [
        "10 St John St|10 Saint John Street",
        "Hauptstraße 5|5 Hauptstr.|Hauptstrasse 5",
        "3 av. du Gal Leclerc|3, Avenue du Général Leclerc",
        "7 Bd Hugo|7, boulevard Hugo",
        "1 Oak Rd|1 oak road",
    ],
)
def test_words_of_streets_are_compared_in_full_or_short(reference, spellings):
    assert len({row["street_key"] for row in told(reference, "street", *spellings.split("|"))}) == 1


def test_a_number_that_nobody_has_is_no_key(reference):
    numbers = ["0000000000", "01 23 45 67 89", "1111111111", "06 00 00 00 00", "poste 3", "123", "+", "n/a"]
    assert {row["phone_e164"] for row in told(reference, "phone", *numbers)} == {None}


def test_one_number_in_many_notations_has_one_key(reference):
    notations = {
        "06 39 98 00 01": None,
        "+33 (0)6 39 98 00 01": "Royaume-Uni",
        "0033639980001 poste 3": "Allemagne",
        "06.39.98.00.01 ext. 12": "France",
        "33639980001": "FR",
        "'+33639980001": "Atlantis",
    }
    found = keys(reference, [{"phone": number, "country": country} for number, country in notations.items()])
    assert {row["phone_e164"] for row in found} == {"+33639980001"}


def test_a_number_is_read_by_the_country_of_the_account_where_the_row_states_none(reference):
    companies = [{"name": "North", "country": "United Kingdom"}]
    contact = {"phone": "07700 900123", "company_record_id": "0"}
    found = keys(reference, [contact, contact | {"country": "France"}], companies)
    assert [row["phone_e164"] for row in found] == ["+447700900123", None]


def test_an_address_is_mended_where_it_is_clear_what_is_meant(reference):
    meant = ["Ana@North.example", " mailto:ana@north.example ", "Ana <ana@north.example>", "ana @ north.example.,"]
    unclear = ["ana doe@north.example", "ana@north.example; ben@north.example", "ana@north", "test@test.com", "n/a"]
    found = [row["email_key"] for row in told(reference, "email", *meant, *unclear)]
    assert found == ["ana@north.example"] * 4 + [None] * 5


def test_the_employer_is_known_whatever_its_legal_form(reference):
    names = ["Étoile du Nord", "ETOILE DU NORD SARL", "Étoile du Nord, S.A.R.L.", "Etoile du Nord GmbH"]
    assert {row["employer_key"] for row in told(reference, "company", *names)} == {"etoile du nord"}


def test_keys_do_not_depend_on_the_order_of_contacts(reference):
    contacts = [
        {"record_id": "0", "full_name": "Doe, Ana", "email": "mailto:ana@north.example", "street": "1 rue Haute"},
        {"record_id": "1", "first_name": "Bob", "last_name": "Doe", "phone": "0639980001", "successor_id": "contact/0"},
        {"record_id": "2", "full_name": "DOE Ana", "city": "Paris 8e", "company": "North SA"},
    ]
    assert keys(reference, contacts) == keys(reference, contacts[::-1])
