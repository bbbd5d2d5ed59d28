from datetime import date, datetime
from decimal import Decimal

import pytest


def test_contacts_keep_their_long_ids(drop):
    content = (
        "Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account Name.id,Account Name,Email,"
        "Mobile,Created Time,Mailing City,Email Opt Out,Unsubscribed Time\n"
        "zcrm_365239700000201001,zcrm_1,Owner,Trade Show,Ana,North,zcrm_365239700000101001,North,ana@north.example,"
        "+33170000001,2023-04-01 10:00:00,Nice,true,2024-05-06 07:08:09\n"
    )
    file = drop("zoho_crm/Contacts_001.csv", content)
    assert (file.report, file.language) == ("contacts", "en")
    columns = ["record_id", "company_record_id", "mobile_phone", "created_at", "email_opt_out", "unsubscribed_at"]
    assert file.rows.select(columns).rows() == [
        (
            "zcrm_365239700000201001",
            "zcrm_365239700000101001",
            "+33170000001",
            datetime(2023, 4, 1, 10),
            True,
            datetime(2024, 5, 6, 7, 8, 9),
        )
    ]


def test_leads_tell_into_whom_they_were_converted_and_by_which_click_they_came(drop):
    content = (
        "Record Id,Lead Owner,Is Converted,Company,Last Name,Email,Lead Status,Created Time,Converted Account.id,"
        "Converted Contact.id,GCLID,ZCAMPAIGNID,Ad Campaign Name,Email Opt Out\n"
        "365239700000301001,Owner,true,North,North,ana@north.example,Qualified,2023-04-01 10:00:00,"
        "365239700000101001,365239700000201001,Cj0KCQiA01,12345678901,Spring,false\n"
    )
    file = drop("zoho_crm/Leads_001.csv", content)
    assert file.report == "leads"
    columns = ["record_id", "is_converted", "converted_contact_id", "gclid", "ad_campaign_name", "lifecycle_stage"]
    assert file.rows.select(columns).rows() == [
        ("365239700000301001", True, "365239700000201001", "Cj0KCQiA01", "Spring", "Qualified")
    ]


def test_ids_that_a_spreadsheet_rounded_are_no_ids(drop):
    content = "Record Id,Lead Owner,Last Name\n3.65E+17,Owner,North\n365239700000301002,Owner,West\n"
    file = drop("zoho_crm/Leads.csv", content)
    assert file.rows["last_name"].to_list() == ["West"]
    assert (file.rows_loaded, file.rows_rejected) == (1, 1)


def test_french_leads_saved_again_by_a_spreadsheet_are_read(drop):
    content = (
        "Id de l'enregistrement;Propriétaire de prospect;Société;Prénom;Nom de famille;E-mail;Statut du prospect;"
        "Heure de création;Refus des e-mails\r\n"
        "zcrm_7;Equipe;Étoile;Zoé;Nord;zoe@etoile.example;À contacter;31/12/2025 09:30;VRAI\r\n"
    )
    file = drop("zoho_crm/prospects.csv", content.encode("cp1252"))
    assert (file.report, file.language, file.encoding) == ("leads", "fr", "windows-1252")
    assert file.rows.select("record_id", "first_name", "created_at", "email_opt_out").rows() == [
        ("zcrm_7", "Zoé", datetime(2025, 12, 31, 9, 30), True)
    ]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("Record Id,Account Owner,Account Name,Website,Billing Address - City", "en"),
        ("Id de l'enregistrement,Propriétaire de compte,Nom du compte,Site Web,Ville de facturation", "fr"),
    ],
)
def test_accounts_are_read(drop, header, language):
    file = drop("zoho_crm/Accounts_001.csv", f"{header}\nzcrm_1,Owner,North,www.north.example,Nice\n")
    assert (file.report, file.language) == ("accounts", language)
    assert file.rows.select("record_id", "name", "domain", "city").rows() == [
        ("zcrm_1", "North", "www.north.example", "Nice")
    ]


def test_deals_are_linked_by_ids_and_name_the_campaign(drop):
    content = (
        "Record Id,Deal Owner,Amount,Currency,Deal Name,Closing Date,Account Name.id,Stage,Lead Source,"
        "Campaign Source.id,Campaign Source,Contact Name.id,Contact Name,Ad Campaign Name,Created Time\n"
        "zcrm_1,Owner,1250.50,EUR,Fleet,2026-03-01,zcrm_8,Closed Won,Fair,zcrm_5,Fair,zcrm_9,Ana,,2026-01-02 03:04\n"
        "zcrm_2,Owner,900,GBP,Lease,0000-00-00,,Negotiation/Review,Advert,,,zcrm_9,Ana,Spring,2026-01-02 03:04\n"
    )
    file = drop("zoho_crm/Deals_001.csv", content)
    assert (file.report, file.language) == ("deals", "en")
    columns = ["amount", "currency", "closed_on", "company_record_id", "contact_record_id", "campaign_name"]
    assert file.rows.select(columns).rows() == [
        (Decimal("1250.50"), "EUR", date(2026, 3, 1), "zcrm_8", "zcrm_9", "Fair"),
        (Decimal(900), "GBP", None, None, "zcrm_9", "Spring"),
    ]


@pytest.mark.parametrize(
    "header", ["Record Id,Subject,Contact Name,Status", "Record Id,Note Title,Note Content,Contact Name"]
)
def test_other_modules_are_no_contacts(drop, header):
    file = drop("zoho_crm/Tasks_001.csv", f"{header}\nzcrm_1,Call,Ana,Open\n")
    assert file.status == "rejected"
