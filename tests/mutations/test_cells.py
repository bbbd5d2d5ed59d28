"""Exports whose header or cells were changed: labels renamed, columns moved, dates and amounts spoilt."""

import re
from dataclasses import replace

import pytest

AMOUNTS = ("money", "decimal", "percent")
DAYS = ("date", "datetime")


def _with_cells(original, kinds, change, every=3, **dialect):
    """The export with the cells of some kinds of field changed in some data rows, and those fields touched."""
    columns = [at for at, kind in original.types.items() if kind in kinds]
    rows, counted = [], 0
    for cells, origin in original.grid:
        counted += origin is not None
        hit = origin is not None and counted % every == 0
        seen = [change(cell) if hit and at in columns and cell.strip() else cell for at, cell in enumerate(cells)]
        rows.append((seen, origin))
    # a currency may stand beside its amount
    touched = frozenset([*(original.fields[at] for at in columns), "currency"])
    return replace(original.written(rows, **dialect), touched=touched) if columns and not original.stacked else None


def _with_labels(original, change, **how):
    rows = [*original.grid]
    rows[original.header] = (change([*original.labels]), None)
    return replace(original.written(rows), **how)


def with_days_that_do_not_exist(original):
    return _with_cells(original, DAYS, lambda _: "31/02/2026")


def with_days_of_zeros(original):
    return _with_cells(original, DAYS, lambda _: "0000-00-00")


def with_words_for_days(original):
    return _with_cells(original, DAYS, lambda _: "demain")


def with_days_as_spreadsheet_numbers(original):
    return _with_cells(original, DAYS, lambda _: "46275")


def with_days_far_away(original):
    return _with_cells(original, DAYS, lambda _: "99999-12-31")


def with_formulas(original):
    return _with_cells(original, ("text", *AMOUNTS, "count"), lambda _: "=1+1")


def with_commands(original):
    return _with_cells(original, ("text", "id", *AMOUNTS), lambda _: '@SUM(1+1)*cmd|" /C calc"!A0')


def with_guarded_numbers(original):
    return _with_cells(original, ("text", *AMOUNTS), lambda cell: f"'{cell}")


def with_phone_numbers(original):
    return _with_cells(original, ("text", "id", "count"), lambda _: "+33612345678")


def with_ids_in_scientific_notation(original):
    return _with_cells(original, ("id", "external_id"), lambda _: "1,20253E+17")


def with_a_comma_for_a_point(original):
    return _with_cells(original, AMOUNTS, lambda cell: cell.replace(".", ";").replace(",", ".").replace(";", ","))


def with_numbers_too_long(original):
    return _with_cells(original, (*AMOUNTS, "count"), lambda _: "9" * 40)


def with_words_for_numbers(original):
    return _with_cells(original, (*AMOUNTS, "count"), lambda _: "beaucoup")


def with_spreadsheet_errors(original):
    mutant = _with_cells(original, (*AMOUNTS, "count", *DAYS), lambda _: "#REF!")
    return mutant and replace(mutant, lenient=original.marked)


def with_infinite_amounts(original):
    return _with_cells(original, AMOUNTS, lambda _: "NaN")


def with_words_for_answers(original):
    return _with_cells(original, ("boolean", "currency"), lambda _: "peut-être", every=2)


def with_control_characters(original):
    return _with_cells(original, ("text",), lambda cell: f"\x01{cell}\x1f\u2028\u200b", encoding="utf-8")


def with_very_long_cells(original):
    return _with_cells(original, ("text",), lambda cell: cell * 5000, every=12)


def with_an_unknown_label(original):
    at = len(original.labels) - 1
    touched = frozenset(original.fields.get(at, "").split())
    return _with_labels(original, lambda labels: [*labels[:-1], "Zorglub"], touched=touched)


def without_any_known_label(original):
    return _with_labels(original, lambda labels: [f"x{at}" for at, _ in enumerate(labels)], lenient=original.stacked)


def with_labels_in_capitals(original):
    return _with_labels(original, lambda labels: [label.upper() for label in labels], whole=True)


def with_labels_in_capitals_and_spaces(original):
    spaced = re.compile(" ")
    return _with_labels(original, lambda labels: [f" {spaced.sub('  ', label)} " for label in labels], whole=True)


def with_columns_shuffled(original):
    def shuffled(cells):
        return [cell for _, cell in sorted(enumerate(cells), key=lambda pair: (pair[0] * 7919) % 101)]

    width = len(original.labels)
    if original.stacked or len(set(original.labels)) < width:
        return None
    rows = [
        (shuffled(cells) if len(cells) == width and at >= original.header else cells, origin)
        for at, (cells, origin) in enumerate(original.grid)
    ]
    return replace(original.written(rows), whole=True)


def with_every_column_twice(original):
    if original.stacked:
        return None
    rows = [(cells * 2 if at >= original.header else cells, origin) for at, (cells, origin) in enumerate(original.grid)]
    return replace(original.written(rows), whole=True)


def with_an_unnamed_column(original):
    if original.stacked:
        return None
    rows = [([*cells, "" if origin is None else "note"] if cells else cells, origin) for cells, origin in original.grid]
    return replace(original.written(rows), whole=True)


def with_the_first_column_gone(original):
    rows = [(cells[1:], origin) for cells, origin in original.grid]
    states_more = any(origin is None for at, (_, origin) in enumerate(original.grid) if at != original.header)
    touched = frozenset(original.fields.get(0, "").split()) | original.stated
    return replace(original.written(rows), touched=touched, lenient=states_more)


@pytest.mark.parametrize(
    "mutator",
    [
        with_days_that_do_not_exist,
        with_days_of_zeros,
        with_words_for_days,
        with_days_as_spreadsheet_numbers,
        with_days_far_away,
        with_formulas,
        with_commands,
        with_guarded_numbers,
        with_phone_numbers,
        with_ids_in_scientific_notation,
        with_a_comma_for_a_point,
        with_numbers_too_long,
        with_words_for_numbers,
        with_spreadsheet_errors,
        with_infinite_amounts,
        with_words_for_answers,
        with_control_characters,
        with_very_long_cells,
        with_an_unknown_label,
        without_any_known_label,
        with_labels_in_capitals,
        with_labels_in_capitals_and_spaces,
        with_columns_shuffled,
        with_every_column_twice,
        with_an_unnamed_column,
        with_the_first_column_gone,
    ],
)
def test_spoilt_cells_cost_themselves_only(complaints, mutator):
    assert "\n".join(complaints(mutator)) == ""
