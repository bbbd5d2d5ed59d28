"""Text into dates and times, slashed dates by the evidence of their column."""

import polars as pl

from sources.labels import normalised

NO_DATE = "no date that can be read"
UNSETTLED = "nothing in the column tells the day from the month"
CONTRADICTORY = "the column holds dates with the day first and dates with the month first"

MONTHS = (
    "january february march april may june july august september october november december",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
)
SHORT_FORMS = {"sept": 9, "janv": 1, "fevr": 2, "juil": 7, "avr": 4}

TIME = (
    r"(?:(?:\s*[T,]\s*|\s+)(?:à\s+|at\s+)?(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?)?"
)
ZONE = r"(?:\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2}))?"
SLASHED = rf"^(?P<left>\d{{1,2}})(?P<mark>[-/.])(?P<right>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){TIME}$"
SETTLED = (
    rf"^(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}}){TIME}{ZONE}$",
    rf"^(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?P<name>\p{{L}}+)\.?,?\s+(?P<year>\d{{4}}){TIME}$",
    r"^(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])$",
    rf"^(?P<name>\p{{L}}+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){TIME}$",
)
# years of two digits from here on are of the last century, as POSIX has it
LAST_CENTURY = "69"
USUAL = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d")  # what most tools write, read a hundred times faster than by pattern
PARTS = ("year", "month", "day", "hour", "minute", "second", "half", "zone")


def _month_names() -> dict[str, str]:
    named = {name: number for names in MONTHS for number, name in enumerate(names.split(), start=1)}
    short = {name[:3]: number for name, number in named.items() if name[:3] != "jui"}  # juin or juillet
    return {name: str(number) for name, number in {**short, **SHORT_FORMS, **named}.items()}


MONTH_NAMES = _month_names()


def orders(cells: pl.Series) -> set[str]:
    """Which part the slashed dates among the cells prove to come first: `day`, `month`, both or neither."""
    suspects = cells.filter(cells.str.contains(r"^\s*\d{1,2}[-/.]\d{1,2}[-/.]")).str.strip_chars()
    if not len(suspects):
        return set()
    parts = suspects.str.extract_groups(SLASHED).struct.unnest()
    left, right = parts["left"].cast(pl.Int8), parts["right"].cast(pl.Int8)
    proven = {
        "day": (((left > 12) & (right <= 12)) | (parts["mark"] == ".")).any(),
        "month": ((right > 12) & (left <= 12)).any(),
    }
    return {order for order, holds in proven.items() if holds}


def moments(cells: pl.Series, proven: set[str] | None = None) -> tuple[pl.Series, pl.Series]:
    """Naive date-times of text cells, and for each cell that could not be read the reason.

    `proven` is what `orders` says of the whole column, of which the cells may be a part. A stated offset is converted
    to UTC; without one the time stays as the export writes it.
    """
    text = cells.rename("text")
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(text))
    for written in USUAL:
        usual = text.str.to_datetime(written, strict=False, time_unit="us")
        if usual.null_count() == text.null_count():
            return usual, nothing
    read = [_moment(_named(text, pattern)) for pattern in SETTLED if text.str.contains(pattern).any()]
    ambiguous = nothing
    if text.str.contains(SLASHED).any():
        slashed, ambiguous = _slashed(text, orders(text) if proven is None else proven)
        read.append(_moment(slashed))
    moment = pl.select(pl.coalesce([*read, pl.lit(nothing.cast(pl.Datetime("us")))])).to_series()
    if moment.null_count() == text.null_count():
        return moment, nothing
    unread = text.is_not_null() & moment.is_null()
    return moment, pl.select(pl.when(unread).then(pl.coalesce(ambiguous, pl.lit(NO_DATE)))).to_series()


