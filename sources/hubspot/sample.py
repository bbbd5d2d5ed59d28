"""An invented company's HubSpot: contacts seen by a French user, twice; companies and deals seen by an English one."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, drop, gap

TOOL = "hubspot"
MINUTE = "%Y-%m-%d %H:%M"
COUNTRIES = {"FR": "France", "GB": "Royaume-Uni", "MA": "Maroc"}
LIFECYCLE = {
    "subscriber": "Abonné",
    "lead": "Lead",
    "marketing_lead": "Lead qualifié pour le marketing",
    "sales_lead": "Lead qualifié pour la vente",
    "opportunity": "Opportunité",
    "customer": "Client",
}
FRENCH_SOURCES = {
    "organic": "Recherche organique",
    "paid": "Recherche payante",
    "email": "E-mail marketing",
    "direct": "Trafic direct",
    "referral": "Références",
    "offline": "Sources hors ligne",
}
SOURCES = {
    "organic": "Organic Search",
    "paid": "Paid Search",
    "email": "Email Marketing",
    "direct": "Direct Traffic",
    "referral": "Referrals",
    "offline": "Offline Sources",
}
STAGES = {
    "appointment": "Appointment scheduled",
    "qualified": "Qualified to buy",
    "presentation": "Presentation scheduled",
    "decision": "Decision maker bought-in",
    "contract": "Contract sent",
    "won": "Closed won",
    "lost": "Closed lost",
}
# In every new portal, until somebody deletes them.
DEMO_CONTACTS = pl.DataFrame(
    {
        "ID de fiche d'informations": ["88267121358", "88267121356"],
        "Prénom": ["Brian", "Maria"],
        "Nom": ["Halligan (Sample Contact)", "Johnson (Sample Contact)"],
        "E-mail": ["bh@hubspot.com", "emailmaria@hubspot.com"],
        "Date de création": ["2022-02-22 20:22", "2022-02-22 20:22"],
    }
)


def write(company: Company, folder: Path) -> Planted:
    """Write the contacts of today and of two months ago, the companies, the deals and a file that is no export."""
    contacts = company.contacts.with_columns(record_id=_contact_id("contact_no"))
    earlier = company.until - timedelta(days=61)
    known = contacts.filter(pl.col("created_at").dt.date() < earlier)
    misdated = contacts.filter((pl.col("story") == "plain") & (pl.col("created_at").dt.date() >= earlier)).head(1)["record_id"]
    people = contacts.select(
        tool=pl.lit(TOOL), record_type=pl.lit("contact"), record_id="record_id", person_id="person_id", story="story"
    )
    notes = drop(folder, "compte-rendu réunion marketing.csv", _NOTES.encode(), company.until)
    deals = _deals(company, folder)
    return Planted(
        people=people,
        campaigns=deals.campaigns,
        gaps=pl.concat(
            [
                _contacts(_stale(known, earlier), folder, earlier, misdated.clear()),
                _contacts(contacts, folder, company.until, misdated),
                _companies(company, folder),
                deals.gaps,
                gap("unreadable_file", TOOL, [f"{TOOL}/{notes.name}"]),
            ]
        ),
        settings={"owner": "sales operations", "monthly_cost": 890},
    )


_NOTES = "Point,Décision,Échéance\nSalon de printemps,Réserver le stand,janvier\nNewsletter,Passer à deux envois,février\n"


def _contact_id(column: str) -> pl.Expr:
    number = pl.col(column)
    return (105_284_000_000 + number * 1_037 + number * 7_919 % 1_009).cast(pl.String)


def _company_id(column: str) -> pl.Expr:
    return (28_417_000_000 + pl.col(column) * 613).cast(pl.String)


def _stale(contacts: pl.DataFrame, on: date) -> pl.DataFrame:
    """The contacts as they were then: some not yet qualified, some without their telephone or today's job."""
    turn = pl.col("contact_no")
    return contacts.with_columns(
        stage=pl.when(turn % 3 == 0).then(pl.lit("lead")).otherwise("stage"),
        phone=pl.when(turn % 11 != 0).then("phone"),
        job_title=pl.when(turn % 7 != 0).then("job_title"),
        updated_at=pl.min_horizontal("updated_at", pl.lit(on).cast(pl.Datetime("us"))),
    )


