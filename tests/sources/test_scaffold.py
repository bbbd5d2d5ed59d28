import re
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from sources.layout import tools
from sources.layout_file import read_layout
from sources.scaffold import NotATable, guess, proposal

MEMBERS = """Liste des membres;;;;;;;
;;;;;;;
N° de carte;Prénom;Nom;Courriel;Code postal;Newsletter;Points;Dernier achat;Panier
00017;Inès;Dufresne;ines@example.org;01000;oui;1 240;17/03/2026;1 234,50 €
00018;Marc;Lenoir;marc@example.org;69003;désinscrit;85;02/11/2025;-
"""


@pytest.fixture
def proposed(tmp_path):
    """Writes an export, and reads the layout that is proposed for it."""

    def made(content, name="members.csv"):
        file = tmp_path / "club_card" / name
        file.parent.mkdir()
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        layout = file.with_name("layout.yml")
        layout.write_text(proposal(file, tools()), encoding="utf-8")
        return read_layout(layout)

    return made


def test_a_list_of_people_becomes_contacts_with_typed_columns(proposed):
    tool = proposed(MEMBERS)
    report = tool.reports["contacts"]
    assert (tool.title, tool.kind, report.feeds) == ("Club Card", "crm", ("contacts", "consents"))
    assert report.needs == (("email",), ("record_id",), ("first_name",))
    assert {name: field.type for name, field in report.fields.items()} == {
        "record_id": "id",
        "first_name": "text",
        "last_name": "text",
        "email": "text",
        "postcode": "text",
        "value": "text",
        "points": "count",
        "dernier_achat": "date",
        "panier": "money",
    }
    assert report.nulls == ("-",)


def test_consent_is_proposed_word_by_word(proposed):
    assert proposed(MEMBERS).reports["contacts"].fields["value"].values == {"oui": "granted", "desinscrit": "withdrawn"}


def test_a_word_that_states_no_consent_is_unknown(proposed):
    field = proposed("Email,Nom,Newsletter\na@example.org,A,non\n").reports["contacts"].fields["value"]
    assert field.values == {"non": "unknown"}


def test_costs_of_campaigns_become_ad_performance(proposed):
    content = "Campaign,Day,Amount spent (EUR),Impressions\nSpring,2026-03-01,10.25,900\nTotal,,10.25,900\n"
    report = proposed(content, "report 2026-03-02.csv").reports["ad_performance"]
    assert report.feeds == ("ad_performance",)
    assert (report.period, report.file_date) == ("date", r"(\d{4}-\d{2}-\d{2})")
    assert report.fields["spend"].labels == {"en": ("Amount spent",)}
    assert report.fields["currency"].type == "currency"
    assert report.totals is not None


def test_a_report_without_a_day_keeps_its_period(proposed):
    report = proposed("Campaign,Cost,Clicks\nSpring,10.25,9\n").reports["ad_performance"]
    assert report.period == "date"
    assert report.fields["date"].type == "date"


def test_what_fits_no_table_is_proposed_without_feeds(proposed):
    report = proposed("Shelf,Width\nA1,40\n").reports["export"]
    assert (report.feeds, {name: field.type for name, field in report.fields.items()}) == (
        (),
        {"shelf": "text", "width": "count"},
    )


def test_a_workbook_is_read_too(tmp_path):
    file = tmp_path / "club.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["E-mail", "Surname", "Points"], ["ana@example.org", "Roy", 7]]):
            sheet.write_row(number, 0, row)
    assert "feeds: [contacts]" in proposal(file, tools())


def test_the_proposal_tells_an_editor_where_the_schema_is(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(MEMBERS, encoding="utf-8")
    schema = re.match(r"# yaml-language-server: \$schema=(.+)\n", proposal(file, tools()))
    assert schema and Path(schema[1]).is_file()


@pytest.mark.parametrize("content", ["", "one line\n", "1,2\n3,4\n", b"\x00\x01\x02"])
def test_what_is_no_table_is_refused(tmp_path, content):
    file = tmp_path / "a.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(NotATable):
        proposal(file, tools())


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["E-mail", "First name", "Nom"], "looks like contacts (e-mail, first name, last name)"),
        (["Campagne", "Jour", "Coût"], "looks like ad performance (campaign, date, spend)"),
        (
            ["Subject", "Sent", "Recipients", "Opens"],
            "looks like email performance (subject, sent, recipients, unique opens)",
        ),
        (["Deal", "Stage", "Value"], "looks like deals (deal, stage, amount)"),
    ],
)
def test_a_guess_says_what_it_saw(header, told):
    assert str(guess(header, None, tools())) == told


def test_a_header_that_says_nothing_is_not_guessed():
    assert guess(["Shelf", "Width"], None, tools()) is None


def test_addresses_are_known_by_their_cells():
    rows = pl.DataFrame({"c0": ["ana@example.org", None], "c1": ["Roy", "Oak"]})
    assert guess(["Login", "Surname"], None, tools()) is None
    assert str(guess(["Login", "Surname"], rows, tools())) == "looks like contacts (e-mail, last name)"


def test_labels_of_known_layouts_are_learnt(tmp_path):
    layout = tmp_path / "till" / "layout.yml"
    layout.parent.mkdir()
    layout.write_text(
        "title: Till\nkind: crm\nreports: {people: {grain: g, feeds: contacts, needs: [email], fields: {"
        "email: {type: text, labels: [Mailbox]}, last_name: {type: text, labels: [Clan]}}}}",
        encoding="utf-8",
    )
    assert guess(["Mailbox", "Clan"], None, {}) is None
    known = {"till": read_layout(layout)}
    assert str(guess(["Mailbox", "Clan"], None, known)) == "looks like contacts (e-mail, last name)"
