import io
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

FOOTER = """

"Grand Totals (2 records)"

"Confidential Information - Do Not Distribute"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
"""


def quoted(*lines, delimiter=","):
    return "\n".join(delimiter.join(f'"{cell}"' for cell in line.split(",")) for line in lines) + "\n"


def test_data_loader_writes_upper_case_names_and_quotes_every_cell(drop):
    header = "ID,ISDELETED,LASTNAME,EMAIL,HASOPTEDOUTOFEMAIL,ACCOUNT.NAME,MAILINGCITY,CREATEDDATE,BIRTHDATE"
    row = "003Qx00000AbCdEIAV,false,Doe,ana@north.example,true,North,Lyon,2006-06-15T20:47:07.000Z,1980-11-09"
    file = drop("salesforce/extract.csv", quoted(header, row))
    assert (file.report, file.rows_loaded, file.cells_rejected) == ("contacts", 1, 0)
    [row] = file.rows.to_dicts()
    assert (row["record_id"], row["record_type"], row["company"]) == ("003Qx00000AbCdEIAV", "contact", "North")
    assert (row["is_deleted"], row["has_opted_out_of_email"]) == (False, True)
    assert (row["created_at"], row["birth_date"]) == (datetime(2006, 6, 15, 20, 47, 7), date(1980, 11, 9))


def test_the_weekly_export_writes_zeros_for_what_is_not_there(drop):
    header = (
        "Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CampaignId,CreatedDate,CurrencyIsoCode"
    )
    one = (
        "006Qx00000DeAlAIAQ,0,000000000000000AAA,Été,Closed Won,100000,2022-09-22 00:00:00,1,1,,2022-05-25 20:38:02,EUR"
    )
    two = "006Qx00000DeAlBIAQ,1,001Qx00000NorThIAV,B,Prospecting,,2022-09-23 00:00:00,0,0,,2022-05-25 20:38:02,000"
    file = drop("salesforce/WE_1.ZIP!Opportunity.csv", quoted(header, one, two).encode("latin-1"))
    assert (file.report, file.encoding, file.cells_rejected) == ("opportunities", "windows-1252", 0)
    assert file.rows.select("name", "company_record_id", "amount", "currency", "closed_on").rows() == [
        ("Été", None, Decimal(100000), "EUR", date(2022, 9, 22)),
        ("B", "001Qx00000NorThIAV", None, None, date(2022, 9, 23)),
    ]
    assert file.rows.select("is_deleted", "is_won", "created_at").rows() == [
        (False, True, datetime(2022, 5, 25, 20, 38, 2)),
        (True, False, datetime(2022, 5, 25, 20, 38, 2)),
    ]


def test_extract_tools_leave_boxes_empty_and_write_addresses_twice(drop):
    content = """\ufeffId,IsDeleted,Name,Street,Address,Status,IsConverted,ConvertedContactId,CreatedDate
00QQx00000LeAdAIAQ,,Bea Roe,1 Road,"{""street"":""1 Road""}",New,,,2024-01-23T02:46:47.000+0000
00QQx00000LeAdBIAQ,,Dan Poe,2 Road,"{""street"":""2 Road""}",New,1,003Qx00000LeAdBIAQ,2024-01-23T04:46:47.000+0200
"""
    file = drop("salesforce/Lead.csv", content)
    assert (file.report, file.rows_loaded, file.cells_rejected) == ("leads", 2, 0)
    assert file.rows.select("street", "is_converted", "converted_contact_id", "created_at").rows() == [
        ("1 Road", None, None, datetime(2024, 1, 23, 2, 46, 47)),
        ("2 Road", True, "003Qx00000LeAdBIAQ", datetime(2024, 1, 23, 2, 46, 47)),
    ]


def test_a_french_report_is_read_without_its_footer(drop):
    header = "Prénom,Nom,Société/Compte,Adresse e-mail,Statut de la piste,Converti,Date de création,ID de piste"
    one = "Bea,Roe,Sud,bea@south.example,Ouverte,0,19/08/2026,00QQx00000LeAdA"
    two = "Dan,Poe,Total,dan@south.example,Qualifiée,0,03/08/2026,00QQx00000LeAda"
    footer = FOOTER.replace("(c)", "©")
    file = drop("salesforce/Pistes-2026-08-20-09-10-11.csv", quoted(header, one, two, delimiter=";") + footer)
    assert (file.report, file.language, file.delimiter) == ("leads", "fr", ";")
    assert (file.rows_read, file.rows_rejected, list(file.stated_totals)) == (2, 0, ["Grand Totals (2 records)"])
    assert file.exported_at == datetime(2026, 8, 20)
    assert file.rows.select("record_id", "company", "lead_status", "created_at").rows() == [
        ("00QQx00000LeAdA", "Sud", "Ouverte", datetime(2026, 8, 19)),
        ("00QQx00000LeAda", "Total", "Qualifiée", datetime(2026, 8, 3)),
    ]


