"""Tools that nobody but this company has: a folder with a layout and an export, and no code."""

from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, gap
from sources.invented_files import drop, saved_again
from sources.invented_people import people_of, reachable

LAYOUT = Path(__file__).parent / "own_layout.yml"
# begun by somebody who guessed the name of a type
UNFINISHED = """title: Till
kind: other
languages: [fr]
reports:
  sales:
    grain: one row per receipt
    needs: [receipt]
    fields:
      receipt: {type: number, fr: [Ticket]}
"""
LETTER = {"granted": "oui", "withdrawn": "désinscrit"}


def write_workshop(company: Company, folder: Path) -> Planted:
    """Write the layout and what the workshop's counter exports."""
    known = reachable(company)
    # enough of them that some day of the month proves which number is the month
    customers = known.gather_every(max(1, len(known) // 40)).with_columns(record_id=pl.format("A{}", "contact_no"))
    rows = customers.select(
        **{
            "N° de fiche": pl.col("record_id"),
            "Prénom": pl.col("first_name"),
            "Nom": pl.col("last_name"),
            "Courriel": pl.col("email"),
            "Portable": pl.col("phone"),
            "Employeur": pl.col("company"),
            "Première visite": pl.col("created_at"),
            "Lettre de l'atelier": pl.col("consent").replace_strict(LETTER, default=None),
            "Cautions": pl.col("contact_no").cast(pl.Decimal(18, 2)) / 4,
        }
    )
    drop(folder, "layout.yml", LAYOUT.read_bytes(), company.until)
    drop(folder, f"fiches-{company.until}.csv", saved_again(rows), company.until)
    return Planted(people=people_of(folder.name, customers), settings={"owner": "workshop", "monthly_cost": 0})


def write_till(company: Company, folder: Path) -> Planted:
    """Write a layout that cannot be used, and an export that is therefore not read."""
    receipts = pl.DataFrame({"Ticket": range(7001, 7021), "Total": ["24,90"] * 20})
    drop(folder, "layout.yml", UNFINISHED.encode(), company.until)
    path = drop(folder, f"tickets-{company.until}.csv", saved_again(receipts), company.until)
    unread = gap("unknown_tool", folder.name, [f"{folder.name}/{path.name}"])
    return Planted(gaps=pl.concat([unread, gap("unusable_layout", folder.name, [folder.name], subject=folder.name)]))