def _contacts(contacts: pl.DataFrame, folder: Path, on: date, misdated: pl.Series) -> pl.DataFrame:
    created = pl.col("created_at").dt.strftime(MINUTE)
    odd = pl.col("record_id").is_in(misdated.implode())
    granted = pl.col("consent") == "granted"
    withdrawn = pl.col("consent") == "withdrawn"
    everything = pl.col("contact_no") % 4 != 0
    rows = contacts.select(
        pl.col("record_id").alias("ID de fiche d'informations"),
        pl.col("first_name").alias("Prénom"),
        pl.col("last_name").alias("Nom"),
        pl.col("email").alias("E-mail"),
        pl.col("phone").alias("Numéro de téléphone"),
        pl.col("job_title").alias("Intitulé du poste"),
        pl.col("company").alias("Nom de l'entreprise"),
        _company_id("organisation_no").alias("Associated Company IDs (Primary)"),
        pl.col("street").alias("Adresse postale"),
        pl.col("postcode").alias("Code postal"),
        pl.col("city").alias("Ville"),
        pl.col("country").replace(COUNTRIES).alias("Pays/Région"),
        pl.col("stage").replace(LIFECYCLE).alias("Phase du cycle de vie"),
        pl.lit(None, pl.String).alias("Statut du lead"),
        pl.col("source").replace(FRENCH_SOURCES).alias("Source d'origine"),
        pl.when(pl.col("contact_no") % 3 == 0).then(pl.lit("Contact marketing")).otherwise(pl.lit("Contact non marketing")).alias("Statut de contact marketing"),
        pl.when(withdrawn & everything).then(pl.lit("true")).alias("Désabonné de tous les e-mails"),
        pl.when(withdrawn & ~everything).then(pl.lit("true")).alias("Opted out of email: Marketing Information"),
        pl.when(granted).then(pl.lit("Consentement libre du contact")).alias("Base juridique du traitement des données du contact"),
        pl.when(odd).then(pl.lit("31/31/2025")).otherwise(created).alias("Date de création"),
        pl.col("updated_at").dt.strftime(MINUTE).alias("Date de la dernière modification"),
    )  # fmt: skip
    cut = "105284999999,Prénom,Nom,personne@courriel.example"
    body = pl.concat([rows, DEMO_CONTACTS], how="diagonal")
    half = len(rows) // 2
    content = body[:half].write_csv() + cut + "\n" + body[half:].write_csv(include_header=False)
    name = f"hubspot-crm-exports-tous-les-contacts-{on}.csv"
    drop(folder, name, content.encode(), on)
    # A spreadsheet counts the header as row 1.
    cut_row, last = half + 2, len(body) + 2
    wrong = rows.with_row_index("row", offset=2).filter(pl.col("Date de création") == "31/31/2025")["row"]
    return pl.concat(
        [
            gap("rejected_rows", TOOL, [f"{TOOL}/{name}:{row}" for row in (cut_row, last - 1, last)]),
            gap("rejected_cells", TOOL, [f"{TOOL}/{name}:{row + (row >= cut_row)}:created_at" for row in wrong]),
        ]
    )


def _companies(company: Company, folder: Path) -> pl.DataFrame:
    rows = company.organisations.select(
        _company_id("organisation_no").alias("Record ID"),
        pl.col("name").alias("Company name"),
        pl.col("domain").alias("Company Domain Name"),
        (pl.lit("https://www.") + pl.col("domain")).alias("Website URL"),
        pl.col("industry").alias("Industry"),
        pl.col("owner").alias("Company owner"),
        pl.col("city").alias("City"),
        pl.col("country").replace({**COUNTRIES, "GB": "United Kingdom", "MA": "Morocco"}).alias("Country/Region"),
        pl.col("created_at").dt.strftime(MINUTE).alias("Create Date"),
    )
    nameless = rows[:1].with_columns(
        pl.lit(None, pl.String).alias("Record ID"), pl.lit("Fiche en double").alias("Company name")
    )
    name = f"hubspot-crm-exports-all-companies-{company.until}.csv"
    drop(folder, name, pl.concat([rows, nameless]).write_csv().encode(), company.until)
    return gap("rejected_rows", TOOL, [f"{TOOL}/{name}:{len(rows) + 2}"])


def _deals(company: Company, folder: Path) -> Planted:
    deals = company.deals.with_columns(record_id=(41_930_000_000 + pl.col("deal_no") * 977).cast(pl.String))
    unstated = deals.filter(pl.col("story") == "plain").gather_every(max(2, len(deals) // 3))["record_id"]
    rows = deals.with_row_index("row", offset=2).with_columns(unstated=pl.col("record_id").is_in(unstated.implode()))
    amount = (pl.col("amount") // 100).cast(pl.String) + pl.lit(".") + (pl.col("amount") % 100).cast(pl.String).str.zfill(2)
    settled = pl.col("stage").is_in(["won", "lost"])
    content = rows.select(
        pl.col("record_id").alias("Record ID"),
        pl.col("name").alias("Deal Name"),
        pl.lit("Sales Pipeline").alias("Pipeline"),
        pl.col("stage").replace(STAGES).alias("Deal Stage"),
        pl.when("unstated").then(pl.lit("n/a")).otherwise(amount).alias("Amount"),
        pl.col("currency").alias("Currency"),
        pl.when(settled).then(pl.col("closed_at").dt.strftime(MINUTE)).alias("Close Date"),
        pl.col("created_at").dt.strftime(MINUTE).alias("Create Date"),
        pl.when(pl.col("deal_no") % 5 == 0).then(pl.lit("Existing Business")).otherwise(pl.lit("New Business")).alias("Deal Type"),
        pl.col("source").replace(SOURCES).alias("Original Source Type"),
        pl.col("campaign_name").alias("utm_campaign"),
        pl.col("company").alias("Associated Company"),
        _company_id("organisation_no").alias("Associated Company IDs (Primary)"),
        _contact_id("contact_no").alias("Associated Contact IDs"),
    ).write_csv()  # fmt: skip
    name = f"hubspot-crm-exports-all-deals-{company.until}.csv"
    drop(folder, name, content.encode(), company.until)
    named = deals.filter(pl.col("campaign_name").is_not_null()).select(
        tool=pl.lit(TOOL), account_id=pl.lit(None, pl.String), campaign_name="campaign_name", campaign="campaign"
    )
    return Planted(
        campaigns=named.unique().sort("campaign_name"),
        gaps=pl.concat(
            [
                gap(kind, TOOL, (f"{TOOL}/deal/{record}" for record in deals.filter(pl.col("story") == kind)["record_id"]))
                for kind in ("deal_without_source", "deal_without_customer")
            ]
            + [gap("rejected_cells", TOOL, (f"{TOOL}/{name}:{row}:amount" for row in rows.filter("unstated")["row"]))]
        ),
    )
