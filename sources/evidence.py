"""What the cells of a whole table prove of how it writes amounts and dates."""

from dataclasses import dataclass, field

import polars as pl

from sources import amounts, dates
from sources.preamble import Period
from sources.recognition import Match
from sources.reports import NUMBERS


@dataclass
class Evidence:
    """Decimal marks that the table's amounts prove together, and the order of day and month that its dates prove.

    `orders` is by column position; `around` is what the lines above the header prove.
    """

    workbook: bool = False
    marks: set[str] = field(default_factory=set)
    orders: dict[int, set[str]] = field(default_factory=dict)
    around: set[str] = field(default_factory=set)

    def copy(self) -> "Evidence":
        """What is proven so far."""
        orders = {position: set(proven) for position, proven in self.orders.items()}
        return Evidence(self.workbook, set(self.marks), orders, set(self.around))

    def take(self, text: pl.DataFrame, found: Match) -> None:
        """Add what some rows of the table prove."""
        for name, positions in found.columns.items():
            kind = found.report.fields[name].type
            for position in positions:
                cells = text[f"c{position}"]
                if kind in NUMBERS:
                    self.marks |= amounts.proven_marks(amounts.bare(cells))
                elif kind in ("date", "datetime"):
                    self.orders.setdefault(position, set()).update(dates.orders(cells))

    def order(self, position: int) -> set[str]:
        """What is proven of a column: by itself, else by the file's other dates unless they contradict each other."""
        if own := self.orders.get(position):
            return own
        others = self.around.union(*self.orders.values())
        return others if len(others) == 1 else set()

    def settle(self, text: pl.DataFrame, found: Match, period: Period) -> None:
        """Where nothing else proves it, the order is the only one in which all days lie in the period stated."""
        name = found.report.period
        if not all(period) or name not in found.columns:
            return
        position = found.columns[name][0]
        if self.order(position):
            return
        cells = text[f"c{position}"].drop_nulls()
        fitting = {order for order in ("day", "month") if _all_within(dates.moments(cells, {order})[0], period)}
        if len(fitting) == 1:
            self.orders[position] = fitting

    @property
    def mark(self) -> tuple[str | None, str]:
        """The decimal mark; None with the reason when it is not proven."""
        mark, unsettled = amounts.decimal_mark(self.marks)
        if mark is None and unsettled == amounts.UNPROVEN and self.workbook:
            return ".", ""  # a workbook holds numbers, which are written with a point when they become text
        return mark, unsettled


def _all_within(moments: pl.Series, period: Period) -> bool:
    days = moments.dt.date()
    return len(days) > 0 and bool(days.is_between(*period).all()) and days.null_count() == 0
