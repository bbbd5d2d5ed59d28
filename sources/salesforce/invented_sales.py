"""What the invented company's Salesforce sells to whom: accounts, opportunities and the contacts behind them."""

from datetime import date, timedelta

import polars as pl

from sources.invented import in_units
from sources.salesforce import invented_ids as ids
from sources.salesforce.invented_people import COUNTRIES, FRENCH_DAY, SECOND, SOURCES

STAGES = ["Prospection", "Qualification", "Négociation", "Fermée gagnée", "Fermée gagnée", "Fermée perdue"]
OPEN = 3  # of the stages
MILLISECOND = "%Y-%m-%dT%H:%M:%S.000Z"


def accounts_extract(accounts: pl.DataFrame) -> str:
    """The accounts as Data Loader extracts them: labels in upper case, every cell quoted."""
    created = pl.col("created_at").dt.strftime(MILLISECOND)
    columns = {
        "ID": ids.long("account", pl.col("organisation_no")),
        "ISDELETED": pl.lit("false"),
        "NAME": pl.col("name").str.to_uppercase() + pl.lit(" ") + pl.col("legal_form").str.to_uppercase(),
        "TYPE": pl.lit("Customer - Direct"),
        "BILLINGSTREET": pl.col("street"),
        "BILLINGCITY": pl.col("city"),
        "BILLINGPOSTALCODE": pl.col("postcode"),
        "BILLINGCOUNTRY": pl.col("country").replace(COUNTRIES),
        "WEBSITE": pl.lit("www.") + pl.col("domain"),
        "SIRET__C": pl.when(pl.col("country") == "FR").then(pl.col("registration_number") + pl.lit("00012")),
        "INDUSTRY": pl.col("industry"),
        "ANNUALREVENUE": (pl.col("organisation_no") % 90 + 10).cast(pl.String) + pl.lit("0000.0"),
        "OWNER.NAME": pl.col("owner"),
        "CREATEDDATE": created,
        "LASTMODIFIEDDATE": created,
    }
    return accounts.select(**columns).write_csv(quote_style="always")


def opportunities(contacts: pl.DataFrame, campaigns: pl.DataFrame, until: date) -> pl.DataFrame:
    """One row per opportunity: every other contact of a company has one; in pounds only where its day has a rate."""
    number = pl.col("contact_no")
    stage, campaign = number // 2 % len(STAGES), number // 3 % len(campaigns)
    last = pl.lit(until - timedelta(days=1)).cast(pl.Datetime("us"))
    days = pl.duration(days=number % 60 + 10)
    opened = pl.min_horizontal(pl.col("created_at") + pl.duration(days=number % 20 + 1), last)
    is_british = (pl.col("country") == "GB") & pl.col("is_settled")
    running = (number % 2 == 0) & (pl.col("started_on") <= pl.col("opened_at").dt.date())
    return (
        contacts.filter((pl.int_range(pl.len()) % 2 == 0) & pl.col("organisation_no").is_not_null())
        .with_columns(opened_at=opened, campaign_no=campaign)
        .with_columns(closed_on=pl.col("opened_at").dt.date() + days)
        .with_columns(is_settled=(stage >= OPEN) & (pl.col("closed_on") < until))
        .with_columns(
            closed_on=pl.when("is_settled").then("closed_on").otherwise(pl.lit(until) + days),
            stage_no=pl.when("is_settled").then(stage).otherwise(stage % OPEN),
        )
        .join(campaigns.select("campaign_no", "name", "started_on"), on="campaign_no", maintain_order="left")
        .with_columns(
            stage=pl.col("stage_no").replace_strict(dict(enumerate(STAGES)), return_dtype=pl.String),
            amount=(number * 7_919 % 48_000 + 1_500) * 100 + number * 37 % 100,
            currency=pl.when(is_british).then(pl.lit("GBP")).otherwise(pl.lit("EUR")),
            campaign_name=pl.when(running).then("name"),
        )
    )


def opportunities_report(opportunities: pl.DataFrame) -> pl.DataFrame:
    """A French user's report, with the currency in the cell."""
    units = in_units(pl.col("amount"), ",").str.replace(r"(\d)(\d{3},)", "$1\u00a0$2")
    columns = {
        "ID d'opportunité": ids.short("opportunity", pl.col("contact_no")),
        "Nom de l'opportunité": pl.col("company") + pl.lit(" - Contrat cadre"),
        "Étape": pl.col("stage"),
        "Montant": pl.col("currency") + pl.lit(" ") + units,
        "Date de clôture": pl.col("closed_on").dt.strftime(FRENCH_DAY),
        "Origine de la piste": pl.col("source").replace(SOURCES),
        "Source de campagne principale": pl.col("campaign_name"),
        "ID de compte": ids.short("account", pl.col("organisation_no")),
        "Nom du compte": pl.col("company"),
        "Date de création": pl.col("opened_at").dt.strftime(FRENCH_DAY),
    }
    return opportunities.select(**columns)


def contact_roles_csv(opportunities: pl.DataFrame) -> str:
    """`OpportunityContactRole.csv` of the weekly data export."""
    number = pl.col("contact_no")
    columns = {
        "Id": ids.long("contact_role", number),
        "OpportunityId": ids.long("opportunity", number),
        "ContactId": ids.long("contact", number),
        "Role": pl.lit("Decision Maker"),
        "IsPrimary": pl.lit("1"),
        "CreatedDate": pl.col("opened_at").dt.strftime(SECOND),
        "IsDeleted": pl.lit("0"),
    }
    return opportunities.select(**columns).write_csv(quote_style="always")
