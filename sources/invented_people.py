"""What the tools that know the invented company's people have in common: whom they know, and by which record."""

import polars as pl

from sources.invented import CAMPAIGNS, COMPANIES, PEOPLE, Company

COUNTRIES = {"FR": "France", "GB": "United Kingdom", "MA": "Morocco"}
PAYS = {"FR": "France", "GB": "Royaume-Uni", "MA": "Maroc"}


def reachable(company: Company) -> pl.DataFrame:
    """The CRM's contacts of whom there is nothing odd to tell and who have an address."""
    return company.contacts.filter((pl.col("story") == "plain") & pl.col("email").is_not_null())


def people_of(tool: str, records: pl.DataFrame, record_type: str = "contact") -> pl.DataFrame:
    """What `Planted.people` says of records with `record_id`, `person_id` and `story`."""
    return records.with_columns(tool=pl.lit(tool), record_type=pl.lit(record_type)).select(PEOPLE.names())


def companies_of(tool: str, records: pl.DataFrame) -> pl.DataFrame:
    """What `Planted.companies` says of records with `record_id`, `company_no` and `story`."""
    return records.with_columns(tool=pl.lit(tool)).select(COMPANIES.names())


def campaigns_of(tool: str, rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """What `Planted.campaigns` says of sends or deals: the column `name` calls a `campaign`, or nothing."""
    nobody = pl.lit(None, pl.String)
    named = rows.drop_nulls(name).select("campaign", tool=pl.lit(tool), account_id=nobody, campaign_name=pl.col(name))
    return named.select(CAMPAIGNS.names()).unique().sort("campaign_name")
