"""What an invented company hands to the sample writers, and what they hand back: `sources/<tool>/sample.py`.

A sample writer is `write(company, folder) -> Planted`: it writes the company's exports as its tool would have
named, encoded and laid them out, and tells which records stand for whom and which gaps it planted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

PEOPLE = pl.Schema(
    {
        "tool": pl.String(),
        "record_type": pl.String(),
        "record_id": pl.String(),
        "person_id": pl.String(),
        "story": pl.String(),
        "spelling": pl.String(),
        "lookalike": pl.String(),
        "lookalike_no": pl.String(),
    }
)
COMPANIES = pl.Schema({"tool": pl.String(), "record_id": pl.String(), "company_no": pl.Int64(), "story": pl.String()})
CAMPAIGNS = pl.Schema(
    {"tool": pl.String(), "account_id": pl.String(), "campaign_name": pl.String(), "campaign": pl.String()}
)
GAPS = pl.Schema({"gap_kind": pl.String(), "tool": pl.String(), "subject": pl.String(), "row_key": pl.String()})
SPEND = pl.Schema(
    {
        "tool": pl.String(),
        "account_id": pl.String(),
        "currency": pl.String(),
        "spend": pl.Decimal(18, 2),
        "spend_by_day": pl.Decimal(18, 2),
        "spend_by_period": pl.Decimal(18, 2),
    }
)
RESTATEMENTS = pl.Schema(
    {
        "tool": pl.String(),
        "account_id": pl.String(),
        "currency": pl.String(),
        "date": pl.Date(),
        "previous": pl.Decimal(18, 2),
        "current": pl.Decimal(18, 2),
    }
)


@dataclass(frozen=True)
class Company:
    """An invented company as it really is; money in hundredths, a null `campaign` where nobody knows it.

    organisations: one row per client company. besides: what the CRM has besides one record of each. contacts, members,
    shoppers: one row per record in the CRM, in the mailing list, in the shop. deals: one row per deal. ads: one row per
    market, campaign and day. sends: one row per mailing. rates: one row per currency and working day. Its data end the
    day before `until`, the day of the exports.
    """

    name: str
    until: date
    seed: int
    organisations: pl.DataFrame
    besides: pl.DataFrame
    contacts: pl.DataFrame
    members: pl.DataFrame
    shoppers: pl.DataFrame
    deals: pl.DataFrame
    ads: pl.DataFrame
    sends: pl.DataFrame
    rates: pl.DataFrame


@dataclass(frozen=True)
class Planted:
    """What one tool's exports hold, and how the company runs the tool.

    people: one row per record of a person, companies: of a company. campaigns: one row per account and name. gaps: one
    row per planted row of a gap. spend: one row per account and currency, each day or period counted once.
    restatements: one row per account and day whose spend a later export states otherwise.
    """

    people: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PEOPLE))
    companies: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=COMPANIES))
    campaigns: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CAMPAIGNS))
    gaps: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=GAPS))
    spend: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SPEND))
    restatements: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RESTATEMENTS))
    settings: Mapping[str, str | int] = field(default_factory=dict)


def gap(kind: str, tool: str, row_keys: Iterable[str] = ("",), subject: str = "") -> pl.DataFrame:
    """The planted rows of one gap, as `Planted.gaps` holds them."""
    keys = pl.DataFrame({"row_key": list(row_keys)}, schema=pl.Schema({"row_key": pl.String()}))
    return keys.select(gap_kind=pl.lit(kind), tool=pl.lit(tool), subject=pl.lit(subject), row_key="row_key")


def in_units(hundredths: pl.Expr, mark: str = ".") -> pl.Expr:
    """Hundredths as a tool writes the amount: `1234.50`."""
    return pl.concat_str([hundredths // 100, (hundredths % 100).cast(pl.String).str.zfill(2)], separator=mark)


def money(hundredths: pl.Expr) -> pl.Expr:
    """Hundredths as an exact number of units."""
    return (hundredths.cast(pl.Decimal(18, 2)) / 100).cast(pl.Decimal(18, 2))