def test_an_english_report_names_the_opportunity_and_its_campaign(drop):
    header = "Opportunity ID,Opportunity Name,Stage,Amount Currency,Amount,Close Date,Primary Campaign Source"
    one = "006Qx00000DeAlA,A,Closed Won,GBP,1234.50,2/13/2026,Spring"
    two = "006Qx00000DeAlB,B,Prospecting,EUR,99.00,3/1/2026,"
    file = drop("salesforce/report.csv", quoted(header, one, two) + FOOTER)
    assert (file.report, file.language, file.rows_read, file.rows_rejected) == ("opportunities", "en", 2, 0)
    assert file.rows.select("amount", "currency", "closed_on", "campaign_name").rows() == [
        (Decimal("1234.5"), "GBP", date(2026, 2, 13), "Spring"),
        (Decimal(99), "EUR", date(2026, 3, 1), None),
    ]


def test_a_report_may_write_the_currency_into_the_cell(drop):
    content = """ID de l'opportunité;Nom de l'opportunité;Étape;Montant;Date de clôture
006Qx00000DeAlA;A;Fermée gagnée;EUR 1 234,50;13/02/2026
006Qx00000DeAlB;B;Prospection;GBP 99,00;01/03/2026
006Qx00000DeAlC;C;Prospection;7,00;01/03/2026
"""
    file = drop("salesforce/a.csv", content.replace("1 234", "1\u00a0234").encode("cp1252"))
    assert (file.report, file.language, file.cells_rejected) == ("opportunities", "fr", 0)
    assert file.rows.select("amount", "currency").rows() == [
        (Decimal("1234.5"), "EUR"),
        (Decimal(99), "GBP"),
        (Decimal(7), None),
    ]


def test_an_amount_in_the_users_own_currency_does_not_give_the_opportunity_its_currency(drop):
    content = "Opportunity ID,Opportunity Name,Stage,Amount (converted) Currency,Amount (converted),Amount\n"
    file = drop("salesforce/a.csv", content + "006Qx00000DeAlA,A,Closed Won,EUR,118.00,100.00\n")
    assert file.rows.select("amount", "currency", "converted_amount", "converted_currency").rows() == [
        (Decimal(100), None, Decimal(118), "EUR")
    ]


def test_rows_of_groups_and_totals_are_no_data(drop):
    rows = [
        ["Stage", "Opportunity ID", "Opportunity Name", "Amount"],
        ["Closed Won", "006Qx00000DeAlA", "A", 10],
        ["Subtotal", "", "", 10],
        ["", "Count", "", 1],
        ["Prospecting", "006Qx00000DeAlB", "Total", 5],
        ["Total", "", "", 15],
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    file = drop("salesforce/report.xlsx", buffer.getvalue())
    assert (file.report, file.rows_rejected, list(file.stated_totals)) == (
        "opportunities",
        0,
        ["Subtotal", "Count", "Total"],
    )
    assert file.rows["record_id"].to_list() == ["006Qx00000DeAlA", "006Qx00000DeAlB"]


def test_ids_that_differ_by_case_alone_stay_apart(drop):
    file = drop("salesforce/a.csv", "Id,Email,LastName\n003Qx00000AbCdE,,A\n003Qx00000abcde,,B\n")
    assert file.rows["record_id"].to_list() == ["003Qx00000AbCdE", "003Qx00000abcde"]


def test_deleted_records_are_kept_so_that_they_replace_what_older_exports_state(drop):
    file = drop("salesforce/a.csv", "Id,IsDeleted,LastName,Email\n003Qx00000AbCdE,1,A,\n003Qx00000AbCde,0,B,\n")
    assert file.rows["is_deleted"].to_list() == [True, False]


def test_what_trial_orgs_bring_with_them_is_no_data(drop):
    campaigns = drop("salesforce/b.csv", "Id,Name,Type\n701Qx00000SaMpL,GC Product Webinar (Sample),Webinar\n")
    accounts = drop("salesforce/c.csv", "Id,Name,Industry\n001Qx00000SaMpL,Sample Account for Entitlements,\n")
    assert (campaigns.rows_loaded, campaigns.rows_rejected) == (0, 1)
    assert (accounts.rows_loaded, accounts.rows_rejected) == (0, 1)
