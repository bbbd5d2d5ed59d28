"""The spreadsheet round trip: uncertain pairs out, what people decided of them in."""

import zipfile

import people
import polars as pl
import pytest
from people import LUC, PAUL, ZOE, ZOE_LEAD, ZOE_MAILED

from pipelines import decisions
from pipelines.cli.decide import decide
from pipelines.decisions import NOT_SAME, SAME, read
from pipelines.identity_decisions import decide_not_same, decide_same
from pipelines.review_import import NotASheet, import_reviews
from pipelines.review_sheet import NoReviews, export_reviews
from warehouse.published import ROLES, open_copy

FORMS = ["review.xlsx", "review.csv"]
PERSONAL = ("Zoé", "Martin", "zoe@", "z.martin", "Roche", "paul@", "accueil@", "39980001")


@pytest.fixture(scope="module")
def known(company):
    people.resolve(company.staging)
    people.publish(company.workspace.lake)
    return company


@pytest.fixture
def staging(known):
    known.staging.con.execute("delete from lake.ops.decisions")
    return known.staging


@pytest.fixture
def export(staging, tmp_path):
    def exported(name="review.xlsx", role="steward", made=()):
        with open_copy(staging.home, ROLES[role]) as con:
            return export_reviews(con, made, tmp_path / name, private=not ROLES[role].masked), tmp_path / name

    return exported


def sheet(file):
    """A sheet as a spreadsheet program shows it."""
    if file.suffix == ".csv":
        return pl.read_csv(file, infer_schema=False)
    return pl.read_excel(file, infer_schema_length=0)


def fill(file, *said, why=None):
    """Write words into the column decision, as many as there are rows, and save the file."""
    filled = sheet(file).with_columns(pl.Series("decision", said), pl.lit(why).alias("why"))
    file.unlink()
    filled.write_csv(file, separator=";") if file.suffix == ".csv" else filled.write_excel(file)
    return file


def written(tmp_path, *rows, header=("decision", "why", "record 1", "record 2"), name="filled.csv"):
    file = tmp_path / name
    file.write_text("\n".join(";".join(row) for row in (header, *rows)), encoding="cp1252")
    return file


def stored(staging):
    return [(one.kind, one.subject, one.other_subject) for one in decisions.standing(staging.con)]


@pytest.mark.parametrize("name", FORMS)
def test_both_sides_stand_beside_each_other_with_most_at_stake_first(export, name):
    counts, file = export(name)
    paul, zoe = sheet(file).to_dicts()
    assert counts == (2, 2)
    assert (paul["name 1"], paul["name 2"], float(paul["at stake"]), paul["currency"]) == (
        "Paul Roche",
        "Luc Roche",
        900,
        "EUR",
    )
    assert (zoe["name 1"], zoe["e-mail 1"], zoe["address 1"]) == (
        "Zoé Martin-Brun",
        "z.martin@north.example",
        "69003 Lyon",
    )
    assert (zoe["record 1"], zoe["record 2"], zoe["decision"] or None) == (ZOE_LEAD, ZOE, None)
    assert zoe["evidence"] == "not certain: similar name, different e-mail, same phone, company on one side only"


def test_a_sheet_offers_the_words_and_keeps_its_header_in_sight(export):
    with zipfile.ZipFile(export()[1]) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<formula1>"same,not the same,later"</formula1>' in xml and 'sqref="A2:A3"' in xml
    assert 'ySplit="1"' in xml and 'state="frozen"' in xml


def test_what_looks_like_a_formula_is_text(export):
    with zipfile.ZipFile(export()[1]) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet(export("a.csv")[1])["company 2"][1] == "'=HYPERLINK(1)"
    assert sheet(export("b.csv")[1])["phone 2"][1] == "'+33639980001"


@pytest.mark.parametrize("name", FORMS)
def test_a_sheet_shows_what_its_role_may_see_to_whom_may_see_it(export, name):
    steward, marketer = export(name)[1], export(f"masked {name}", "marketer")[1]
    assert steward.stat().st_mode & 0o077 == 0
    shown = str(sheet(marketer).to_dicts())
    assert [value for value in PERSONAL if value in shown] == [] and "Z•••" in shown


def test_a_sheet_that_may_hold_work_is_not_overwritten(export):
    export()
    with pytest.raises(FileExistsError):
        export()


def test_pairs_that_are_settled_are_not_asked_again(staging, export):
    made = decide_same(staging, ZOE, ZOE_MAILED, None, None) + decide_not_same(
        staging, ZOE_MAILED, ZOE_LEAD, None, None
    )
    counts, file = export(made=made)
    assert counts == (1, 1) and sheet(file)["record 1"].to_list() == [PAUL]
    counts, file = export("none.xlsx", made=made + decide_same(staging, PAUL, LUC, None, None))
    assert counts == (0, 0) and not file.exists()


def test_a_copy_without_pairs_says_what_to_do(tmp_path):
    import duckdb

    with duckdb.connect() as con, pytest.raises(NoReviews, match="run `unsilo run` first"):
        export_reviews(con, [], tmp_path / "review.xlsx", private=False)


