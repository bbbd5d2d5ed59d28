"""Review files: a review sheet as a workbook or as text, and the words that people choose in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pipelines.decisions import NOT_SAME, SAME

if TYPE_CHECKING:
    import polars as pl
    from xlsxwriter.workbook import Workbook

SHEET = "review"
DECISION, WHY, RECORDS = "decision", "why", ("record 1", "record 2")
LATER = "later"
WORDS = {"same": SAME, "not the same": NOT_SAME}

WIDTHS = {DECISION: 110, WHY: 220, "evidence": 330, "probability": 80, "at stake": 90, "currency": 70}
WIDE, NARROW = 190, 100
HEADER = {"bold": True, "text_wrap": True, "valign": "top"}
INPUT = {"bg_color": "#FFF8DC", "valign": "top"}
# a workbook written so has text only where text was given: no formula, link or number comes of a name
ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_text(sheet: pl.DataFrame) -> bytes:
    """Text that spreadsheet programs open with its accents, and whose cells they do not take for formulas."""
    import polars as pl

    formula = pl.col(pl.String).str.contains(r"^[=+\-@\t\r]")
    guarded = pl.when(formula).then(pl.lit("'") + pl.col(pl.String)).otherwise(pl.col(pl.String)).name.keep()
    return sheet.with_columns(guarded).write_csv(include_bom=True).encode()


def as_workbook(sheet: pl.DataFrame) -> bytes:
    """A workbook in which a decision is chosen from a list."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, ONLY_TEXT) as book:
        wrapped = {"text_wrap": True, "valign": "top"}
        formats: dict[Any, Any] = dict.fromkeys(sheet.columns, wrapped)
        formats |= {DECISION: INPUT, WHY: {**INPUT, "text_wrap": True}}
        formats |= {"probability": {"num_format": "0%", "valign": "top"}}
        formats |= {"at stake": {"num_format": "#,##0.00", "valign": "top"}}
        formats |= {f"birth date {side}": {"num_format": "yyyy-mm-dd", "valign": "top"} for side in (1, 2)}
        widths: dict[Any, int] = dict.fromkeys(sheet.columns, WIDE)
        widths |= {f"{name} {side}": NARROW for name in ("birth date", "phone") for side in (1, 2)} | WIDTHS
        sheet.write_excel(
            book,
            SHEET,
            table_style="Table Style Light 1",
            column_formats=formats,
            column_widths=widths,
            header_format=HEADER,
            freeze_panes=(1, 1),
        )
        _offer_words(book, sheet)
    return content.getvalue()


def _offer_words(book: Workbook, sheet: pl.DataFrame) -> None:
    column = sheet.columns.index(DECISION)
    written = book.get_worksheet_by_name(SHEET)
    assert written
    written.data_validation(
        1,
        column,
        sheet.height,
        column,
        {
            "validate": "list",
            "source": [*WORDS, LATER],
            "input_title": "Are these one person?",
            "input_message": "same: one person. not the same: two people. later, or nothing: the pair comes back.",
            "error_title": "One of three words",
            "error_message": f"Choose {', '.join(WORDS)} or {LATER}.",
        },
    )
