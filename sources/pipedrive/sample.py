"""An invented company's Pipedrive: people, organizations saved again by a spreadsheet, and deals in French."""

from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, in_units
from sources.invented_files import drop, saved_again
from sources.invented_people import COUNTRIES, campaigns_of, companies_of, people_of, reachable

SECOND = "%Y-%m-%d %H:%M:%S"
CONSENTS = {"granted": "Subscribed", "withdrawn": "Unsubscribed", "unknown": "No consent"}
SOURCES = {
    "organic": "Site web",
    "paid": "Publicité en ligne",
    "email": "E-mailing",
    "direct": "Appel entrant",
    "referral": "Recommandation",
    "offline": "Salon",
}
STAGES = {
    "appointment": "Rendez-vous pris",
    "qualified": "Qualifiée",
    "presentation": "Présentation",
    "decision": "Décision",
    "contract": "Contrat envoyé",
    "won": "Contrat envoyé",
    "lost": "Négociation",
}
STATUSES = {"won": "Gagné", "lost": "Perdu"}


def write(company: Company, folder: Path) -> Planted:
    """Write the exports of people, organizations and deals; deals know their people by name alone."""
    named = reachable(company).with_columns(
        name=pl.concat_str("first_name", "last_name", separator=" ", ignore_nulls=True)
    )
    # a name that two people bear would link neither
    own = named.unique("name", keep="none", maintain_order=True).filter(pl.col("contact_no") % 3 == 0).head(140)
    in_capitals = (pl.col("contact_no") % 4 == 0) & pl.col("first_name").is_not_null()
    people = own.with_columns(
        record_id=(pl.col("contact_no") + 11).cast(pl.String),
        name=pl.when(in_capitals).then(_as_in_directories()).otherwise("name"),
        spelling=pl.when(in_capitals).then(pl.lit("one_field")).otherwise("spelling"),
    )
    known = company.organisations.join(people, on="organisation_no", how="semi", maintain_order="left").with_columns(
        record_id=(pl.col("organisation_no") + 3).cast(pl.String),
        # nobody entered a number here
        story=pl.col("story").replace("invalid_registration_number", "plain"),
    )
    deals = company.deals.filter((pl.col("story") == "plain") & pl.col("source").is_not_null()).join(
        people.select("contact_no", person="name"), on="contact_no", maintain_order="left"
    )
    drop(folder, "people-12904417-31.csv", _people(people).write_csv().encode(), company.until)
    drop(folder, "organisations.csv", saved_again(_organisations(known)), company.until)
    drop(folder, "deals-12904417-32.csv", _deals(deals), company.until)
    return Planted(
        people=people_of(folder.name, people),
        companies=companies_of(folder.name, known),
        campaigns=campaigns_of(folder.name, deals, "campaign_name"),
        settings={"owner": "sales operations", "monthly_cost": 147},
    )


def _as_in_directories() -> pl.Expr:
    return pl.col("last_name").str.to_uppercase() + pl.lit(" ") + pl.col("first_name")


def _people(people: pl.DataFrame) -> pl.DataFrame:
    employed = pl.col("organisation_no").is_not_null()
    mobile = pl.col("phone").str.contains(r"^(\+33|0033)?\D*0?[67]")
    return people.select(
        **{
            "Person - ID": pl.col("record_id"),
            "Person - Name": pl.col("name"),
            "Person - Labels": pl.when(pl.col("stage") == "customer").then(pl.lit("Customer")),
            "Person - Organization": pl.col("company"),
            "Person - Email - Work": pl.when(employed).then("email"),
            "Person - Email - Home": pl.when(~employed).then("email"),
            "Person - Phone - Work": pl.when(~mobile).then("phone"),
            "Person - Phone - Mobile": pl.when(mobile).then("phone"),
            "Person - Job title": pl.col("job_title"),
            "Person - Country of Postal address": pl.col("country").replace(COUNTRIES),
            "Person - Marketing status": pl.col("consent").replace(CONSENTS),
            "Person - Person created": pl.col("created_at").dt.strftime(SECOND),
            "Person - Update time": pl.col("updated_at").dt.strftime(SECOND),
        }
    )


def _organisations(known: pl.DataFrame) -> pl.DataFrame:
    return known.select(
        **{
            "Organisation - ID": pl.col("record_id"),
            "Organisation - Nom": pl.col("name"),
            "Organisation - Site web": pl.lit("https://www.") + pl.col("domain"),
            "Organisation - Secteur d'activité": pl.col("industry"),
            "Organisation - Adresse": pl.concat_str("street", "city", separator=", "),
            "Organisation - Ville": pl.col("city"),
            "Organisation - Pays": pl.col("country").replace(COUNTRIES),
            "Organisation - Propriétaire": pl.col("owner"),
            "Organisation - Organisation créée": pl.col("created_at"),
        }
    )


def _deals(deals: pl.DataFrame) -> bytes:
    """With a column that has no name and no content, as some of these exports end."""
    closed = pl.when(pl.col("stage").is_in(list(STATUSES))).then(pl.col("closed_at").dt.strftime(SECOND))
    rows = deals.select(
        **{
            "Affaire - ID": pl.col("deal_no") + 201,
            "Affaire - Titre": pl.col("name"),
            "Affaire - Valeur": in_units(pl.col("amount")),
            "Affaire - Devise de Valeur": pl.col("currency"),
            "Affaire - Organisation": pl.col("company"),
            "Affaire - Personne à contacter": pl.col("person"),
            "Affaire - Pipeline": pl.lit("Ventes"),
            "Affaire - Étape": pl.col("stage").replace(STAGES),
            "Affaire - Statut": pl.col("stage").replace_strict(STATUSES, default="En cours"),
            "Affaire - Source du lead": pl.col("source").replace(SOURCES),
            "Affaire - utm_campaign": pl.col("campaign_name"),
            "Affaire - Affaire créée": pl.col("created_at").dt.strftime(SECOND),
            "Affaire - Date de gain": pl.when(pl.col("stage") == "won").then(closed),
            "Affaire - Heure de l'échec": pl.when(pl.col("stage") == "lost").then(closed),
            "": pl.lit(None, pl.String),
        }
    )
    return rows.write_csv().encode()
