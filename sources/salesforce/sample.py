"""An invented company's Salesforce in its four kinds of export: weekly archive, extracts of two tools, reports."""

from pathlib import Path

import polars as pl

from sources.invented import Company, Planted
from sources.invented_files import drop, saved_again, zipped
from sources.invented_people import campaigns_of, companies_of, people_of, reachable
from sources.salesforce import invented_campaigns, invented_ids, invented_people, invented_sales

CONTACTS, LEADS = 80, 50


def write(company: Company, folder: Path) -> Planted:
    """Write contacts, their roles and campaign memberships, accounts, campaigns, leads and opportunities."""
    day = company.until
    known = reachable(company)
    chosen = known.gather_every(max(1, len(known) // (CONTACTS + LEADS)))
    contacts, leads = chosen[:CONTACTS], chosen[CONTACTS : CONTACTS + LEADS]
    accounts = company.organisations.join(contacts, on="organisation_no", how="semi", maintain_order="left")
    campaigns = invented_campaigns.campaigns(company)
    sales = invented_sales.opportunities(contacts, campaigns, day)
    archive = {
        "Contact.csv": invented_people.contacts_csv(contacts),
        "OpportunityContactRole.csv": invented_sales.contact_roles_csv(sales),
        "CampaignMember.csv": invented_campaigns.members_csv(contacts, leads, campaigns, day),
    }
    members = {name: text.encode("cp1252") for name, text in archive.items()}
    drop(folder, "WE_00DQx00000VeLoSMAV_1.ZIP", zipped(members, day), day)
    drop(folder, "accounts_extract.csv", invented_sales.accounts_extract(accounts).encode(), day)
    drop(folder, "Campaign.csv", invented_campaigns.campaigns_extract(campaigns), day)
    report = invented_people.leads_report(leads, day.year)
    drop(folder, f"Pistes marketing-{day}-07-12-45.csv", report.encode("cp1252"), day)
    again = saved_again(invented_sales.opportunities_report(sales))
    drop(folder, f"Opportunités-{day}-07-14-02.csv", again, day)
    return Planted(
        people=pl.concat([_people(folder.name, contacts, "contact"), _people(folder.name, leads, "lead")]),
        companies=companies_of(
            folder.name, accounts.with_columns(record_id=invented_ids.short("account", pl.col("organisation_no")))
        ),
        campaigns=campaigns_of(folder.name, campaigns, "name"),
        settings={"owner": "sales operations", "monthly_cost": 1650},
    )


def _people(tool: str, records: pl.DataFrame, kind: str) -> pl.DataFrame:
    return people_of(tool, records.with_columns(record_id=invented_ids.short(kind, pl.col("contact_no"))), kind)
