"""An invented company's Mailchimp: its audience, as a zip of one file per status, and its campaign reports."""

from hashlib import md5
from pathlib import Path

import numpy as np
import polars as pl

from sources.invented import Company, Planted, drop, zipped

TOOL = "mailchimp"
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
    stamp = md5(f"{company.name} {company.seed}".encode()).hexdigest()[:10]
    archive = {
        f"{status}_email_audience_export_{stamp}.csv": _export(members.filter(pl.col("status") == status), status)
        for status in LEFT
    }
    drop(folder, f"audience_export_{stamp}.zip", zipped(archive, company.until), company.until)
    drop(folder, "campaigns.csv", _campaign_report(company.sends).encode(), company.until)
    return Planted(
        people=members.select(
            tool=pl.lit(TOOL), record_type=pl.lit("contact"), record_id="record_id", person_id="person_id", story="story"
        ),
        campaigns=company.sends.select(
            tool=pl.lit(TOOL), account_id=pl.lit(None, pl.String), campaign_name="title", campaign="campaign"
        ).unique(maintain_order=True),
        settings={"monthly_cost": 310},
    )


def _hex(number: pl.Series) -> pl.Series:
    """Ten hexadecimal digits per number, none twice, in no visible order."""
    scattered = (number.to_numpy().astype(np.uint64) * np.uint64(0x9E3779B97F) + np.uint64(0x5BD1E995)) % np.uint64(1 << 40)
    digits = np.frombuffer(scattered.astype(">u8").tobytes().hex().encode(), "S16")
    return pl.Series(digits.astype("U16"), dtype=pl.String).str.slice(6)


def _export(members: pl.DataFrame, status: str) -> bytes:
    joined = pl.col("joined_at").dt.strftime(SECOND)
    address = (pl.lit("203.0.113.") + (pl.col("member_no") % 254 + 1).cast(pl.String)).alias("CONFIRM_IP")
    guarded = pl.when(pl.col("phone").str.starts_with("+")).then(pl.lit("'") + pl.col("phone")).otherwise("phone")
    left = pl.col("left_at").dt.strftime(SECOND)
    stated = {
        "UNSUB_TIME": left,
        "CLEAN_TIME": left,
        "LAST_CHANGED": joined,
        "UNSUB_REASON": pl.when(pl.col("member_no") % 3 == 0).then(pl.lit("NO_LONGER_INTERESTED")),
    }
    return (
        members.select(
            pl.col("email").alias("Email Address"),
            _padded("first_name").alias("First Name"),
            _padded("last_name").alias("Last Name"),
            pl.col("company").alias("Company"),
            pl.col("job_title").alias("Position"),
            pl.col("postcode").alias("ZIP Code"),
            guarded.alias("Phone Number"),
            (pl.col("member_no") % 5 + 1).alias("MEMBER_RATING"),
            joined.alias("OPTIN_TIME"),
            pl.when("imported").then(pl.lit("127.0.0.1")).otherwise(address).alias("OPTIN_IP"),
            joined.alias("CONFIRM_TIME"),
            pl.when("imported").then(pl.lit("127.0.0.1")).otherwise(address).alias("CONFIRM_IP"),
            *(
                pl.col("country").replace_strict({country: zone[at] for country, zone in ZONES.items()}).alias(column)
                for at, column in enumerate(PLACES)
            ),
            *(stated.get(column, pl.lit(None, pl.String)).alias(column) for column in LEFT[status]),
            (80_000_000 + pl.col("member_no") * 4).alias("LEID"),
            pl.col("record_id").alias("EUID"),
            pl.lit(None, pl.String).alias("NOTES"),
            pl.when(pl.col("member_no") % 4 == 0).then(pl.lit('"Salon","Prospects"')).alias("TAGS"),
        )
        .write_csv()
        .encode()
    )


def _padded(column: str) -> pl.Expr:
    """Names typed into a form, some with blanks around them."""
    return pl.when(pl.col("member_no") % 17 == 3).then(pl.lit(" ") + pl.col(column) + pl.lit(" ")).otherwise(column)


def _campaign_report(sends: pl.DataFrame) -> str:
    opened = _percent(pl.col("unique_opens"), pl.col("delivered"))
    clicked = _percent(pl.col("unique_clicks"), pl.col("delivered"))
    revenue = (pl.col("revenue") // 100).cast(pl.String) + pl.lit(".") + (pl.col("revenue") % 100).cast(pl.String).str.zfill(2)
    hour = pl.col("sent_at").dt.strftime("%-I:%M %P")
    treacherous = pl.Series(TREACHEROUS)
    turn = pl.col("send_no") - 1
    rows = sends.with_columns(pl.lit(_hex(sends["send_no"] + 7_000_001)).alias("id")).select(
        pl.col("title").alias("Title"),
        pl.col("subject").alias("Subject"),
        pl.lit("Clients et prospects").alias("List"),
        (pl.col("sent_at").dt.strftime("%b %d, %Y ") + hour).alias("Send Date"),
        pl.col("sent_at").dt.strftime("%A").alias("Send Weekday"),
        pl.col("recipients").alias("Total Recipients"),
        pl.col("delivered").alias("Successful Deliveries"),
        pl.col("soft_bounces").alias("Soft Bounces"),
        pl.col("hard_bounces").alias("Hard Bounces"),
        (pl.col("soft_bounces") + pl.col("hard_bounces")).alias("Total Bounces"),
        pl.lit(0).alias("Times Forwarded"),
        pl.lit(0).alias("Forwarded Opens"),
        pl.col("unique_opens").alias("Unique Opens"),
        opened.alias("Open Rate"),
        pl.col("total_opens").alias("Total Opens"),
        pl.col("unique_clicks").alias("Unique Clicks"),
        clicked.alias("Click Rate"),
        pl.col("total_clicks").alias("Total Clicks"),
        pl.col("unsubscribes").alias("Unsubscribes"),
        pl.col("complaints").alias("Abuse Complaints"),
        pl.lit(0).alias("Times Liked on Facebook"),
        pl.lit(None, pl.String).alias("Folder Id"),
        pl.when(turn.is_between(0, len(treacherous) - 1)).then(pl.lit(treacherous).gather(turn.clip(0, 2))).otherwise("id").alias("Unique Id"),
        pl.col("orders").alias("Total Orders"),
        revenue.alias("Total Gross Sales"),
        revenue.alias("Total Revenue"),
    )  # fmt: skip
    # The tool quotes every label of more than one word, and no other.
    header = ",".join(f'"{label}"' if " " in label else label for label in rows.columns)
    return header + "\n" + rows.write_csv(include_header=False)


def _percent(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    share = (part * 10_000 + whole // 2) // whole
    return (share // 100).cast(pl.String) + pl.lit(".") + (share % 100).cast(pl.String).str.zfill(2) + pl.lit("%")
