"""The byte formats of a campaign report, for the invented company's accounts: money and conversions in hundredths."""

import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from sources.invented import in_units

ENGLISH = [
    "Campaign type", "Campaign", "Campaign ID", "Customer ID", "Day", "Currency code", "Cost", "Clicks", "Impr.", "CTR",
    "Avg. CPC", "Conversions", "Conv. rate", "Conv. value", "Cost / conv.",
]  # fmt: skip
FRENCH = [
    "Type de campagne", "Campagne", "ID de la campagne", "Numéro client", "Jour", "Code de la devise", "Coût", "Clics",
    "Impr.", "CTR", "CPC moy.", "Conversions", "Taux de conv.", "Valeur de conv.", "Coût/conv.",
]  # fmt: skip
PERIOD = [
    "Campaign status", "Campaign", "Budget", "Budget name", "Budget type", "Status", "Status reasons",
    "Optimization score", "Campaign type", "Customer ID", "Currency code", "Impr.", "Interactions", "Interaction rate",
    "Avg. cost", "Cost", "Clicks", "Conv. rate", "Conversions", "Conv. value", "Cost / conv.",
]  # fmt: skip
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
]  # fmt: skip
NOTHING = " --"
MEASURES = ["cost", "impressions", "clicks", "conversions", "value"]


def daily(ads: pl.DataFrame) -> str:
    """As the report editor downloads it: UTF-8, commas, one row per campaign and day, no totals."""
    first, last = _days(ads)
    period = f"{first.day} {first:%B} {first.year} - {last.day} {last:%B} {last.year}"
    return f"Campagnes par jour\n{period}\n" + _columns(ads, ENGLISH).write_csv()


def excel(ads: pl.DataFrame) -> bytes:
    """As its `Excel .csv` button does: UTF-16LE, tabs; thousands are quoted though no tab asks for it."""
    first, last = _days(ads)
    lines = _columns(ads, ENGLISH).write_csv(separator="\t", quote_style="never")
    period = f"{first:%B} {first.day}, {first.year} - {last:%B} {last.day}, {last.year}"
    quoted = re.sub(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", r'"\g<0>"', lines)
    return b"\xff\xfe" + f"Campaign report\n{period}\n{quoted}".encode("utf-16-le")


def french(ads: pl.DataFrame) -> bytes:
    """As a French user's spreadsheet saves it again: Windows-1252, semicolons, decimal commas, padded lines."""
    first, last = _days(ads)
    pad = ";" * (len(FRENCH) - 1)
    period = f"{first.day} {MONTHS[first.month - 1]} {first.year} - {last.day} {MONTHS[last.month - 1]} {last.year}"
    table = _columns(ads, FRENCH, thousands="\u00a0", decimal=",", day="%d/%m/%Y", percent="\u00a0%")
    lines = table.write_csv(separator=";", line_terminator="\r\n")
    return f"Rapport sur les campagnes{pad}\r\n{period}{pad}\r\n{lines}".encode("cp1252")


def period(ads: pl.DataFrame, hidden: int) -> str:
    """The campaigns grid over a period, totals below; they count `hidden` hundredths of campaigns no row shows."""
    first, last = _days(ads)
    sums = [pl.col(measure).sum() for measure in MEASURES]
    rows = ads.group_by("name", "kind", "account_id", "currency", maintain_order=True).agg(*sums)
    grid = rows.with_columns(
        label=pl.lit("Enabled"), budget=pl.lit("60.00"), budget_type=pl.lit("Daily"), state=pl.lit("Eligible")
    )
    total = rows.group_by("currency", maintain_order=True).agg(sums).with_columns(cost=pl.col("cost") + hidden)
    kinds = rows.group_by("kind", "currency", maintain_order=True).agg(sums)
    totals = [
        total.with_columns(label=pl.lit("Total: Campaigns")),
        total.with_columns(label=pl.lit("Total: Account")),
        kinds.with_columns(label=pl.lit("Total: ") + pl.col("kind")),
    ]
    table = _grid(pl.concat([grid, *totals], how="diagonal"))
    title = f'Campaign report\n"{first:%B} {first.day}, {first.year} - {last:%B} {last.day}, {last.year}"\n'
    return title + table.write_csv()


def _columns(
    ads: pl.DataFrame,
    labels: list[str],
    *,
    thousands: str = ",",
    decimal: str = ".",
    day: str = "%Y-%m-%d",
    percent: str = "%",
) -> pl.DataFrame:
    number = _Notation(thousands, decimal, percent)
    cost, clicks, conversions = pl.col("cost"), pl.col("clicks"), pl.col("conversions")
    cells = [
        _stated("kind"),
        _stated("name"),
        _stated("campaign_id"),
        pl.col("account_id"),
        pl.col("date").dt.strftime(day),
        pl.col("currency"),
        number.plain(cost),
        number.whole(clicks),
        number.whole(pl.col("impressions")),
        number.rate(clicks, pl.col("impressions")),
        number.plain(_ratio(cost, clicks)),
        number.grouped(conversions),
        number.rate(conversions, clicks * 100),
        number.grouped(pl.col("value")),
        number.plain(_ratio(cost * 100, conversions)),
    ]
    return ads.select(cell.alias(label) for label, cell in zip(labels, cells, strict=True))


def _grid(rows: pl.DataFrame) -> pl.DataFrame:
    number = _Notation(",", ".", "%")
    cost, clicks, conversions = pl.col("cost"), pl.col("clicks"), pl.col("conversions")
    cells = [
        pl.col("label"),
        _stated("name"),
        _stated("budget"),
        pl.lit(NOTHING),
        _stated("budget_type"),
        _stated("state"),
        pl.lit(None, pl.String),
        pl.lit(NOTHING),
        _stated("kind"),
        _stated("account_id"),
        pl.col("currency"),
        number.whole(pl.col("impressions")),
        number.whole(clicks),
        number.rate(clicks, pl.col("impressions")),
        number.plain(_ratio(cost, clicks)),
        number.plain(cost),
        number.whole(clicks),
        number.rate(conversions, clicks * 100),
        number.grouped(conversions),
        number.grouped(pl.col("value")),
        number.plain(_ratio(cost * 100, conversions)),
    ]
    return rows.select(cell.alias(label) for label, cell in zip(PERIOD, cells, strict=True))


@dataclass(frozen=True)
class _Notation:
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
        return self.plain(_ratio(part * 10_000, whole)) + pl.lit(self.percent)


def _padded(number: pl.Expr, digits: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(digits)


def _stated(column: str) -> pl.Expr:
    return pl.col(column).fill_null(NOTHING)


def _ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Rounded, and nothing for nothing."""
    return pl.when(whole > 0).then((part + whole // 2) // whole.clip(1)).otherwise(0)


def _days(ads: pl.DataFrame) -> tuple[date, date]:
    return ads["date"].min(), ads["date"].max()  # type: ignore[return-value]
