"""Telephone numbers of nobody: the ranges the French and British regulators keep for films."""

import polars as pl

# The British ranges hold 1 000 numbers each, the French 10 000: whoever comes after the last one has no number.
# No range is reserved in Morocco, so its people have none.
RANGES = pl.DataFrame(
    [
        ("FR mobile", "063998", 10_000),
        ("FR 1", "019900", 10_000),
        ("FR 2", "026191", 10_000),
        ("FR 3", "035301", 10_000),
        ("FR 4", "046571", 10_000),
        ("FR 5", "053649", 10_000),
        ("GB mobile", "07700900", 1_000),
        ("GB ", "02079460", 1_000),
    ],
    schema={"range": pl.String, "prefix": pl.String, "capacity": pl.Int64},
    orient="row",
)
_COPRIME = 7_919  # with every capacity: steps of it visit each number of a range once, in no visible order


def numbered(ranges: pl.Series, *, switchboards: bool = False) -> pl.Series:
    """One number per row from the range named, none twice; null once a range is used up, or where none is named.

    Landlines are shared out: the lower half of a range to people, the upper half to switchboards.
    """
    half = pl.col("capacity") // pl.when(pl.col("range").str.ends_with("mobile")).then(1).otherwise(2)
    rank = pl.int_range(pl.len()).over("range")
    number = (rank * _COPRIME + 1_234) % half + (half if switchboards else 0)
    digits = pl.col("capacity").log10().round().cast(pl.Int64)
    return (
        pl.DataFrame({"range": ranges})
        .join(RANGES, on="range", how="left", maintain_order="left")
        .select(
            phone=pl.when(rank < half).then(
                pl.col("prefix")
                + pl.when(digits == 4)
                .then(number.cast(pl.String).str.zfill(4))
                .otherwise(number.cast(pl.String).str.zfill(3))
            )
        )
        .to_series()
    )


def notation(phone: pl.Expr, how: pl.Expr) -> pl.Expr:
    """A national number as people write it: `spaced`, `international`, `zeros` (0033…), `dotted` or `bare`."""
    british = phone.str.starts_with("07700") | phone.str.starts_with("02079")
    code = pl.when(british).then(pl.lit("44")).otherwise(pl.lit("33"))
    pairs = pl.concat_str([phone.str.slice(at, 2) for at in range(0, 10, 2)], separator=" ")
    spaced = (
        pl.when(phone.str.starts_with("07700"))
        .then(pl.concat_str([phone.str.slice(0, 5), phone.str.slice(5)], separator=" "))
        .when(british)
        .then(pl.concat_str([phone.str.slice(0, 3), phone.str.slice(3, 4), phone.str.slice(7)], separator=" "))
        .otherwise(pairs)
    )
    return (
        pl.when(phone.str.contains("^0+$"))
        .then(phone)
        .when(how == "international")
        .then(pl.lit("+") + code + pl.lit(" ") + spaced.str.slice(1))
        .when(how == "zeros")
        .then(pl.lit("00") + code + phone.str.slice(1))
        .when(how == "dotted")
        .then(spaced.str.replace_all(" ", ".", literal=True))
        .when(how == "bare")
        .then(phone)
        .otherwise(spaced)
    )
