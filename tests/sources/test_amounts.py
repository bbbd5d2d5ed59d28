from decimal import Decimal

import polars as pl
import pytest

from sources.amounts import CONTRADICTORY, UNPROVEN, amounts, bare, counts, decimal_mark, proven_marks


def read(*cells):
    text = bare(pl.Series(cells, dtype=pl.String))
    mark, _ = decimal_mark(proven_marks(text))
    return [None if value is None else str(value.normalize() + 0) for value in amounts(text, mark)]


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("1,234.56", "."),
        ("1.234,56", ","),
        ("12.5", "."),
        ("12,5", ","),
        ("1 234,567", ","),
        ("1\u202f234,56", ","),
        ("0,123", ","),
        ("1234.567", "."),
        ("1,234,567", "."),
        ("1.98973214", "."),
        (",50", ","),
    ],
)
def test_a_cell_can_prove_the_decimal_mark(cell, mark):
    assert decimal_mark(proven_marks(pl.Series([cell]))) == (mark, "")


@pytest.mark.parametrize("cell", ["1,234", "1.234", "1 234", "12", "n/a", None])
def test_a_cell_may_prove_nothing(cell):
    assert decimal_mark(proven_marks(pl.Series([cell], dtype=pl.String))) == (None, UNPROVEN)


def test_proof_of_both_marks_is_proof_of_none():
    assert decimal_mark(proven_marks(pl.Series(["1.5", "1,5"]))) == (None, CONTRADICTORY)


def test_an_ambiguous_amount_is_read_by_what_others_prove():
    assert read("1,234", "12.50") == ["1234", "12.5"]
    assert read("1,234", "12,50") == ["1.234", "12.5"]


def test_without_proof_only_whole_amounts_are_read():
    assert read("1,234", "12", "1 234") == [None, "12", "1234"]


def test_what_stands_beside_an_amount_is_left_out():
    cells = ("€1,622.60", "US$ 12.00", "EUR 3.5", "7.25 MAD", "19.96 %", "(4.5)", "−2.5", "'-1.5", "5.5-")
    assert read(*cells) == ["1622.6", "12", "3.5", "7.25", "19.96", "-4.5", "-2.5", "-1.5", "-5.5"]


def test_french_amounts_are_read():
    assert read("1 234,56 €", "1\u00a0234\u00a0567,8", "0,5") == ["1234.56", "1234567.8", "0.5"]


def test_what_is_no_amount_is_not_read():
    assert read("1.5", "abc", "1.2.3", "12,34.5", "", "<5", "1 23.0", ".") == ["1.5", *[None] * 7]


def test_amounts_are_exact_to_six_places():
    assert amounts(pl.Series(["0.1", "199421.15"]), ".").sum() == Decimal("199421.25")


def test_counts_are_read_whatever_separates_their_thousands():
    cells = ["25,881", "1 234", "1\u202f234", "1.234", "1\u00a0234\u00a0567", "7", "12.0", "0"]
    assert counts(pl.Series(cells)).to_list() == [25881, 1234, 1234, 1234, 1234567, 7, 12, 0]


def test_what_is_no_whole_number_is_no_count():
    assert counts(pl.Series(["1.5", "12,34", "--", "<5", "1e3", ""])).to_list() == [None] * 6
