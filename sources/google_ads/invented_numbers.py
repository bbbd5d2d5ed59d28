"""How Google Ads writes numbers and the lack of them."""

from dataclasses import dataclass

import polars as pl

from sources.invented import in_units

NOTHING = " --"


@dataclass(frozen=True)
class Notation:
    """How a report writes numbers; money and conversions come in hundredths."""

    thousands: str
    decimal: str
    percent: str

    def whole(self, number: pl.Expr) -> pl.Expr:
        millions, rest = number // 1_000_000, number % 1_000_000
        low = _padded(rest % 1_000, 3)
        return (
            pl.when(number < 1_000)
            .then(number.cast(pl.String))
            .when(number < 1_000_000)
            .then(pl.concat_str([rest // 1_000, low], separator=self.thousands))
            .otherwise(pl.concat_str([millions, _padded(rest // 1_000, 3), low], separator=self.thousands))
        )

    def plain(self, hundredths: pl.Expr) -> pl.Expr:
        """Money stands without thousands separator in this tool."""
        return in_units(hundredths, self.decimal)

    def grouped(self, hundredths: pl.Expr) -> pl.Expr:
        return pl.concat_str([self.whole(hundredths // 100), _padded(hundredths % 100, 2)], separator=self.decimal)

    def rate(self, part: pl.Expr, whole: pl.Expr) -> pl.Expr:
        return self.plain(ratio(part * 10_000, whole)) + pl.lit(self.percent)


def _padded(number: pl.Expr, digits: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(digits)


def stated(column: str) -> pl.Expr:
    """A cell, or the mark that stands for none."""
    return pl.col(column).fill_null(NOTHING)


def ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Rounded, and nothing for nothing."""
    return pl.when(whole > 0).then((part + whole // 2) // whole.clip(1)).otherwise(0)
