import io
import os
import zipfile
from datetime import datetime
from hashlib import sha256

import xlsxwriter

from sources.exports import scan


def drop(root, path, content=b"a,b\n"):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (1_770_000_000, 1_770_000_000))
    return file


def archive(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name, content in members.items():
            written.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), content)
    return buffer.getvalue()


def test_files_are_found_at_any_depth_in_the_order_of_their_paths(tmp_path):
    for path in ("tool/z.csv", "tool/a/b/c.csv", "other/a.csv", "loose.csv"):
        drop(tmp_path, path)
    assert [(e.tool, e.path) for e in scan(tmp_path)] == [
        ("", "loose.csv"),
        ("other", "other/a.csv"),
        ("tool", "tool/a/b/c.csv"),
        ("tool", "tool/z.csv"),
    ]


def test_an_export_is_identified_by_its_content(tmp_path):
    drop(tmp_path, "tool/a.csv", b"x,y\n")
    drop(tmp_path, "tool/copy of a.csv", b"x,y\n")
    first, second = scan(tmp_path)
    assert first.file_id == second.file_id == sha256(b"x,y\n").hexdigest()
    assert (first.size, first.content()) == (4, b"x,y\n")
    assert first.modified_at == datetime(2026, 2, 2, 2, 40)


def test_temporary_hidden_and_own_files_are_no_exports(tmp_path):
    for path in (
        "unsilo.toml",
        "tool/.DS_Store",
        "tool/~$a.xlsx",
        ".git/a.csv",
        "tool/layout.yml",
        "tool/contacts.sql",
    ):
        drop(tmp_path, path)
    assert scan(tmp_path) == []


def test_archives_are_opened_and_their_members_carry_their_own_date(tmp_path):
    drop(tmp_path, "tool/a.zip", archive({"in/b.csv": b"1", "__MACOSX/b.csv": b"2", "a.csv": b"3"}))
    first, second = scan(tmp_path)
    assert [first.path, second.path] == ["tool/a.zip!a.csv", "tool/a.zip!in/b.csv"]
    assert (first.tool, first.content(), first.file_id) == ("tool", b"3", sha256(b"3").hexdigest())
    assert first.modified_at == datetime(2026, 1, 2, 3, 4, 6)


def test_a_member_without_a_date_has_that_of_its_archive(tmp_path):
    content = bytearray(archive({"a.csv": b"1"}))
    for at in (content.index(b"PK\x03\x04") + 10, content.index(b"PK\x01\x02") + 12):
        content[at : at + 4] = bytes(4)
    drop(tmp_path, "tool/a.zip", bytes(content))
    assert [export.modified_at for export in scan(tmp_path)] == [datetime(2026, 2, 2, 2, 40)]


def test_a_workbook_is_one_export_although_it_is_an_archive(tmp_path):
    buffer = io.BytesIO()
    xlsxwriter.Workbook(buffer).close()
    drop(tmp_path, "tool/a.xlsx", buffer.getvalue())
    assert [export.path for export in scan(tmp_path)] == ["tool/a.xlsx"]


def test_of_a_damaged_archive_only_the_damaged_member_is_lost(tmp_path):
    damaged = bytearray(archive({"a.csv": b"some content", "b.csv": b"more of it"}))
    damaged[40] ^= 0xFF
    drop(tmp_path, "tool/a.zip", bytes(damaged))
    drop(tmp_path, "tool/b.zip", b"PK\x03\x04 cut off")
    found = {export.path: export.trouble for export in scan(tmp_path)}
    assert found == {
        "tool/a.zip!a.csv": "the file cannot be opened (BadZipFile)",
        "tool/a.zip!b.csv": None,
        "tool/b.zip": None,
    }


def test_an_archive_in_an_archive_is_opened(tmp_path):
    drop(tmp_path, "tool/a.zip", archive({"inner.zip": archive({"b.csv": b"some content"})}))
    [export] = scan(tmp_path)
    assert (export.path, export.content()) == ("tool/a.zip!inner.zip!b.csv", b"some content")


def test_what_expands_a_thousandfold_is_not_opened(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.csv", b"0" * 60_000_000)
    drop(tmp_path, "tool/a.zip", buffer.getvalue())
    [export] = scan(tmp_path)
    assert export.trouble.startswith("expands to ")


def test_each_filled_sheet_of_a_workbook_is_an_export(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, cell in {"Notes": "a note", "Empty": None, "Data": "a header"}.items():
            book.add_worksheet(name).write(0, 0, cell)
    drop(tmp_path, "tool/a.xlsx", buffer.getvalue())
    found = scan(tmp_path)
    assert [export.path for export in found] == ["tool/a.xlsx!Data", "tool/a.xlsx!Notes"]
    assert len({export.file_id for export in found}) == 2
