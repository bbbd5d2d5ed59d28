import polars as pl
import pytest

from sources.dates import CONTRADICTORY, NO_DATE, UNSETTLED, moments


def read(*cells):
    moment, reasons = moments(pl.Series(cells, dtype=pl.String))
    return [reason if at is None else at.isoformat(" ", "minutes") for at, reason in zip(moment, reasons, strict=True)]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024-02-01", "2024-02-01 00:00"),
        ("2024-02-01 09:30", "2024-02-01 09:30"),
        ("2026/05/27", "2026-05-27 00:00"),
        ("2006-06-15T20:47:07.000Z", "2006-06-15 20:47"),
        ("2026-05-19T15:15:37-0400", "2026-05-19 19:15"),
        ("Mar 24, 2019 10:32 pm", "2019-03-24 22:32"),
        ("Mar 24, 2019 12:05 am", "2019-03-24 00:05"),
        ("July 8, 2025", "2025-07-08 00:00"),
        ("1 June 2026", "2026-06-01 00:00"),
        ("1 sept. 2026", "2026-09-01 00:00"),
        ("4 juil. 2026", "2026-07-04 00:00"),
        ("12 juin 2026", "2026-06-12 00:00"),
        ("1er août 2026 à 14:05", "2026-08-01 14:05"),
        ("3 févr. 2026", "2026-02-03 00:00"),
        ("21 déc. 2026", "2026-12-21 00:00"),
    ],
)
def test_a_date_that_says_its_month_is_read(cell, moment):
    assert read(cell) == [moment]


def test_one_day_above_twelve_settles_the_column():
    assert read("07/05/2019", "17/05/2019 11:10") == ["2019-05-07 00:00", "2019-05-17 11:10"]
    assert read("4/8/2025 17:19", "2/22/2025 20:22") == ["2025-04-08 17:19", "2025-02-22 20:22"]
    assert read("07/05/19", "17/05/19") == ["2019-05-07 00:00", "2019-05-17 00:00"]


def test_slashed_dates_that_nothing_settles_are_refused_unless_both_readings_agree():
    assert read("07/05/2019", "06/06/2019", None) == [UNSETTLED, "2019-06-06 00:00", None]


def test_slashed_dates_that_contradict_each_other_are_refused():
    assert read("17/05/2019", "05/17/2019", "01/02/2019") == [CONTRADICTORY] * 3


def test_dotted_dates_start_with_the_day():
    assert read("07.05.2019") == ["2019-05-07 00:00"]


def test_years_of_two_digits_are_of_the_century_that_posix_says():
    assert read("25.09.68", "25.09.69") == ["2068-09-25 00:00", "1969-09-25 00:00"]


def test_what_is_no_date_is_not_read():
    assert read("31/31/2025", "2024-13-01", "30 février 2026", "soon", "7", "Foo 3, 2026") == [NO_DATE] * 6
