from datetime import date, datetime
from decimal import Decimal

import pytest


def test_contacts_of_an_english_account_are_read(drop):
    content = (
        "EMAIL;LASTNAME;FIRSTNAME;SMS;DOUBLE_OPT-IN;OPT_IN;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME\n"
        "ana@north.example;North;Ana;33170000001;1;Yes;No;No;12-04-2022 09:30;28-04-2022 10:00\n"
        "bo@west.example;West;Bo;;2;;Yes;No;13-04-2022 09:30;13-04-2022 09:31\n"
    )
    file = drop("brevo/contacts.csv", content)
    assert (file.report, file.language, file.delimiter) == ("contacts", "en", ";")
    columns = ["email", "last_name", "sms", "double_opt_in", "opt_in", "blocklisted", "created_at", "updated_at"]
    assert file.rows.select(columns).rows() == [
        (
            "ana@north.example",
            "North",
            "33170000001",
            "yes",
            "yes",
            False,
            datetime(2022, 4, 12, 9, 30),
            datetime(2022, 4, 28, 10),
        ),
        (
            "bo@west.example",
            "West",
            None,
            "no",
            None,
            True,
            datetime(2022, 4, 13, 9, 30),
            datetime(2022, 4, 13, 9, 31),
        ),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_contacts_of_a_french_account_are_read(drop, encoding):
    content = (
        "CONTACT ID;EMAIL;NOM;PRENOM;SMS;EMAIL_BLACKLISTED;ADDED_TIME;LINKEDIN\n"
        "42;zoe@etoile.example;Été;Zoé;33170000001;Oui;31-12-2025 09:30;zoe-ete\n"
    )
    file = drop("brevo/contacts.csv", content.encode(encoding))
    assert (file.report, file.language) == ("contacts", "fr")
    assert file.rows.select("record_id", "last_name", "first_name", "blocklisted", "linkedin").rows() == [
        ("42", "Été", "Zoé", True, "zoe-ete")
    ]


def test_dates_that_nothing_settles_are_left_empty(drop):
    file = drop("brevo/contacts.csv", "EMAIL;ADDED_TIME\nana@north.example;12-04-2022 09:30\n")
    assert file.rows["created_at"].to_list() == [None]
    assert file.rejected_cells["field"].to_list() == ["created_at"]


def test_campaign_statistics_under_the_names_of_the_api_are_read(drop):
    content = (
        "id,name,subject,status,sentDate,sent,delivered,hardBounces,softBounces,uniqueViews,viewed,uniqueClicks,"
        "clickers,unsubscriptions,complaints,opensRate,utmCampaignValue\n"
        '7,Spring,"Hello, you",sent,2026-03-24T22:32:00.000+01:00,1000,990,4,6,381,500,40,55,3,1,38.48,spring_2026\n'
    )
    file = drop("brevo/campaigns.csv", content)
    assert (file.report, file.language) == ("campaign_statistics", "en")
    assert (file.period_start, file.period_end) == (date(2026, 3, 24), date(2026, 3, 24))
    columns = ["campaign_id", "sent_at", "recipients", "unique_opens", "unique_clicks", "clickers", "utm_campaign"]
    assert file.rows.select(columns).rows() == [("7", datetime(2026, 3, 24, 21, 32), 1000, 381, 40, 55, "spring_2026")]


def test_french_campaign_statistics_with_columns_nobody_knows_are_read(drop):
    content = (
        "Nom de la campagne;Objet;Date d’envoi;Destinataires;Délivrés;Ouvreurs;Taux d’ouverture;Cliqueurs;"
        "Désinscriptions;Plaintes;Transferts\n"
        "Printemps;Bonjour;24-03-2026 22:32;1 000;990;381;38,48 %;40;3;1;2\n"
    )
    file = drop("brevo/statistiques.csv", content)
    assert (file.report, file.language) == ("campaign_statistics", "fr")
    columns = ["campaign_name", "recipients", "unique_opens", "open_rate", "clickers", "unsubscribes", "transferts"]
    assert file.rows.select(columns).rows() == [("Printemps", 1000, 381, Decimal("38.48"), 40, 3, "2")]
    assert file.summed_totals["delivered"] == "990"
