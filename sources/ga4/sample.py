"""An invented company's Google Analytics 4: two reports, one of them French and saved again, and an exploration."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted
from sources.invented_files import drop, saved_again
from sources.invented_people import campaigns_of

PROPERTY = "www.fleet.example"
RULE = "# ----------------------------------------"
ABOVE = [RULE, "# Report CSV Export", "# Account: Fleet", f"# Property: {PROPERTY}", RULE]
DAYS = 28
CHANNELS = pl.DataFrame(
    {
        "channel": ["Paid Search", "Organic Search", "Direct", "Email", "Paid Social"],
        "source_medium": ["google / cpc", "google / organic", "(direct) / (none)", "newsletter / email", "meta / paid"],
        "share": [40, 27, 18, 9, 6],
    }
)


def write(company: Company, folder: Path) -> Planted:
    """Write four exports of the last four weeks; visits follow the clicks on the French ads."""
    until = company.until
    start = until - timedelta(days=DAYS)
    ads = company.ads.filter((pl.col("market") == "FR") & (pl.col("date") >= start) & pl.col("name").is_not_null())
    days = ads.group_by("date").agg(sessions=pl.col("clicks").sum() * 3).sort("date")
    drop(folder, "data-export.csv", _snapshot(days, start, until), until)
    drop(folder, "data-export (1).csv", _retention(start, until), until, hour=7)
    drop(folder, "acquisition-de-trafic.csv", _saved_again(days, start, until), until, hour=8)
    drop(folder, "download.csv", _exploration(ads, start, until), until, hour=9)
    return Planted(campaigns=campaigns_of(folder.name, ads, "name"), settings={"owner": "digital", "monthly_cost": 0})


def _snapshot(days: pl.DataFrame, start: date, until: date) -> bytes:
    """As the button of a report's page exports it: every card a table of its own, days counted from the first."""
    numbered = days.select(
        pl.concat_str((pl.col("date") - start).dt.total_days().cast(pl.String).str.zfill(4)).alias("Nth day"),
        (pl.col("sessions") * 9 // 10).alias("Active users"),
    )
    channels = _channels(days)
    news = channels.select(
        pl.col("channel").alias("First user default channel group"), (pl.col("sessions") // 2).alias("New users")
    )
    sessions = channels.select(
        pl.col("channel").alias("Session default channel group"), pl.col("sessions").alias("Sessions")
    )
    period = _period(start, until)
    tables = [
        ["# All Users", *period, numbered.write_csv().rstrip()],
        ["# Where do your new users come from?", *period, news.write_csv().rstrip()],
        ["# ", *period, sessions.write_csv().rstrip()],
    ]
    blocks = ["\n".join(table) for table in tables]
    return ("\n".join([*ABOVE, "# ", "\n\n".join(blocks)]) + "\n").replace("\n", "\r\n").encode()


def _retention(start: date, until: date) -> bytes:
    """How many of the new users of a week came back; `-1` where that is not known yet."""
    rows = ["Date,Week 0,Week 1,Week 2", "Week 1,100,14.2,6.1", "Week 2,100,12.9,-1", "Week 3,100,-1,-1"]
    return "\r\n".join([*ABOVE, *_period(start, until), *rows, ""]).encode()


def _period(start: date, until: date) -> list[str]:
    return [f"# Start date: {start:%Y%m%d}", f"# End date: {until - timedelta(days=1):%Y%m%d}"]


def _saved_again(days: pl.DataFrame, start: date, until: date) -> bytes:
    """The French report of where visits come from, as a spreadsheet saves it: Windows-1252 and semicolons."""
    above = [
        RULE, "# Exporter le rapport au format CSV", "# Compte : Fleet", f"# Propriété : {PROPERTY}", RULE,
        f"# Date de début : {start:%Y%m%d}", f"# Date de fin : {until - timedelta(days=1):%Y%m%d}",
    ]  # fmt: skip
    rows = _channels(days).select(
        pl.col("source_medium").alias("Source/Support de la session"),
        pl.col("sessions").alias("Sessions"),
        (pl.col("sessions") * 9 // 10).alias("Utilisateurs actifs"),
        (pl.col("sessions") * 6 // 10).alias("Sessions avec engagement"),
        (pl.col("sessions") * 7).alias("Nombre d'événements"),
    )
    return saved_again(rows, above)


def _exploration(ads: pl.DataFrame, start: date, until: date) -> bytes:
    """As an exploration is downloaded: the total comes first, and its label stands in the last column."""
    above = [
        RULE,
        f"# {PROPERTY}",
        "# Campaigns by day",
        f"# {start:%Y%m%d}-{until - timedelta(days=1):%Y%m%d}",
        RULE,
        "",
    ]
    rows = ads.group_by("date", "name").agg(sessions=pl.col("clicks").sum()).sort("date", "name")
    total = f",,{rows['sessions'].sum()},Grand total"
    table = rows.select(
        pl.col("date").dt.strftime("%Y%m%d").alias("Date"),
        pl.col("name").alias("Session campaign"),
        pl.col("sessions").alias("Sessions"),
        pl.lit("").alias(""),
    )
    header, *lines = table.write_csv().replace('""', "").splitlines()
    return ("\n".join([*above, header, total, *lines]) + "\n").encode()


def _channels(days: pl.DataFrame) -> pl.DataFrame:
    """Where the visits came from, in fixed shares."""
    visits = days["sessions"].sum()
    return CHANNELS.with_columns(sessions=pl.lit(visits) * pl.col("share") // 100)
