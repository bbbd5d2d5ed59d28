"""Who the invented company's Salesforce knows: contacts in the weekly data export, leads in a French user's report."""

import polars as pl

from sources.salesforce import invented_ids as ids

SECOND = "%Y-%m-%d %H:%M:%S"
FRENCH_DAY = "%d/%m/%Y"
COUNTRIES = {"FR": "France", "GB": "United Kingdom", "MA": "Maroc"}
SOURCES = {
    "organic": "Recherche naturelle",
    "paid": "Publicité",
    "email": "E-mailing",
    "direct": "Web",
    "referral": "Recommandation",
    "offline": "Salon",
}
OPTED_OUT = pl.when(pl.col("consent") == "withdrawn").then(pl.lit("1")).otherwise(pl.lit("0"))
STATUSES = ["Ouverte", "En cours", "Qualifiée"]
FOOTER = (
    "\n\nGrand Totals ({count} records)\n\n\nConfidential Information - Do Not Distribute\n"
    "Copyright © 2000-{year} salesforce.com, inc. All rights reserved.\n"
)


def contacts_csv(contacts: pl.DataFrame) -> str:
    """`Contact.csv` of the weekly data export: every cell quoted, boxes 0 or 1, an id of zeros where there is none."""
    number, nothing = pl.col("contact_no"), pl.lit(None, pl.String)
    account = pl.when(pl.col("organisation_no").is_not_null()).then(ids.long("account", pl.col("organisation_no")))
    created, updated = (pl.col(column).dt.strftime(SECOND) for column in ("created_at", "updated_at"))
    columns = {
        "Id": ids.long("contact", number),
        "IsDeleted": pl.lit("0"),
        "MasterRecordId": pl.lit(ids.NOTHING),
        "AccountId": account.fill_null(ids.NOTHING),
        "LastName": pl.col("last_name"),
        "FirstName": pl.col("first_name"),
        "MailingStreet": pl.col("street"),
        "MailingCity": pl.col("city"),
        "MailingPostalCode": pl.col("postcode"),
        "MailingCountry": pl.col("country").replace(COUNTRIES),
        "Phone": pl.col("phone"),
        "Email": pl.col("email"),
        "Title": pl.col("job_title"),
        "LeadSource": pl.col("source").replace(SOURCES),
        "Birthdate": pl.col("birth_date").dt.strftime("%Y-%m-%d"),
        "OwnerId": ids.long("user", number % 4),
        "HasOptedOutOfEmail": OPTED_OUT,
        "DoNotCall": pl.lit("0"),
        "CreatedDate": created,
        "LastModifiedDate": updated,
        "SystemModstamp": updated,
        "EmailBouncedReason": nothing,
        "EmailBouncedDate": nothing,
    }
    return contacts.select(**columns).write_csv(quote_style="always")


def leads_report(leads: pl.DataFrame, year: int) -> str:
    """A report of leads with its footer: labels, ids of 15 characters, days as in France."""
    created, updated = (pl.col(column).dt.strftime(FRENCH_DAY) for column in ("created_at", "updated_at"))
    turn = pl.col("contact_no") % len(STATUSES)
    columns = {
        "ID de piste": ids.short("lead", pl.col("contact_no")),
        "Prénom": pl.col("first_name"),
        "Nom": pl.col("last_name"),
        "Titre": pl.col("job_title"),
        "Société/Compte": pl.col("company"),
        "Adresse e-mail": pl.col("email"),
        "Téléphone": pl.col("phone"),
        "Ville": pl.col("city"),
        "Code postal": pl.col("postcode"),
        "Pays": pl.col("country").replace(COUNTRIES),
        "Origine de la piste": pl.col("source").replace(SOURCES),
        "Statut de la piste": turn.replace_strict(dict(enumerate(STATUSES)), return_dtype=pl.String),
        "Converti": pl.lit("0"),
        "Désinscription de l'e-mail": pl.when(pl.col("consent") == "withdrawn")
        .then(pl.lit("1"))
        .otherwise(pl.lit("0")),
        "Date de création": created,
        "Dernière modification": updated,
    }
    body = leads.select(**columns).write_csv(separator=";", quote_style="always")
    return body + FOOTER.format(count=len(leads), year=year)
