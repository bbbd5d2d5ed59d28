"""The campaigns in the invented company's Salesforce, named as the mailings and advertisements, and their members."""

from datetime import date, timedelta

import polars as pl

from sources.invented import Company
from sources.salesforce import invented_ids as ids
from sources.salesforce.invented_people import SECOND

MAILED, ADVERTISED = 10, 4
ZONED = "%Y-%m-%dT%H:%M:%S.000+0000"


def campaigns(company: Company) -> pl.DataFrame:
    """One row per campaign, the last mailings and some of the advertised: `name`, first and last day, whole costs."""
    mailed = (
        company.sends.filter(~pl.col("test"))
        .unique("title", keep="last", maintain_order=True)
        .tail(MAILED)
        .select("campaign", name="title", channel=pl.lit("Email"), started_on=pl.col("sent_at").dt.date())
    )
    advertised = (
        company.ads.filter((pl.col("market") == "FR") & pl.col("name").is_not_null())
        .group_by("campaign", "name", maintain_order=True)
        .agg(started_on=pl.col("date").min())
        .head(ADVERTISED)
        .select("campaign", "name", "started_on", channel=pl.lit("Advertisement"))
    )
    known = pl.concat([mailed, advertised], how="diagonal").unique("name", keep="first", maintain_order=True)
    number = pl.col("campaign_no")
    return known.with_columns(campaign_no=pl.int_range(pl.len())).with_columns(
        ended_on=pl.col("started_on") + pl.duration(days=30),
        budget=(number * 700 % 4_000 + 900),
        cost=(number * 650 % 3_700 + 850),
    )


def campaigns_extract(campaigns: pl.DataFrame) -> bytes:
    """The campaigns as extract tools write them: a byte order mark, boxes that are not ticked left empty."""
    nothing = pl.lit(None, pl.String)
    created = pl.col("started_on").cast(pl.Datetime("us")).dt.strftime(ZONED)
    columns = {
        "Id": ids.long("campaign", pl.col("campaign_no")),
        "IsDeleted": nothing,
        "Name": pl.col("name"),
        "Type": pl.col("channel"),
        "Status": pl.lit("Completed"),
        "StartDate": pl.col("started_on").dt.strftime("%Y-%m-%d"),
        "EndDate": pl.col("ended_on").dt.strftime("%Y-%m-%d"),
        "BudgetedCost": pl.col("budget").cast(pl.String),
        "ActualCost": pl.col("cost").cast(pl.String) + pl.lit(".5"),
        "IsActive": pl.lit("1"),
        "CurrencyIsoCode": pl.lit("EUR"),
        "Description": nothing,
        "OwnerId": ids.long("user", pl.col("campaign_no") % 4),
        "CreatedDate": created,
        "LastModifiedDate": created,
    }
    return b"\xef\xbb\xbf" + campaigns.select(**columns).write_csv().encode()


def members_csv(contacts: pl.DataFrame, leads: pl.DataFrame, campaigns: pl.DataFrame, until: date) -> str:
    """`CampaignMember.csv` of the weekly data export: who did not opt out in one campaign, every third in two."""
    known = pl.concat([contacts.with_columns(kind=pl.lit("contact")), leads.with_columns(kind=pl.lit("lead"))])
    people = known.filter(~pl.col("opted_out"))
    numbered = people.with_columns(person=pl.int_range(pl.len()), turn=pl.lit(0))
    again = numbered.filter(pl.col("person") % 3 == 0).with_columns(turn=pl.lit(5))
    last = pl.lit(until - timedelta(days=1)).cast(pl.Datetime("us"))
    begun = pl.col("started_on").cast(pl.Datetime("us")) + pl.duration(hours=9, minutes=pl.col("person") % 50)
    members = (
        pl.concat([numbered, again])
        .with_columns(campaign_no=(pl.col("person") + pl.col("turn")) % len(campaigns))
        .join(campaigns.select("campaign_no", "started_on"), on="campaign_no", maintain_order="left")
        .with_columns(member_no=pl.int_range(pl.len()), joined_at=pl.max_horizontal("created_at", begun))
    )
    number, responded = pl.col("contact_no"), pl.col("person") % 4 == 0
    response = pl.min_horizontal(pl.col("joined_at") + pl.duration(days=pl.col("person") % 9), last)
    is_lead, nothing = pl.col("kind") == "lead", pl.lit(ids.NOTHING)
    columns = {
        "Id": ids.long("member", pl.col("member_no")),
        "IsDeleted": pl.lit("0"),
        "CampaignId": ids.long("campaign", pl.col("campaign_no")),
        "LeadId": pl.when(is_lead).then(ids.long("lead", number)).otherwise(nothing),
        "ContactId": pl.when(is_lead).then(nothing).otherwise(ids.long("contact", number)),
        "Status": pl.when(responded).then(pl.lit("Responded")).otherwise(pl.lit("Sent")),
        "HasResponded": pl.when(responded).then(pl.lit("1")).otherwise(pl.lit("0")),
        "CreatedDate": pl.col("joined_at").dt.strftime(SECOND),
        "FirstRespondedDate": pl.when(responded).then(response.dt.strftime("%Y-%m-%d 00:00:00")),
    }
    return members.select(**columns).write_csv(quote_style="always")
