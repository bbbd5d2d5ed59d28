from datetime import date
from decimal import Decimal


def test_the_built_in_demo_contacts_are_no_data(drop):
    content = "Record ID,First Name,Last Name,Email\n1,Ana,Doe,a@b.example\n2,Maria,Some (Sample Contact),m@b.example\n"
    file = drop("hubspot/a.csv", content)
    assert (file.rows_read, file.rows_loaded, file.rows_rejected) == (2, 1, 1)
    assert file.rejected_rows["reason"].to_list() == ["demo contact built into every new portal"]


def test_one_opt_out_is_enough_to_have_opted_out(drop):
    content = (
        "Record ID,Email,Opted out of email: News,Opted out of email: Offers\n"
        "1,,false,true\n2,,false,\n3,,,\n4,,false,perhaps\n"
    )
    file = drop("hubspot/a.csv", content)
    assert file.rows["opted_out"].to_list() == [True, False, None, False]
    assert file.rows["opted_out_of_email_offers"].to_list() == ["true", None, None, "perhaps"]
    assert file.rejected_cells.select("field", "label").rows() == [("opted_out", "Opted out of email: Offers")]


def test_contacts_with_a_company_name_are_contacts_and_companies_are_companies(drop):
    contacts = drop("hubspot/c.csv", "Record ID,Email,Company Name,City\n1,a@b.example,North,Lyon\n")
    companies = drop("hubspot/d.csv", "ID de fiche d'informations,Nom de l'entreprise,Ville\n1,North,Lyon\n")
    assert (contacts.report, companies.report, companies.language) == ("contacts", "companies", "fr")


def test_companies_with_an_address_for_mail_stay_companies(drop):
    file = drop(
        "hubspot/a.csv", "Record ID,Company name,Company Domain Name,Email\n1,North,north.example,a@north.example\n"
    )
    assert (file.report, file.rows["email"].to_list()) == ("companies", ["a@north.example"])


def test_deals_are_read_in_both_languages(drop):
    english = drop(
        "hubspot/en.csv",
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency in company currency,Close Date,Original Source Type,"
        "Associated Contact IDs\n1,Big,Closed won,Sales,1234.5,EUR,2026-01-31 09:30,Paid Search,101;102\n",
    )
    row = english.rows.to_dicts()[0]
    assert (english.report, row["amount"], row["company_currency"]) == ("deals", Decimal("1234.5"), "EUR")
    assert (row["close_date"], row["contact_record_ids"]) == (date(2026, 1, 31), "101;102")
    french = drop(
        "hubspot/fr.csv",
        "ID de fiche d'informations;Nom de la transaction;Phase de la transaction;Montant;Source d’origine\n"
        "1;Gros;Fermé gagné;1234,5;Recherche payante\n",
    )
    assert (french.report, french.language, french.rows["amount"][0]) == ("deals", "fr", Decimal("1234.5"))


def test_a_number_of_registration_is_found_under_the_names_that_companies_give_it(drop):
    file = drop(
        "hubspot/a.csv",
        "Record ID,Company name,VAT number,N° SIRET,Merged Company IDs\n"
        "1,North,,300 000 007 00018,2;3\n4,South,GB123456789,,\n",
    )
    assert file.rows["registration_number"].to_list() == ["300 000 007 00018", "GB123456789"]
    assert file.rows["merged_record_ids"].to_list() == ["2;3", None]
