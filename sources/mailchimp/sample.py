"""An invented company's Mailchimp: its audience, as a zip of one file per status, and its campaign reports."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import polars as pl

from sources.invented import Company, Planted, in_units
from sources.invented_files import drop, zipped
from sources.invented_people import campaigns_of, people_of

SECOND = "%Y-%m-%d %H:%M:%S"
# Left empty by the tool, or of no interest here; in the order of the export.
PLACES = ["LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION"]
LEFT = {
    "subscribed": ["LAST_CHANGED"],
    "nonsubscribed": ["LAST_CHANGED"],
    "unsubscribed": ["UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON", "UNSUB_REASON_OTHER"],
    "cleaned": ["CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID"],
}
ZONES = {
    "FR": ("48.8566000", "2.3522000", "1", "2", "europe/paris", "FR", "idf"),
    "GB": ("51.5072000", "'-0.1276000", "0", "1", "europe/london", "GB", "eng"),
    "MA": ("33.5731000", "'-7.5898000", "1", "1", "africa/casablanca", "MA", "06"),
}
# Ids no type inference survives: digits only, and a number in scientific notation.
TREACHEROUS = ["0221405506", "26002260e0", "4071953826"]


def write(company: Company, folder: Path) -> Planted:
    """Write the audience export and the campaign report."""
    members = company.members.with_columns(record_id=_hex(company.members["member_no"]))
    stamp = sha256(f"{company.name} {company.seed}".encode()).hexdigest()[:10]
    archive = {
        f"{status}_email_audience_export_{stamp}.csv": _export(members.filter(pl.col("status") == status), status)
        for status in LEFT
    }
    drop(folder, f"audience_export_{stamp}.zip", zipped(archive, company.until), company.until)
    drop(folder, "campaigns.csv", _campaign_report(company.sends).encode(), company.until)
    return Planted(
        people=people_of(folder.name, members),
        campaigns=campaigns_of(folder.name, company.sends, "title"),
        settings={"monthly_cost": 310},
    )


def _hex(number: pl.Series) -> pl.Series:
    """Ten hexadecimal digits per number, none twice, in no visible order."""
    scattered = (number.to_numpy().astype(np.uint64) * np.uint64(0x9E3779B97F) + np.uint64(0x5BD1E995)) % np.uint64(
        1 << 40
    )
    digits = np.frombuffer(scattered.astype(">u8").tobytes().hex().encode(), "S16")
    return pl.Series(digits.astype("U16"), dtype=pl.String).str.slice(6)


def _export(members: pl.DataFrame, status: str) -> bytes:
    number = pl.col("member_no")
    joined, left = (pl.col(column).dt.strftime(SECOND) for column in ("joined_at", "left_at"))
    address = pl.lit("203.0.113.") + (number % 254 + 1).cast(pl.String)
    origin = pl.when("imported").then(pl.lit("127.0.0.1")).otherwise(address)
    nothing = pl.lit(None, pl.String)
    stated = {
        "UNSUB_TIME": left,
        "CLEAN_TIME": left,
        "LAST_CHANGED": joined,
        "UNSUB_REASON": pl.when(number % 3 == 0).then(pl.lit("NO_LONGER_INTERESTED")),
    }
    located = {
        column: pl.col("country").replace_strict({country: zone[at] for country, zone in ZONES.items()})
        for at, column in enumerate(PLACES)
    }
    columns = {
        "Email Address": pl.col("email"),
        "First Name": _padded("first_name"),
        "Last Name": _padded("last_name"),
        "Company": pl.col("company"),
        "Position": pl.col("job_title"),
        "ZIP Code": pl.col("postcode"),
        "Date of birth": pl.col("birth_date").dt.strftime("%Y-%m-%d"),
        # The tool puts an apostrophe before what a spreadsheet might take for a formula.
        "Phone Number": pl.col("phone").str.replace(r"^\+", "'+"),
        "MEMBER_RATING": number % 5 + 1,
        "OPTIN_TIME": joined,
        "OPTIN_IP": origin,
        "CONFIRM_TIME": joined,
        "CONFIRM_IP": origin,
        **located,
        **{column: stated.get(column, nothing) for column in LEFT[status]},
        "LEID": 80_000_000 + number * 4,
        "EUID": pl.col("record_id"),
        "NOTES": nothing,
        "TAGS": pl.when(number % 4 == 0).then(pl.lit('"Salon","Prospects"')),
    }
    return members.select(**columns).write_csv().encode()


def _padded(column: str) -> pl.Expr:
    """Names typed into a form, some with blanks around them."""
    return pl.when(pl.col("member_no") % 17 == 3).then(pl.lit(" ") + pl.col(column) + pl.lit(" ")).otherwise(column)


def _campaign_report(sends: pl.DataFrame) -> str:
    sent, nothing = pl.col("sent_at").dt, pl.lit(0)
    odd = pl.DataFrame({"send_no": range(1, 1 + len(TREACHEROUS)), "odd_id": TREACHEROUS})
    numbered = sends.with_columns(id=_hex(sends["send_no"] + 7_000_001)).join(
        odd, on="send_no", how="left", maintain_order="left"
    )
    columns = {
        "Title": pl.col("title"),
        "Subject": pl.col("subject"),
        "List": pl.lit("Clients et prospects"),
        "Send Date": sent.strftime("%b %d, %Y %-I:%M %P"),
        "Send Weekday": sent.strftime("%A"),
        "Total Recipients": pl.col("recipients"),
        "Successful Deliveries": pl.col("delivered"),
        "Soft Bounces": pl.col("soft_bounces"),
        "Hard Bounces": pl.col("hard_bounces"),
        "Total Bounces": pl.col("soft_bounces") + pl.col("hard_bounces"),
        "Times Forwarded": nothing,
        "Forwarded Opens": nothing,
        "Unique Opens": pl.col("unique_opens"),
        "Open Rate": _percent(pl.col("unique_opens"), pl.col("delivered")),
        "Total Opens": pl.col("total_opens"),
        "Unique Clicks": pl.col("unique_clicks"),
        "Click Rate": _percent(pl.col("unique_clicks"), pl.col("delivered")),
        "Total Clicks": pl.col("total_clicks"),
        "Unsubscribes": pl.col("unsubscribes"),
        "Abuse Complaints": pl.col("complaints"),
        "Times Liked on Facebook": nothing,
        "Folder Id": pl.lit(None, pl.String),
        "Unique Id": pl.coalesce("odd_id", "id"),
        "Total Orders": pl.col("orders"),
        "Total Gross Sales": in_units(pl.col("revenue")),
        "Total Revenue": in_units(pl.col("revenue")),
    }
    rows = numbered.select(**columns)
    # The tool quotes every label of more than one word, and no other.
    header = ",".join(f'"{label}"' if " " in label else label for label in rows.columns)
    return header + "\n" + rows.write_csv(include_header=False)


def _percent(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return in_units((part * 10_000 + whole // 2) // whole) + pl.lit("%")