@pytest.mark.parametrize("name", FORMS)
def test_what_is_filled_in_is_decided_once(staging, export, name):
    file = fill(export(name)[1], "not the same", " Same ", why="on l'a appelé")
    done = import_reviews(staging, file, "Kim")
    assert (done.stored, done.known, done.problems) == (2, 0, {})
    assert sorted(stored(staging)) == [(NOT_SAME, PAUL, LUC), (SAME, ZOE, ZOE_LEAD)]
    assert {(one.note, one.decided_by) for one in decisions.standing(staging.con)} == {("on l'a appelé", "Kim")}
    again = import_reviews(staging, file, "Lou")
    assert (again.stored, again.known) == (0, 2) and len(stored(staging)) == 2


def test_a_decision_taken_back_is_asked_again(staging, export):
    import_reviews(staging, fill(export()[1], "same", "same"), None)
    decisions.undo(staging, decisions.standing(staging.con)[0].decision_id)
    assert export("again.xlsx", made=decisions.standing(staging.con))[0] == (1, 1)


def test_later_and_nothing_decide_nothing(staging, export):
    done = import_reviews(staging, fill(export()[1], "later", None), None)
    assert (done.stored, done.later, done.undecided, done.problems) == (0, 1, 1, {})
    assert stored(staging) == []


def test_rows_that_cannot_be_stored_say_where_and_what_to_do_and_the_others_count(staging, tmp_path):
    file = written(
        tmp_path,
        ("Géraldine Roche", "", PAUL, LUC),
        ("same", "", "Zoé Martin", ZOE_LEAD),
        ("same", "", ZOE, ""),
        ("same", "", ZOE, ZOE),
        ("", "", "", ""),
        ("same", "Ça va", ZOE_LEAD, ZOE),
        ("same", "one cell more", ZOE_LEAD, ZOE, "x"),
    )
    done = import_reviews(staging, file, None)
    assert done.problems == {
        2: "filled.csv row 2, column decision: write same, not the same or later, or leave it empty",
        3: "filled.csv row 3, column record 1: no contact is called so; export the pairs again and do not change this"
        " column",
        4: "filled.csv row 4, column record 2: the contact is missing; export the pairs again and do not change this"
        " column",
        5: "filled.csv row 5, column record 2: this is the same contact as beside it; export the pairs again",
        8: "filled.csv row 8: its cells are not those of the header; export the pairs again",
    }
    assert stored(staging) == [(SAME, ZOE, ZOE_LEAD)]
    assert decisions.standing(staging.con)[0].note == "Ça va"


def test_rows_that_decisions_stand_against_are_refused_alone(staging, tmp_path):
    [apart] = decide_not_same(staging, ZOE, PAUL, None, "Kim")
    done = import_reviews(staging, written(tmp_path, ("same", "", ZOE, PAUL), ("same", "", ZOE, LUC)), None)
    assert done.stored == 1 and list(done.problems) == [2]
    assert done.problems[2].startswith("filled.csv row 2, column decision: ") and apart.decision_id in done.problems[2]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_of_rows_that_contradict_each_other_those_that_keep_apart_count(staging, tmp_path, order):
    rows = [("same", "", ZOE, PAUL), ("same", "", PAUL, LUC), ("not the same", "", LUC, ZOE)]
    done = import_reviews(staging, written(tmp_path, *(rows[at] for at in order)), None)
    assert done.stored == 2 and len(done.problems) == 1
    assert (NOT_SAME, ZOE, LUC) in stored(staging)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("review.xlsx", b"PK\x03\x04 damaged", "review.xlsx: there is no column|review.xlsx cannot be opened"),
        ("review.csv", b"", "there is no column decision or record 1 or record 2 in any row"),
        ("review.csv", b"Decision,Record 1,reason\nsame,a,b\n", "there is no column record 2 in row 1: `unsilo decide"),
    ],
)
def test_what_is_no_sheet_is_said_so(staging, tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotASheet, match=told):
        import_reviews(staging, tmp_path / name, None)


def test_the_command_writes_a_sheet_and_reads_it(unsilo, new_company, tmp_path):
    people.resolve(new_company.staging)
    people.publish(new_company.workspace.lake)
    new_company.staging.close()
    file = tmp_path / "review.xlsx"
    said = unsilo(decide, "--export", str(file), "--role", "steward")
    assert said.exit_code == 0 and f"{file}: 2 pairs of contacts" in said.output and "masked" not in said.output
    assert unsilo(decide, "--export", str(file)).exit_code == 2
    fill(file, "same", "perhaps")
    said = unsilo(decide, "--import", str(file), "--by", "Kim")
    assert said.exit_code == 2 and "review.xlsx row 3, column decision: write same" in said.output
    assert "1 decisions stored, from the next run on; 0 stood already" in said.output
    assert [value for value in PERSONAL if value in said.output] == []
    [made] = read(new_company.workspace.lake)
    assert (made.subject, made.other_subject, made.decided_by) == (PAUL, LUC, "Kim")
    said = unsilo(decide, "--export", str(tmp_path / "next.csv"))
    assert "next.csv: 1 pairs of contacts" in said.output and "--role steward writes them in full" in said.output


@pytest.mark.parametrize(
    "words",
    [
        ("--export", "a.xlsx", "--import", __file__),
        ("--export", "a.xlsx", "--by", "Kim"),
        ("--export", "a.ods"),
        ("--role", "steward"),
        ("--import", "there-is-no-such-file.xlsx"),
        ("--by", "Kim", "list"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(unsilo, words):
    assert unsilo(decide, *words).exit_code == 2


def test_without_anything_to_do_the_command_explains_itself(unsilo):
    said = unsilo(decide)
    assert said.exit_code == 0 and "not-same" in said.output and "--export" in said.output
