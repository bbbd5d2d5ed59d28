"""The contacts of the invented company as a French user's view of HubSpot exports them."""

from datetime import date
from pathlib import Path

import polars as pl

from sources.hubspot import invented_ids as ids
from sources.invented import gap
from sources.invented_files import drop
from sources.invented_people import PAYS

LIFECYCLE = {
    "subscriber": "Abonné",
    "lead": "Lead",
    "marketing_lead": "Lead qualifié pour le marketing",
    "sales_lead": "Lead qualifié pour la vente",
    "opportunity": "Opportunité",
    "customer": "Client",
}
SOURCES = {
    "organic": "Recherche organique",
    "paid": "Recherche payante",
    "email": "E-mail marketing",
    "direct": "Trafic direct",
    "referral": "Références",
    "offline": "Sources hors ligne",
}
# In every new portal, until somebody deletes them.
DEMO_CONTACTS = pl.DataFrame(
    {
        "ID de fiche d'informations": ["88267121358", "88267121356"],
        "Prénom": ["Brian", "Maria"],
        "Nom": ["Halligan (Sample Contact)", "Johnson (Sample Contact)"],
        "E-mail": ["bh@example.com", "emailmaria@example.com"],
        "Date de création": ["2022-02-22 20:22", "2022-02-22 20:22"],
    }
)
LEAD_STATUS = ("Statut du lead", "Statut commercial")
NO_DATE = "31/31/2025"
CUT_ROW = "105283999999,Odilon,Quatremer,odilon.quatremer@courriel.example\n"


def write_contacts(
    contacts: pl.DataFrame, folder: Path, on: date, misdated: pl.Series, *, renamed: bool = False
) -> pl.DataFrame:
    """Write the view as it stood on a day, with one row cut short and the demo contacts; return the gaps planted.

    `misdated` names the records whose creation date nobody can read; `renamed`: a column was, in the tool's settings.
    """
    rows = contacts.select(**_columns(pl.col("record_id").is_in(misdated.implode())))
    if renamed:
        rows = rows.rename(dict([LEAD_STATUS]))
    body = pl.concat([rows, DEMO_CONTACTS], how="diagonal")
    half = len(rows) // 2
    content = body[:half].write_csv() + CUT_ROW + body[half:].write_csv(include_header=False)
    name = f"hubspot-crm-exports-tous-les-contacts-{on}.csv"
    path = f"{folder.name}/{name}"
    drop(folder, name, content.encode(), on)
    # A spreadsheet counts the header as row 1.
    cut_row, last = half + 2, len(body) + 2
    wrong = rows.with_row_index("row", offset=2).filter(pl.col("Date de création") == NO_DATE)["row"]
    drift = [f"{path}:1:renamed:{' → '.join(LEAD_STATUS)}"] if renamed else []
    return pl.concat(
        [
            gap("header_drift", folder.name, drift, subject=path),
            gap("rejected_rows", folder.name, [f"{path}:{row}" for row in (cut_row, last - 1, last)]),
            gap("rejected_cells", folder.name, [f"{path}:{row + (row >= cut_row)}:created_at" for row in wrong]),
        ]
    )


def as_of(contacts: pl.DataFrame, on: date) -> pl.DataFrame:
    """The contacts of an earlier day: some not yet qualified, some without their telephone or today's job."""
    turn = pl.col("contact_no")
    return contacts.filter(pl.col("created_at").dt.date() < on).with_columns(
        stage=pl.when(turn % 3 == 0).then(pl.lit("lead")).otherwise("stage"),
        phone=pl.when(turn % 11 != 0).then("phone"),
        job_title=pl.when(turn % 7 != 0).then("job_title"),
        updated_at=pl.min_horizontal("updated_at", pl.lit(on).cast(pl.Datetime("us"))),
        mailed_at=pl.when(pl.col("mailed_at").dt.date() < on).then("mailed_at"),
    )


def _columns(misdated: pl.Expr) -> dict[str, pl.Expr]:
    number = pl.col("contact_no")
    granted, withdrawn = (pl.col("consent") == value for value in ("granted", "withdrawn"))
    from_all = (number % 4 != 0) | (pl.col("story") == "consent_conflict")
    billed = pl.when(number % 3 == 0).then(pl.lit("Contact marketing")).otherwise(pl.lit("Contact non marketing"))
    created, updated, mailed = (
        pl.col(column).dt.strftime(ids.MINUTE) for column in ("created_at", "updated_at", "mailed_at")
    )
    interest = pl.when(~withdrawn & (number % 6 == 0)).then(pl.lit("Intérêt légitime – prospect/lead"))
    basis = pl.when(granted).then(pl.lit("Consentement libre du contact")).otherwise(interest)
    yes = pl.lit("true")
    return {
        "ID de fiche d'informations": pl.col("record_id"),
        "Prénom": pl.col("first_name"),
        "Nom": pl.col("last_name"),
        "E-mail": pl.col("email"),
        "Numéro de téléphone": pl.col("phone"),
        "Intitulé du poste": pl.col("job_title"),
        "Nom de l'entreprise": pl.col("company"),
        "Associated Company IDs (Primary)": ids.company("organisation_no"),
        "Adresse postale": pl.col("street"),
        "Code postal": pl.col("postcode"),
        "Ville": pl.col("city"),
        "Pays/Région": pl.col("country").replace(PAYS),
        "Date de naissance": pl.col("birth_date").dt.strftime("%Y-%m-%d"),
        "Phase du cycle de vie": pl.col("stage").replace(LIFECYCLE),
        LEAD_STATUS[0]: pl.lit(None, pl.String),
        "Source d'origine": pl.col("source").replace(SOURCES),
        "Statut de contact marketing": billed,
        "Désabonné de tous les e-mails": pl.when(withdrawn & from_all).then(yes),
        "Opted out of email: Marketing Information": pl.when(withdrawn & ~from_all).then(yes),
        "Base juridique du traitement des données du contact": basis,
        "Date d'envoi du dernier e-mail marketing": mailed,
        "Date de création": pl.when(misdated).then(pl.lit(NO_DATE)).otherwise(created),
        "Date de la dernière modification": updated,
    }
