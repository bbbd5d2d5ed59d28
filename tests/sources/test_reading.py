import io
from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest
import xlsxwriter

from sources.layout import raw_schema
from sources.reading import read

HEADER = "Record ID,First Name,Last Name,Email,Create Date\n"


def refused(file):
    return file.rejected_rows.select("row_number", "reason").rows()


def refused_cells(file):
    return file.rejected_cells.select("row_number", "field", "label", "reason", "cell_text").rows()


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("cp1252", b"", "windows-1252"),
    ],
)
def test_text_is_read_in_the_encodings_tools_write(drop, encoding, mark, told):
    content = mark + (HEADER + "1,Zoé,Œuvrard,zoe@north.example,2026-01-02 03:04\n").encode(encoding)
    file = drop("hubspot/a.csv", content)
    assert file.encoding == told
    assert file.rows.select("first_name", "last_name").rows() == [("Zoé", "Œuvrard")]


def test_one_damaged_character_does_not_spoil_the_others(drop):
    file = drop("hubspot/a.csv", (HEADER + "1,Zoé,Œuvrard,,\n2,Ren").encode() + b"\xe9,,,\n")
    assert (file.encoding, file.rows["first_name"].to_list()) == ("utf-8", ["Zoé", "Ren\ufffd"])


def test_rows_carry_the_fields_of_the_report_and_their_origin(drop, known):
    file = drop("hubspot/a.csv", HEADER + "0012,Ana,,ana@north.example,2026-01-02 03:04\n")
    schema = raw_schema([known["hubspot"].reports["contacts"]])
    assert file.rows.columns == schema.names
    [row] = file.rows.to_dicts()
    assert (row["record_id"], row["last_name"], row["created_at"]) == ("0012", None, datetime(2026, 1, 2, 3, 4))
    assert (row["_file_id"], row["_row_number"]) == (file.export.file_id, 2)


def test_row_numbers_are_those_a_spreadsheet_shows(drop):
    content = HEADER + '1,"two\nlines",Doe,,\n\n\n,,,,\n2,short\n3,Ben,Roe,,\n'
    file = drop("hubspot/a.csv", content)
    assert file.rows.select("record_id", "_row_number").rows() == [("1", 2), ("3", 7)]
    assert refused(file) == [(6, "2 cells where the header has 5; an unquoted delimiter?")]
    assert (file.rows_read, file.rows_loaded, file.rows_rejected) == (3, 2, 1)


def test_empty_cells_too_many_do_no_harm(drop):
    file = drop("hubspot/a.csv", HEADER + "1,Ana,Doe,,,,\n2,Ben,Roe,,,x\n")
    assert file.rows["record_id"].to_list() == ["1"]
    assert refused(file) == [(3, "6 cells where the header has 5; an unquoted delimiter?")]


def test_a_quote_that_is_never_closed_costs_its_own_line_only(drop):
    content = HEADER + '1,Ana,Doe,,\n2,"Ben,Roe,,\n3,Cy,Poe,,\n4,Di,"Moe",,\n'
    file = drop("hubspot/a.csv", content)
    assert file.rows.select("record_id", "_row_number").rows() == [("1", 2), ("3", 4), ("4", 5)]
    assert refused(file) == [(3, "a quote that is never closed")]
    assert file.rows_read == 4


@pytest.mark.parametrize(
    ("rows", "loaded", "lost"),
    [
        ('1,"note\n2,b\n3,c\n', ["2", "3"], [2]),
        ('1,"note\n2,"b\n3,c\n', ["3"], [2, 3]),
        ('1,a\n2,"two\nlines"\n3,"note\n4,d\n', ["1", "2", "4"], [4]),
        ('1,5" pipe\n2,"b"c\n3,"two\nlines"\n', ["1", "2", "3"], []),
    ],
)
def test_a_quote_open_in_the_last_column_swallows_no_row(drop, rows, loaded, lost):
    file = drop("hubspot/a.csv", "Record ID,Email\n" + rows)
    assert file.rows["record_id"].to_list() == loaded
    assert [number for number, reason in refused(file) if reason == "a quote that is never closed"] == lost
    assert file.rows_read == len(loaded) + len(lost)


