from datetime import date, datetime
from decimal import Decimal

import pytest


def test_a_person_has_the_first_address_that_is_filled_and_each_column_is_kept(drop):
    content = (
        "Person - ID,Person - Name,Person - Email - Work,Person - Email - Home,Person - Phone - Work,"
        "Person - Phone - Mobile,Person - Organization,Person - Email messages count,Person - Marketing status\n"
        "12,Ana North,,ana@home.example,,+33 1 70 00 00 01,North,7,Subscribed\n"
        "13,Bo West,bo@west.example,bo@home.example,,,West,0,No consent\n"
    )
    file = drop("pipedrive/people-1-2.csv", content)
    assert (file.report, file.language) == ("persons", "en")
    columns = ["record_id", "full_name", "email", "phone", "company", "marketing_status", "person_email_home"]
    assert file.rows.select(columns).rows() == [
        ("12", "Ana North", "ana@home.example", "+33 1 70 00 00 01", "North", "subscribed", "ana@home.example"),
        ("13", "Bo West", "bo@west.example", None, "West", "no consent given", "bo@home.example"),
    ]


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        ("Person - Name*,Person - Email (Work),Person - Phone (Mobile)", "en"),
        ("Personne - Nom,Personne - E-mail - Travail,Personne - Téléphone - Mobile", "fr"),
        ("Personne - Nom,Personne - E-mail,Personne - Téléphone", "fr"),
    ],
)
def test_variants_of_the_labels_are_known(drop, labels, language):
    file = drop("pipedrive/a.csv", f"{labels}\nAna North,ana@north.example,+33170000001\n")
    assert (file.report, file.language) == ("persons", language)
    assert file.rows.select("full_name", "email", "phone").rows() == [
        ("Ana North", "ana@north.example", "+33170000001")
    ]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("unsubscribed", "unsubscribed"),
        ("Désabonné", "unsubscribed"),
        ("Pending upgrade", "subscribed"),
        ("Pending double opt-in", "double opt-in pending"),
        ("Bounced", "bounced"),
        ("no_consent", "no consent given"),
    ],
)
def test_the_words_of_the_marketing_status_are_known(drop, word, status):
    file = drop("pipedrive/a.csv", f"Person - Name,Person - Marketing status\nAna North,{word}\n")
    assert file.rows["marketing_status"].to_list() == [status]


def test_a_marketing_status_nobody_knows_is_no_statement(drop):
    file = drop("pipedrive/a.csv", "Person - Name,Person - Marketing status\nAna North,Maybe\n")
    assert file.rows["marketing_status"].to_list() == [None]
    assert file.rejected_cells["field"].to_list() == ["marketing_status"]


def test_organizations_saved_again_by_a_spreadsheet_are_read(drop):
    content = (
        "Organisation - Nom;Organisation - Site web;Organisation - SIRET;Organisation - Ville;"
        "Organisation - Organisation créée\r\n"
        "Étoile SARL;https://www.etoile.example;300 000 007 00018;Nîmes;31/12/2025 09:30\r\n"
    )
    file = drop("pipedrive/organisations.csv", content.encode("cp1252"))
    assert (file.report, file.language, file.encoding) == ("organizations", "fr", "windows-1252")
    assert file.rows.select("record_id", "name", "domain", "registration_number", "city", "created_at").rows() == [
        (None, "Étoile SARL", "https://www.etoile.example", "300 000 007 00018", "Nîmes", datetime(2025, 12, 31, 9, 30))
    ]


def test_deals_are_read_with_the_columns_of_what_they_are_linked_to(drop):
    content = (
        "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Contact person,"
        "Deal - Stage,Deal - Status,Deal - Expected close date,Deal - Deal closed on,Person - Email - Work,"
        "Person - ID\n"
        '7,Fleet,"1,250.50",EUR,North,Ana North,Demo,Won,2026-03-01,2026-02-03 10:00:00,ana@north.example,12\n'
        "8,Lease,900,GBP,West,Bo West,Demo,open,2026-04-01,,,\n"
    )
    file = drop("pipedrive/deals-1-2.csv", content)
    assert (file.report, file.language, file.currency) == ("deals", "en", None)
    assert file.rows.select("record_id", "amount", "currency", "status", "closed_at", "contact_record_id").rows() == [
        ("7", Decimal("1250.50"), "EUR", "won", datetime(2026, 2, 3, 10), "12"),
        ("8", Decimal(900), "GBP", "open", None, None),
    ]


def test_french_deals_with_a_nameless_last_column_are_read(drop):
    content = (
        "Affaire - Titre;Affaire - Valeur;Affaire - Organisation;Affaire - Personne à contacter;Affaire - Étape;"
        "Affaire - Statut;Affaire - Date de clôture prévue;Affaire - Heure de l'échec;Affaire - Raison de perte;\n"
        "Flotte;12 500,50;Nord;Ana Nord;Proposition;Perdu;2026-03-01;2026-02-28 10:00:00;Prix;\n"
        "Vélos;980;Nord;Ana Nord;Proposition;En cours;2026-04-01;;;\n"
    )
    file = drop("pipedrive/affaires.csv", content)
    assert (file.report, file.language) == ("deals", "fr")
    assert file.rows.select("name", "amount", "status", "expected_on", "lost_at", "contact").rows() == [
        ("Flotte", Decimal("12500.50"), "lost", date(2026, 3, 1), datetime(2026, 2, 28, 10), "Ana Nord"),
        ("Vélos", Decimal(980), "open", date(2026, 4, 1), None, "Ana Nord"),
    ]
    assert not [name for name in file.rows.columns if name.startswith("column")]


def test_deals_in_the_bin_are_kept_aside(drop):
    file = drop("pipedrive/a.csv", "Deal - Title,Deal - Status\nFleet,Deleted\nLease,Open\n")
    assert file.rows["name"].to_list() == ["Lease"]
    assert file.rejected_rows["reason"].to_list() == ["deal in the bin"]
