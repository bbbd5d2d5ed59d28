"""An invented company's HubSpot: contacts seen by a French user, twice; companies and deals seen by an English one."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sources.hubspot import invented_ids as ids
from sources.hubspot.invented_contacts import as_of, write_contacts
from sources.invented import Company, Planted, gap, in_units
from sources.invented_files import drop
from sources.invented_people import COUNTRIES, campaigns_of, companies_of, people_of

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
WRONGED = ["mailed_after_opt_out", "bounced_but_active"]
NOTES = (
    "Point,Décision,Échéance\nSalon de printemps,Réserver le stand,janvier\nNewsletter,Deux envois par mois,février\n"
)


def write(company: Company, folder: Path) -> Planted:
    """Write the contacts of today and of two months ago, the companies, the deals and a file that is no export."""
    contacts = company.contacts.with_columns(record_id=ids.contact("contact_no"))
    companies = pl.concat([company.organisations, company.besides]).with_columns(
        record_id=ids.company("organisation_no")
    )
    earlier = company.until - timedelta(days=61)
    recent = contacts.filter((pl.col("story") == "plain") & (pl.col("created_at").dt.date() >= earlier))
    misdated = recent["record_id"].head(1)
    notes = drop(folder, "compte-rendu réunion marketing.csv", NOTES.encode(), company.until)
    # what the earlier export lost is history: the later one restates all of it
    write_contacts(as_of(contacts, earlier), folder, earlier, misdated.clear())
    gaps = [
        write_contacts(contacts, folder, company.until, misdated, renamed=True),
        _write_companies(companies, folder, company.until),
        *_write_deals(company, folder),
        *_gone_against(contacts, folder.name),
        gap("unreadable_file", folder.name, [f"{folder.name}/{notes.name}"]),
    ]
    return Planted(
        people=people_of(folder.name, contacts),
        companies=companies_of(folder.name, companies),
        campaigns=campaigns_of(folder.name, company.deals, "campaign_name"),
        gaps=pl.concat(gaps),
        settings={"owner": "sales operations", "monthly_cost": 890},
    )


def _gone_against(contacts: pl.DataFrame, tool: str) -> list[pl.DataFrame]:
    """Whom this tool mailed though they had opted out elsewhere, or calls subscribed though the address bounces."""
    told = {kind: contacts.filter(pl.col("story") == kind)["record_id"] for kind in WRONGED}
    return [gap(kind, tool, (f"{tool}/contact/{record}" for record in records)) for kind, records in told.items()]


def _write_companies(companies: pl.DataFrame, folder: Path, until: date) -> pl.DataFrame:
    """The last row has lost its id."""
    columns = {
        "Record ID": pl.col("record_id"),
        "Company name": pl.col("name"),
        "Company Domain Name": pl.col("domain"),
        "Website URL": pl.lit("https://www.") + pl.col("domain"),
        "Company number": pl.when(pl.col("country") == "GB").then("registration_number"),
        "SIREN": pl.when(pl.col("country") == "FR").then("registration_number"),
        "Phone Number": pl.col("switchboard"),
        "Street Address": pl.col("street"),
        "Postal Code": pl.col("postcode"),
        "Industry": pl.col("industry"),
        "Company owner": pl.col("owner"),
        "City": pl.col("city"),
        "Country/Region": pl.col("country").replace(COUNTRIES),
        "Create Date": pl.col("created_at").dt.strftime(ids.MINUTE),
    }
    rows = companies.select(**columns)
    lost = pl.DataFrame({"Company name": ["Fiche en double"], "City": ["Nantes"], "Create Date": ["2024-02-01 09:30"]})
    content = pl.concat([rows, lost], how="diagonal").write_csv()
    name = f"hubspot-crm-exports-all-companies-{until}.csv"
    drop(folder, name, content.encode(), until)
    return gap("rejected_rows", folder.name, [f"{folder.name}/{name}:{len(rows) + 2}"])


def _write_deals(company: Company, folder: Path) -> list[pl.DataFrame]:
    """Three deals state no readable amount."""
    deals = company.deals.with_columns(record_id=ids.deal("deal_no"))
    plain = deals.filter(pl.col("story") == "plain")
    unpriced = pl.col("record_id").is_in(plain["record_id"].gather_every(max(2, len(plain) // 3))[:3].implode())
    settled = pl.col("stage").is_in(["won", "lost"])
    closed, created = (pl.col(column).dt.strftime(ids.MINUTE) for column in ("closed_at", "created_at"))
    columns = {
        "Record ID": pl.col("record_id"),
        "Deal Name": pl.col("name"),
        "Pipeline": pl.lit("Sales Pipeline"),
        "Deal Stage": pl.col("stage").replace(STAGES),
        "Amount": pl.when(unpriced).then(pl.lit("n/a")).otherwise(in_units(pl.col("amount"))),
        "Currency": pl.col("currency"),
        "Close Date": pl.when(settled).then(closed),
        "Create Date": created,
        "Original Source Type": pl.col("source").replace(SOURCES),
        "utm_campaign": pl.col("campaign_name"),
        "Associated Company": pl.col("company"),
        "Associated Company IDs (Primary)": ids.company("organisation_no"),
        "Associated Contact IDs": ids.contact("contact_no"),
    }
    name = f"hubspot-crm-exports-all-deals-{company.until}.csv"
    drop(folder, name, deals.select(**columns).write_csv().encode(), company.until)
    rows = deals.with_row_index("row", offset=2).filter(unpriced)["row"]
    stories = {
        kind: deals.filter(pl.col("story") == kind)["record_id"]
        for kind in ("deal_without_source", "deal_without_customer")
    }
    return [
        gap("rejected_cells", folder.name, (f"{folder.name}/{name}:{row}:amount" for row in rows)),
        *(
            gap(kind, folder.name, (f"{folder.name}/deal/{record}" for record in told))
            for kind, told in stories.items()
        ),
    ]