def test_a_quote_open_over_a_megabyte_is_still_found(drop):
    rows = "".join(f"{number},Cy,Poe,,\n" for number in range(100_000))
    file = drop("hubspot/a.csv", HEADER + 'x,"Ben,Roe,,\n' + rows)
    assert (file.rows_loaded, file.rows_rejected) == (100_000, 1)


def test_a_cell_longer_than_a_page_is_read(drop):
    file = drop("hubspot/a.csv", "Record ID,Email,Notes\n1,a@b.example," + "x" * 200_000 + "\n")
    assert file.rows["notes"].str.len_chars().to_list() == [200_000]


def test_cells_are_trimmed_and_empty_ones_are_null(drop):
    file = drop("hubspot/a.csv", HEADER + "1,\u00a0Ana , ,,\n")
    assert file.rows.select("first_name", "last_name").rows() == [("Ana", None)]


def test_zero_is_not_null(drop):
    file = drop("google_ads/a.csv", "Campaign,Cost,Impr.,Clicks\nSpring, --,0,--\nSummer,0.00,5,0\n")
    assert file.rows.select("spend", "impressions", "clicks").rows() == [(None, 0, None), (Decimal(0), 5, 0)]


def test_a_cell_that_cannot_be_read_is_null_and_kept_aside(drop):
    file = drop("hubspot/a.csv", HEADER + "1,Ana,Doe,,31/31/2025\n2,Ben,Roe,,2026-01-02\n")
    assert file.rows["created_at"].to_list() == [None, datetime(2026, 1, 2)]
    assert refused_cells(file) == [(2, "created_at", "Create Date", "no date that can be read", "31/31/2025")]
    assert file.rejected_cells["file_id"].to_list() == [file.export.file_id]


def test_a_refused_column_is_null_and_every_cell_of_it_kept_aside(drop):
    file = drop("hubspot/a.csv", HEADER + "1,Ana,Doe,,02/01/2026\n2,Ben,Roe,,03/01/2026\n")
    assert file.rows["created_at"].null_count() == 2
    assert file.rejected_cells["row_number"].to_list() == [2, 3]


def test_a_row_without_a_cell_it_needs_is_rejected(drop):
    file = drop("hubspot/a.csv", HEADER + ",Ana,Doe,,bad date\n1.2E+17,Ben,Roe,,\n3,Cy,Poe,,\n")
    assert file.rows["record_id"].to_list() == ["3"]
    assert refused(file) == [(2, "Record ID is empty"), (3, "Record ID: an id whose digits a spreadsheet has lost")]
    assert file.rejected_rows["row_text"].to_list() == [",Ana,Doe,,bad date", "1.2E+17,Ben,Roe,,"]
    assert refused_cells(file) == []


def test_reasons_never_repeat_what_a_cell_holds(drop):
    file = drop("hubspot/a.csv", HEADER + "Ana Doe,06 39 98 00 01\n,Ana,Doe,ana@north.example,ana@north.example\n")
    told = " ".join([*file.rejected_rows["reason"], *file.rejected_cells["reason"]])
    assert "Ana" not in told and "06 39" not in told


def test_amounts_follow_the_decimal_mark_of_the_file(drop):
    header = "Record ID;Deal Name;Deal Stage;Amount\n"
    french = drop("hubspot/fr.csv", header + "1;A;Won;1 234,56 €\n2;B;Won;1,234\n3;C;Won;n/a\n")
    assert french.rows["amount"].to_list() == [Decimal("1234.56"), Decimal("1.234"), None]
    assert [cell[0] for cell in refused_cells(french)] == [4]
    unproven = drop("hubspot/unproven.csv", header + "1;A;Won;1,234\n2;B;Won;12\n")
    assert unproven.rows["amount"].to_list() == [None, Decimal(12)]
    reason = "nothing in the file tells a decimal mark from a thousands separator"
    assert refused_cells(unproven) == [(2, "amount", "Amount", reason, "1,234")]


