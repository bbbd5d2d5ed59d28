"""Archives and workbooks made to break what opens them, and lines without an end."""

import io
import subprocess
import sys
import zipfile

import pytest

from sources.exports import scan
from sources.reading import read

ROWS = b"Record ID,Email\n1,ana@north.example\n2,ben@north.example\n"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(*members, level=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", level) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, level)
    return content.getvalue()


@pytest.fixture
def dropped(tmp_path, originals):
    """Drops a file in a tool's folder; returns for each export in it its path, status, reason and rows read."""

    def read_all(name, content):
        file = tmp_path / "hubspot" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        found = [read(export, originals[0].known) for export in scan(tmp_path)]
        return [(file.export.path.removeprefix("hubspot/"), file.reason, file.rows_read) for file in found]

    return read_all


def test_an_archive_is_opened_and_so_is_the_one_in_it(dropped):
    inner = zipped(("b.csv", ROWS), ("c.csv", ROWS))
    assert dropped("a.zip", zipped(("in/d.zip", inner), ("a.csv", ROWS))) == [
        ("a.zip!a.csv", None, 2),
        ("a.zip!in/d.zip!b.csv", None, 2),
        ("a.zip!in/d.zip!c.csv", None, 2),
    ]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_archive_says_so(dropped, part):
    content = zipped(("a.csv", ROWS * 50), ("b.csv", ROWS * 50))
    [(path, reason, rows)] = dropped("a.zip", content[: int(len(content) * part)])
    assert (path, rows) == ("a.zip", 0)
    assert reason


def test_a_damaged_member_says_so_and_spares_the_others(dropped):
    content = bytearray(zipped(("a.csv", ROWS * 50), ("b.csv", ROWS), level=zipfile.ZIP_STORED))
    content[100:110] = b"xxxxxxxxxx"
    told = dropped("a.zip", bytes(content))
    assert told[0][1].startswith("the file cannot be opened")
    assert told[1] == ("a.zip!b.csv", None, 2)


def test_a_bomb_is_not_unpacked(dropped):
    [(_, reason, _)] = dropped("a.zip", zipped(("a.csv", bytes(100_000_000))))
    assert reason.startswith("expands to")


def test_many_small_bombs_are_none_the_better(dropped):
    told = dropped("a.zip", zipped(*((f"{at}.csv", bytes(30_000_000)) for at in range(3))))
    assert all(reason.startswith("expands to") for _, reason, _ in told)


def test_a_bomb_in_a_bomb_is_not_unpacked(dropped):
    content = zipped(("a.csv", bytes(60_000_000)))
    for depth in range(5):
        content = zipped(*((f"{depth}-{at}.zip", content) for at in range(2)))
    told = dropped("a.zip", content)
    assert told
    assert all(reason and not rows for _, reason, rows in told)


def test_a_workbook_that_is_a_bomb_is_not_unpacked(dropped):
    sheet = b"<worksheet>" + b" " * 60_000_000
    [(_, reason, _)] = dropped("a.xlsx", zipped(("[Content_Types].xml", TYPES), ("xl/worksheets/sheet1.xml", sheet)))
    assert reason.startswith("expands to")


def test_two_members_of_one_name_do_not_hide_each_other(dropped):
    with pytest.warns(UserWarning, match="Duplicate"):
        content = zipped(("a.csv", ROWS), ("a.csv", ROWS * 2))
    assert all(reason == "the archive holds several files of this name" for _, reason, _ in dropped("a.zip", content))


def test_a_locked_archive_says_so(dropped):
    content = bytearray(zipped(("a.csv", ROWS)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    [(_, reason, _)] = dropped("a.zip", bytes(content))
    assert "password" in reason


@pytest.mark.parametrize(
    "name", ["../../a.csv", "/etc/a.csv", "a\\b.csv", "caf\udce9.csv".encode(errors="replace").decode()]
)
def test_a_member_with_an_odd_name_stays_in_its_archive(dropped, name):
    [(_, reason, rows)] = dropped("a.zip", zipped((name, ROWS)))
    assert (reason, rows) == (None, 2)


def test_an_archive_without_members_is_an_empty_file(dropped):
    assert all(reason for _, reason, _ in dropped("a.zip", zipped()))


@pytest.mark.parametrize("start", [b"", ROWS + b"3,", ROWS + b'3,"'])
def test_a_line_without_an_end_costs_itself_only(dropped, start):
    [(_, reason, rows)] = dropped("a.csv", start + b"x" * 100_000_000 + b"\n" + ROWS)
    assert (reason, rows) == (None, 5 if start else 2)


READ_ALONE = """
import resource, sys
from pathlib import Path
from sources.exports import scan
from sources.layout import tools
from sources.reading import read

[export] = scan(Path(sys.argv[1]))
file = read(export, tools())
[(number, reason, text)] = file.rejected_rows.select("row_number", "reason", "row_text").rows()
print(file.rows_loaded, number, reason, len(text) < 2000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""


def test_a_line_of_a_gigabyte_takes_little_memory(tmp_path):
    file = tmp_path / "hubspot" / "a.csv"
    file.parent.mkdir()
    with file.open("wb") as stream:
        stream.write(ROWS + b"3,")
        stream.writelines(b"x" * 1_000_000 for _ in range(1000))
        stream.write(b"\n" + ROWS)
    told = subprocess.run([sys.executable, "-c", READ_ALONE, tmp_path], check=True, capture_output=True, text=True)
    file.unlink()
    outcome, gigabytes = told.stdout.splitlines()
    assert outcome == "4 4 a line too long to be read True"
    assert float(gigabytes) < 1
