"""What holds for any number, day, id, label or text, and for any size of block."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import decoding, tables
from sources.amounts import amounts, bare, counts, decimal_mark, proven_marks
from sources.cells import typed
from sources.dates import moments, orders
from sources.evidence import Evidence
from sources.exports import scan
from sources.labels import normalised
from sources.reading import read
from sources.recognition import find_header
from sources.reports import Field
from sources.tables import Record, body, head

settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("steady")

EN = "January February March April May June July August September October November December".split()  # noqa: SIM905
FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
FR_SHORT = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), min_size=1)
STYLES = {
    "12345.67": (".", "", "{}"),
    "12,345.67": (".", ",", "{}"),
    "12345,67": (",", "", "{}"),
    "12 345,67": (",", " ", "{}"),
    "12\u202f345,67 €": (",", "\u202f", "{} €"),
    "12\u00a0345,67 €": (",", "\u00a0", "{}\u00a0€"),
    "12.345,67": (",", ".", "{}"),
    "€12,345.67": (".", ",", "€{}"),
    "12'345.67": (".", "'", "{}"),
    "US$12,345.67": (".", ",", "US${}"),
    "EUR 12,345.67": (".", ",", "EUR {}"),
    "19,96 %": (",", "", "{} %"),
    "[1.42]": (".", "", "[{}]"),
}


def written(number: Decimal, style: str) -> str:
    mark, group, frame = STYLES[style]
    return frame.format(f"{number:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", group))


def read_amounts(cells: list[str]) -> list[Decimal | None]:
    plain = bare(pl.Series(cells, dtype=pl.String))
    return amounts(plain, decimal_mark(proven_marks(plain))[0]).to_list()


@settings(max_examples=80)
@given(st.lists(NUMBERS, min_size=1, max_size=8), st.sampled_from(sorted(STYLES)))
def test_an_amount_is_read_as_it_was_written_in_every_notation(numbers, style):
    assert read_amounts([written(number, style) for number in numbers]) == numbers


@settings(max_examples=80)
@given(st.lists(st.tuples(NUMBERS, st.sampled_from(sorted(STYLES))), min_size=1, max_size=6))
def test_amounts_in_mixed_notations_are_read_right_or_not_at_all(mixed):
    values = read_amounts([written(number, style) for number, style in mixed])
    assert all(value is None or value == number for value, (number, _) in zip(values, mixed, strict=True))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 999), st.integers(0, 999)), min_size=1), st.sampled_from(",."))
def test_three_digits_behind_a_mark_are_no_evidence(parts, mark):
    assert read_amounts([f"{whole}{mark}{rest:03}" for whole, rest in parts]) == [None] * len(parts)


@settings(max_examples=53)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=1), st.sampled_from(["", ",", ".", " ", "\u00a0", "\u202f"]))
def test_a_count_is_read_with_any_separator_of_thousands(numbers, group):
    cells = pl.Series([f"{number:,}".replace(",", group) for number in numbers])
    assert counts(cells).to_list() == numbers


def day_patterns(day: date) -> list[str]:
    english, french, short = EN[day.month - 1], FR[day.month - 1], FR_SHORT[day.month - 1]
    return [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.day} {english} {day.year}",
        f"{english} {day.day}, {day.year}",
        f"{english[:3]} {day.day}, {day.year}",
        f"{english[:3]} {day.day}, {day.year} 10:32 pm",
        f"{day.day} {french} {day.year}",
        f"{'1er' if day.day == 1 else day.day} {french} {day.year}",
        f"{day.day} {short} {day.year}",
        f"{day.isoformat()} 23:59",
        f"{day.isoformat()}T00:00:00.000Z",
    ]


@settings(max_examples=53)
@given(st.lists(DAYS, min_size=1, max_size=6), st.data())
def test_a_day_is_read_in_every_way_it_is_written(days, data):
    cells = [data.draw(st.sampled_from(day_patterns(day))) for day in days]
    assert moments(pl.Series(cells))[0].dt.date().to_list() == days


@settings(max_examples=53)
@given(st.lists(DAYS, min_size=1, max_size=12), st.booleans(), st.sampled_from(["%Y", "%Y %H:%M"]))
def test_slashed_days_are_read_right_or_refused(days, day_first, rest):
    pattern = ("%d/%m/" if day_first else "%m/%d/") + rest
    cells = pl.Series([day.strftime(pattern) for day in days])
    values, reasons = moments(cells)
    read_days = values.dt.date().to_list()
    assert all(seen in (None, day) for seen, day in zip(read_days, days, strict=True))
    assert all((seen is None) == (reason is not None) for seen, reason in zip(read_days, reasons, strict=True))
    if orders(cells):
        assert read_days == days


def as_field(kind: str) -> Field:
    return Field("field", kind, {"en": ("Field",)})


@settings(max_examples=66)
@given(st.lists(st.from_regex(r"\A[A-Za-z0-9_-]{1,20}\Z"), min_size=1))
def test_an_id_stays_as_it_is(ids):
    values, reasons = typed(as_field("id"), pl.Series(ids), Evidence(), 0)
    assert values.to_list() == ids
    assert reasons.null_count() == len(ids)


@settings(max_examples=30)
@given(st.integers(10**11, 10**19), st.sampled_from([".", ","]))
def test_an_id_that_lost_its_digits_is_refused(number, mark):
    cell = f"{number:.5E}".replace(".", mark)
    values, reasons = typed(as_field("id"), pl.Series([cell]), Evidence(), 0)
    assert (values.to_list(), reasons.null_count()) == ([None], 0)


@settings(max_examples=40)
@given(st.lists(WORDS, min_size=1))
def test_any_text_survives(words):
    plain = [word for word in words if not word.startswith(("'", "="))]
    values, reasons = typed(as_field("text"), pl.Series(plain, dtype=pl.String), Evidence(), 0)
    assert values.to_list() == plain
    assert reasons.null_count() == len(plain)


SPOILT = {
    "capitals": str.upper,
    "no accents": lambda label: "".join(normalised(letter) if letter.isalpha() else letter for letter in label),
    "curly": lambda label: label.replace("'", "’"),
    "no-break": lambda label: label.replace(" ", "\u00a0"),
    "spaced": lambda label: f"  {label.replace(' ', '   ')} ",
    "scrambled": lambda label: label.encode().decode("latin-1"),
    "starred": lambda label: f"{label} *",
}


@settings(max_examples=100)
@given(st.data())
def test_labels_are_known_however_they_are_written_and_ordered(known, data):
    tool = known[data.draw(st.sampled_from(sorted(known)))]
    report = tool.reports[data.draw(st.sampled_from(sorted(tool.reports)))]
    spoken = [
        (name, label)
        for name, field in report.fields.items()
        for label in {label for some in field.labels.values() for label in some}
        if report.labelled[normalised(label)] == name
    ]
    picked = data.draw(st.lists(st.sampled_from(sorted(spoken)), min_size=2, unique_by=lambda pair: pair[0]))
    labels = dict(picked)
    order = data.draw(st.permutations(sorted(labels)))
    cells = [SPOILT[data.draw(st.sampled_from(sorted(SPOILT)))](labels[name]) for name in order]
    found = find_header([Record(1, cells)], [report])
    plain = find_header([Record(1, [labels[name] for name in order])], [report])
    assert found is not None and plain is not None
    assert found.columns == plain.columns
    assert {name for name in labels if name in found.columns} == set(labels)


CELLS = st.text(st.sampled_from("ab \";,\t|\r\n'é1."), max_size=12)


@settings(max_examples=100)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_cells_written_by_a_csv_writer_come_back(rows, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    table = body(text.getvalue(), delimiter, 3, 1)
    assert table.cells.drop("_row_number").rows() == [tuple(row) for row in rows]
    assert table.irregular == []
    assert [record.cells for record in head(text.getvalue(), delimiter)] == rows


LINES = st.one_of(
    st.tuples(
        st.just("row"), DAYS, NUMBERS, st.sampled_from(["Spring", "Été, promo", 'a "b"', "two\nlines", "Total: x"])
    ),
    st.tuples(
        st.sampled_from(["short", "long", "blank", "empty", "open", "stray", "total", "header", "title", "padded"])
    ),
)


def as_line(line: tuple, mark: str) -> str:
    if line[0] == "row":
        _, day, number, name = line
        quoted = '"' + name.replace('"', '""') + '"'
        return f'{quoted},{day:%d/%m/%Y},"{written(number, mark)}",{abs(int(number)) % 977}'
    return {
        "short": "Short,01/02/2026",
        "long": "Long,13/02/2026,1,2,3,4",
        "blank": "",
        "empty": ",,,",
        "open": '"Open,14/02/2026,1,2',
        "stray": 'St"ray,15/02/2026,1,2',
        "total": "Total: Campaigns,,12.5,3",
        "header": HEADER,
        "title": "Campaign report",
        "padded": "Padded,16/02/2026,1,2,,",
    }[line[0]]


HEADER = "Campaign,Day,Cost,Clicks"


@settings(max_examples=30)
@given(
    st.lists(LINES, min_size=1, max_size=40),
    st.sampled_from([60, 200, 457, 2000]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["12345.67", "12345,67"]),
)
def test_the_size_of_a_block_does_not_matter(tmp_path_factory, known, lines, size, newline, style):
    root = tmp_path_factory.mktemp("blocks")
    file = root / "google_ads" / "a.csv"
    file.parent.mkdir()
    text = "\n".join(["Campaign report", "All time", HEADER, *(as_line(line, style) for line in lines), ""])
    file.write_bytes(text.replace("\n", newline).encode())
    [export] = scan(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "HEAD", 6)  # as many rows are in one block whatever its size
        whole = told(read(export, known))
        patch.setattr(decoding, "BLOCK", size)
        assert told(read(export, known)) == whole


def told(file) -> SimpleNamespace:
    return SimpleNamespace(
        status=(file.status, file.reason, file.delimiter, file.encoding),
        rows=file.rows.drop("_file_id").rows() if file.rows is not None else None,
        rejected=sorted(file.rejected_rows.rows()),
        cells=sorted(file.rejected_cells.rows()),
        totals=(file.stated_totals, file.summed_totals),
        tables=[(table.report.name, table.rows_read, table.rows_loaded, table.period_start) for table in file.tables],
        warnings=file.warnings,
    )


def test_a_long_file_is_the_same_in_blocks_of_any_size(tmp_path, known, monkeypatch):
    first = date(2026, 1, 1)
    rows = [f'"Sp""ring {at % 7}",{first + timedelta(at):%d/%m/%Y},"{at},5",{at}' for at in range(400)]
    file = tmp_path / "google_ads" / "a.csv"
    file.parent.mkdir()
    below = ["", "Campaign report", "All time", HEADER, *rows[:50]]
    file.write_text("\n".join(["Campaign report", "All time", HEADER, *rows, "Total: Campaigns,,12,3", *below, ""]))
    [export] = scan(tmp_path)
    whole = told(read(export, known))
    assert [read_ for _, read_, _, _ in whole.tables] == [400, 50]
    for size in (200, 1000, 5000):
        monkeypatch.setattr(decoding, "BLOCK", size)
        assert told(read(export, known)) == whole
