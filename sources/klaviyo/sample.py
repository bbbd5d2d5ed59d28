"""An invented company's Klaviyo: a list, the campaigns, and the flows by day, saved again by a spreadsheet."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, in_units, money
from sources.invented_files import drop, saved_again
from sources.invented_people import COUNTRIES, campaigns_of, people_of

SECOND = "%Y-%m-%d %H:%M:%S"
CONSENTS = {"granted": "SUBSCRIBED", "withdrawn": "UNSUBSCRIBED", "unknown": "NEVER_SUBSCRIBED"}
MESSAGES = {"01JB7QZ4WELC": "Bienvenue 1", "01JB7QZ5WELC": "Bienvenue 2", "01JB7QZ9CART": "Panier abandonné"}


def write(company: Company, folder: Path) -> Planted:
    """Write a list, the six latest mailings, and what three automatic messages did in the last four weeks."""
    people = company.shoppers.with_columns(
        record_id=pl.lit("01J") + (pl.col("shopper_no") * 7_919 + 104_729).cast(pl.String).str.zfill(9)
    )
    sends = company.sends.filter(~pl.col("test")).tail(6)
    bom = "\ufeff".encode()
    drop(folder, "Clients boutique.csv", bom + _profiles(people).write_csv().encode(), company.until)
    drop(folder, "campaigns.csv", _campaigns(sends).write_csv().encode(), company.until)
    drop(folder, "flows.csv", saved_again(_flows(company.until)), company.until)
    return Planted(
        people=people_of(folder.name, people),
        campaigns=campaigns_of(folder.name, sends, "title"),
        settings={"owner": "e-commerce", "monthly_cost": 130},
    )


def _profiles(people: pl.DataFrame) -> pl.DataFrame:
    """Half of those who left are still called subscribed: the suppression says that they have gone."""
    suppressed = (pl.col("consent") == "withdrawn") & (pl.col("shopper_no") % 2 == 0)
    stated = pl.when(pl.col("consent") != "unknown").then(pl.col("created_at").dt.strftime(SECOND))
    return people.select(
        **{
            "Email": pl.col("email"),
            "Klaviyo ID": pl.col("record_id"),
            "First Name": pl.col("first_name"),
            "Last Name": pl.col("last_name"),
            "Organization": pl.col("company"),
            "Title": pl.col("job_title"),
            "Phone Number": pl.col("phone"),
            "Address": pl.col("street"),
            "City": pl.col("city"),
            "Country": pl.col("country").replace(COUNTRIES),
            "Zip Code": pl.col("postcode"),
            "Source": pl.lit("-8"),
            "Email Marketing Consent": pl.when(suppressed)
            .then(pl.lit("SUBSCRIBED"))
            .otherwise(pl.col("consent").replace(CONSENTS)),
            "Email Marketing Consent Timestamp": stated,
            "Profile Created On": pl.col("created_at").dt.strftime(SECOND),
            "Email Suppressions": pl.when(suppressed).then(pl.lit("UNSUBSCRIBED")),
            "Interests": pl.lit('["vélo cargo"]'),
        }
    )


def _campaigns(sends: pl.DataFrame) -> pl.DataFrame:
    """A quarter of what the invented mailings reached."""
    bounced = pl.col("hard_bounces") + pl.col("soft_bounces")
    figures = {
        "Total Recipients": pl.col("recipients"),
        "Unique Placed Order": pl.col("orders"),
        "Unique Opens": pl.col("unique_opens"),
        "Total Opens": pl.col("total_opens"),
        "Unique Clicks": pl.col("unique_clicks"),
        "Total Clicks": pl.col("total_clicks"),
        "Unsubscribes": pl.col("unsubscribes"),
        "Spam Complaints": pl.col("complaints"),
        "Bounces": bounced,
    }
    return sends.select(
        **{
            "Campaign Name": pl.col("title"),
            "Tags": pl.lit(None, pl.String),
            "Subject": pl.col("subject"),
            "List": pl.lit("Clients boutique"),
            "Send Time": pl.col("sent_at").dt.strftime(SECOND),
            "Send Weekday": pl.col("sent_at").dt.strftime("%A"),
            **{label: figure // 4 for label, figure in figures.items()},
            "Revenue": in_units(pl.col("revenue") // 4),
            "Successful Deliveries": pl.col("recipients") // 4 - bounced // 4,
            "Campaign ID": pl.lit("01JBS") + (pl.col("send_no") + 1_000).cast(pl.String),
            "Campaign Channel": pl.lit("Email"),
        }
    )


def _flows(until: date) -> pl.DataFrame:
    days = pl.date_range(until - timedelta(days=28), until - timedelta(days=1), eager=True).alias("day").to_frame()
    messages = pl.DataFrame({"id": list(MESSAGES), "name": list(MESSAGES.values()), "at": range(len(MESSAGES))})
    rows = days.join(messages, how="cross", maintain_order="left_right").with_row_index("turn")
    delivered = 20 + (pl.col("turn").cast(pl.Int64) * 7) % 31
    return rows.select(
        **{
            "Day": pl.col("day"),
            "Flow ID": pl.lit("XyZ") + (pl.col("at") // 2 + 17).cast(pl.String),
            "Flow Name": pl.col("name").str.replace(r" \d$", ""),
            "Flow Message ID": pl.col("id"),
            "Flow Message Name": pl.col("name"),
            "Flow Message Channel": pl.lit("email"),
            "Status": pl.lit("live"),
            "Delivered": delivered,
            "Unique Opens": delivered * 2 // 5,
            "Unique Clicks": delivered // 10,
            "Unsubscribes": delivered // 40,
            "Bounced": delivered // 25,
            "Revenue": money(delivered // 10 * 2_490),
        }
    )
