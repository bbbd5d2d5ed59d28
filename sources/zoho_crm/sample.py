"""An invented company's Zoho CRM: contacts, leads in French, accounts saved again by a spreadsheet, deals."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, gap, in_units
from sources.invented_files import drop, saved_again
from sources.invented_people import COUNTRIES, PAYS, campaigns_of, companies_of, people_of, reachable

SECOND = "%Y-%m-%d %H:%M:%S"
# of fewer records the next export may state fewer than half
NOTICED = 20
SOURCES = {
    "organic": "Web Research",
    "paid": "Advertisement",
    "email": "Web Download",
    "direct": "Cold Call",
    "referral": "External Referral",
    "offline": "Trade Show",
}
STAGES = {
    "appointment": "Qualification",
    "qualified": "Needs Analysis",
    "presentation": "Value Proposition",
    "decision": "Id. Decision Makers",
    "contract": "Negotiation/Review",
    "won": "Closed Won",
    "lost": "Closed Lost to Competition",
}


def write(company: Company, folder: Path) -> Planted:
    """Write one export per module, named by the day; nobody is contact and lead at once."""
    own = (
        reachable(company)
        .filter(pl.col("contact_no") % 3 == 1)
        .head(140)
        .with_columns(record_id=_id("contact_no", 201))
    )
    contacts, leads = (own.filter(pl.col("contact_no") % 2 == turn) for turn in (0, 1))
    known = company.organisations.join(contacts, on="organisation_no", how="semi", maintain_order="left").with_columns(
        record_id=_id("organisation_no", 101)
    )
    deals = company.deals.filter((pl.col("story") == "plain") & pl.col("source").is_not_null()).join(
        contacts.select("contact_no", "record_id", "first_name", "last_name"), on="contact_no", maintain_order="left"
    )
    day = company.until.strftime("%Y_%m_%d")
    drop(folder, f"Contacts_{day}.csv", contacts.select(**_contacts()).write_csv().encode(), company.until)
    shrunk = _write_leads(leads, folder, company.until)
    drop(folder, f"Accounts_{day} copie.csv", saved_again(known.select(**_accounts())), company.until)
    drop(folder, f"Deals_{day}.csv", deals.select(**_deals()).write_csv().encode(), company.until)
    return Planted(
        people=pl.concat([people_of(folder.name, contacts), people_of(folder.name, leads, "lead")]),
        companies=companies_of(folder.name, known),
        campaigns=campaigns_of(folder.name, deals, "campaign_name"),
        gaps=shrunk,
        settings={"owner": "sales operations", "monthly_cost": 184},
    )


def _write_leads(leads: pl.DataFrame, folder: Path, until: date) -> pl.DataFrame:
    """All leads of a month ago and of today only the first third, because a filter was left on."""
    for on, rows in ((until - timedelta(days=30), leads), (until, leads[: len(leads) // 3])):
        path = drop(folder, f"Leads_{on:%Y_%m_%d}.csv", rows.select(**_leads()).write_csv().encode(), on)
    noticed = [f"{folder.name}/{path.name}"] if len(leads) >= NOTICED else []
    return gap("shrunk_export", folder.name, noticed, subject="leads")


def _id(column: str, module: int) -> pl.Expr:
    """Ids too long for a spreadsheet's numbers."""
    return pl.lit("zcrm_") + (365_239_700_000_000_000 + module * 1_000_000 + pl.col(column) * 37).cast(pl.String)


def _moment(column: str, form: str = SECOND) -> pl.Expr:
    return pl.col(column).dt.strftime(form)


def _ticked(column: str, value: str) -> pl.Expr:
    return pl.when(pl.col(column) == value).then(pl.lit("true")).otherwise(pl.lit("false"))


def _contacts() -> dict[str, pl.Expr]:
    return {
        "Record Id": pl.col("record_id"),
        "Contact Owner.id": pl.lit("zcrm_365239700000101001"),
        "Lead Source": pl.col("source").replace(SOURCES),
        "First Name": pl.col("first_name"),
        "Last Name": pl.col("last_name"),
        "Account Name.id": _id("organisation_no", 101),
        "Account Name": pl.col("company"),
        "Email": pl.col("email"),
        "Title": pl.col("job_title"),
        "Phone": pl.col("phone"),
        "Created Time": _moment("created_at"),
        "Modified Time": _moment("updated_at"),
        "Mailing City": pl.col("city"),
        "Mailing Zip": pl.col("postcode"),
        "Mailing Country": pl.col("country").replace(COUNTRIES),
        "Email Opt Out": _ticked("consent", "withdrawn"),
        "Data Processing Basis": pl.when(pl.col("consent") == "granted").then(pl.lit("Consent - Obtained")),
    }


def _leads() -> dict[str, pl.Expr]:
    """One in four came by an advertisement, whose click the tool keeps."""
    clicked = pl.col("contact_no") % 4 == 1
    return {
        "Id de l'enregistrement": pl.col("record_id"),
        "Est converti": pl.lit("false"),
        "Société": pl.col("company"),
        "Prénom": pl.col("first_name"),
        "Nom de famille": pl.col("last_name"),
        "E-mail": pl.col("email"),
        "Téléphone": pl.col("phone"),
        "Source du prospect": pl.col("source").replace(SOURCES),
        "Statut du prospect": pl.lit("À contacter"),
        "Ville": pl.col("city"),
        "Code postal": pl.col("postcode"),
        "Pays": pl.col("country").replace(PAYS),
        "Heure de création": _moment("created_at"),
        "Heure de modification": _moment("updated_at"),
        "Refus des e-mails": _ticked("consent", "withdrawn"),
        "GCLID": pl.when(clicked).then(pl.lit("Cj0KCQiA") + pl.col("contact_no").cast(pl.String).str.zfill(8)),
        "Contact converti.id": pl.lit(None, pl.String),
    }


def _accounts() -> dict[str, pl.Expr]:
    """A third without website."""
    without = (pl.col("organisation_no") % 3 == 0) & (pl.col("story") != "companies_share_domain")
    return {
        "Record Id": pl.col("record_id"),
        "Account Owner": pl.col("owner"),
        "Account Name": pl.col("legal_form") + pl.lit(" ") + pl.col("name"),
        "Website": pl.when(~without).then(pl.lit("www.") + pl.col("domain")),
        "VAT Number": pl.when(pl.col("country") == "FR").then(pl.lit("FR 40 ") + pl.col("registration_number")),
        "Industry": pl.col("industry"),
        "Billing City": pl.col("city"),
        "Billing Country": pl.col("country").replace(COUNTRIES),
        "Created Time": pl.col("created_at"),
    }


def _deals() -> dict[str, pl.Expr]:
    return {
        "Record Id": _id("deal_no", 301),
        "Amount": in_units(pl.col("amount")),
        "Currency": pl.col("currency"),
        "Deal Name": pl.col("name"),
        "Closing Date": pl.when(pl.col("stage").is_in(["won", "lost"])).then(_moment("closed_at", "%Y-%m-%d")),
        "Account Name.id": _id("organisation_no", 101),
        "Account Name": pl.col("company"),
        "Stage": pl.col("stage").replace(STAGES),
        "Lead Source": pl.col("source").replace(SOURCES),
        "Campaign Source": pl.col("campaign_name"),
        "Contact Name.id": pl.col("record_id"),
        "Contact Name": pl.concat_str("first_name", "last_name", separator=" ", ignore_nulls=True),
        "Created Time": _moment("created_at"),
    }