def test_truth_is_read_in_both_languages(drop):
    cells = ["true", "Yes", "OUI", "vrai", "1", "false", "No", "non", "Faux", "0", "", "maybe"]
    content = "Record ID,Email,Unsubscribed from all email\n"
    content += "".join(f"{number},,{cell}\n" for number, cell in enumerate(cells))
    file = drop("hubspot/a.csv", content)
    assert file.rows["unsubscribed_from_all"].to_list() == [True] * 5 + [False] * 5 + [None] * 2
    assert [cell[0] for cell in refused_cells(file)] == [13]


def test_guards_against_formulas_are_taken_off(drop):
    file = drop("hubspot/a.csv", 'Record ID,Email,Phone Number\n"=""0012""",,\'+33639980001\n[34],,\'s Hof\n')
    assert file.rows.select("record_id", "phone").rows() == [("0012", "+33639980001"), ("34", "'s Hof")]


def test_the_export_date_is_the_one_in_the_file_name_or_else_the_files_own(drop):
    named = drop("hubspot/hubspot-crm-exports-all-2026-01-31-1.csv", HEADER)
    assert named.exported_at == datetime(2026, 1, 31)
    impossible = drop("hubspot/hubspot-crm-exports-all-2026-13-31.csv", HEADER)
    assert impossible.exported_at == impossible.export.modified_at == datetime(2026, 2, 2, 2, 40)


def test_a_header_without_rows_is_loaded_as_nothing(drop):
    file = drop("hubspot/a.csv", HEADER)
    assert (file.status, file.rows_read, file.rows.height) == ("loaded", 0, 0)


def workbook(*sheets):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as written:
        day = written.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = written.add_worksheet()
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(number, column, cell, day if isinstance(cell, date) else None)
    return buffer.getvalue()


def test_a_workbook_is_read_whatever_it_is_called(drop):
    rows = [[], ["Campaign", "Day", "Cost", "Impr.", "Clicks", "Campaign ID"]]
    rows += [["Spring", date(2026, 1, 2), 1234.567, 1200, 3, 24126885583], [], ["Summer", "2026-01-03", 5, 7, 0, ""]]
    file = drop("google_ads/a.csv", workbook([], rows))
    assert (file.encoding, file.delimiter, file.report) == (None, None, "campaign_report")
    assert file.rows.select("date", "spend", "impressions", "campaign_id", "_row_number").rows() == [
        (date(2026, 1, 2), Decimal("1234.567"), 1200, "24126885583", 3),
        (date(2026, 1, 3), Decimal(5), 7, None, 5),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"\n \n",
        b"\0\0\0",
        b"PK\x03\x04 not really",
        b"\x89PNG\r\n\x1a\n\0\0\0",
        workbook([["a"]])[:-200],
        bytes(range(256)) * 20,
        b'"' * 1000,
        HEADER.encode() + b"\x00\x81\x8d,\x00\n" + b'"' * 99,
    ],
)
def test_no_content_makes_the_reader_fail(drop, content):
    file = drop("hubspot/a.csv", content)
    assert (file.status == "rejected" and file.reason) or file.rows is not None
    assert file.rows_read == file.rows_loaded + file.rows_rejected


def test_a_file_that_vanished_is_rejected(drop, tmp_path, known):
    export = drop("hubspot/a.csv", HEADER).export
    (tmp_path / "hubspot/a.csv").unlink()
    assert read(export, known).reason == "the file cannot be read (FileNotFoundError)"


def test_even_a_panic_of_the_parser_is_an_answer(drop, monkeypatch):
    def panic(*_):
        raise pl.exceptions.PanicException("Ana Doe")

    monkeypatch.setattr("sources.reading.contents", panic)
    assert drop("hubspot/a.csv", HEADER).reason == "the file cannot be read (PanicException)"


def test_characters_that_are_none_are_dropped(drop):
    file = drop("hubspot/a.csv", HEADER + "1,A\0na,Doe,,\n")
    assert file.rows["first_name"].to_list() == ["Ana"]