def first_days(cells: pl.Series) -> pl.Series:
    """Months, quarters and years (`May 2026`, `2026-05`, `Q2 2026`, `T2 2026`, `2026`) as their first day."""
    text = cells.str.replace(r"^(\d{4})$", "$1-01-01").str.replace(r"^(\d{4})-(\d{1,2})$", "$1-$2-01")
    text = text.str.replace(r"^(\p{L}{3,})\.?\s+(\d{4})$", "1 $1 $2")
    for quarter in range(1, 5):
        text = text.str.replace(
            rf"^[QT]{quarter}[ -](\d{{4}})$|^(\d{{4}})[ -][QT]{quarter}$", f"$1$2-{quarter * 3 - 2}-1"
        )
    return text


def _named(text: pl.Series, pattern: str) -> pl.DataFrame:
    """The parts a pattern finds, a month's name turned into its number."""
    parts = text.str.extract_groups(pattern).struct.unnest()
    if "name" not in parts.columns:
        return parts
    names = parts["name"].unique().drop_nulls()
    numbers = {name: MONTH_NAMES.get(normalised(name)) for name in names}
    month = parts["name"].replace_strict(numbers, default=None, return_dtype=pl.String)
    return parts.with_columns(month.alias("month"))


def _slashed(text: pl.Series, proven: set[str]) -> tuple[pl.DataFrame, pl.Series]:
    """The parts of slashed dates, in the order that is proven, and why cells remain ambiguous."""
    parts = text.str.extract_groups(SLASHED).struct.unnest()
    left, right = parts["left"].cast(pl.Int8), parts["right"].cast(pl.Int8)
    day_first, month_first = "day" in proven, "month" in proven
    open_question = (left <= 31) & (right <= 31) & ((left <= 12) | (right <= 12))
    if day_first != month_first:
        day, month = (left, right) if day_first else (right, left)
        refused = pl.Series([False]).new_from_index(0, len(text))
    else:
        agreed = (left == right) & (not day_first)
        day = month = left.set(~agreed.fill_null(value=False), None)
        refused = (open_question & ~agreed).fill_null(value=False)
    reason = CONTRADICTORY if day_first and month_first else UNSETTLED
    short = parts["year"].str.len_chars() == 2
    century = pl.when(parts["year"] >= LAST_CENTURY).then(pl.lit("19")).otherwise(pl.lit("20"))
    year = pl.select(pl.when(short).then(century + parts["year"]).otherwise(parts["year"])).to_series()
    return parts.with_columns(
        day.cast(pl.String).alias("day"),
        month.cast(pl.String).alias("month"),
        year.alias("year"),
    ), pl.select(pl.when(refused).then(pl.lit(reason))).to_series()


def _moment(parts: pl.DataFrame) -> pl.Series:
    """Parts as text into a date-time, null where they make none."""
    absent = [pl.lit(None, dtype=pl.String).alias(part) for part in PARTS if part not in parts.columns]
    padded = [pl.col(part).str.zfill(2) for part in ("month", "day")]
    times = [pl.col(part).fill_null("0").str.zfill(2) for part in ("minute", "second")]
    hour, half = pl.col("hour").fill_null("0").cast(pl.Int8), pl.col("half").str.to_lowercase()
    clock = pl.when(half.is_null()).then(hour).when(hour.is_between(1, 12)).then(hour % 12 + 12 * (half == "p"))
    sign = pl.when(pl.col("zone").str.starts_with("-")).then(-1).otherwise(1)
    offset = sign * (
        pl.col("zone").str.slice(1, 2).cast(pl.Int64, strict=False) * 60
        + pl.col("zone").str.slice(-2).cast(pl.Int64, strict=False)
    )
    written = pl.format(
        "{}-{}-{} {}:{}:{}", pl.col("year"), *padded, clock.cast(pl.String).str.zfill(2), *times
    ).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    zoned = written - pl.duration(minutes=offset.fill_null(0), time_unit="us")
    return parts.with_columns(absent).select(zoned.alias("moment")).to_series()
