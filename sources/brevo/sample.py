"""An invented company's Brevo: a French list, an English one, and campaign statistics saved again by a spreadsheet."""

from pathlib import Path

import polars as pl

from sources.invented import Company, Planted, in_units
from sources.invented_files import drop, saved_again
from sources.invented_people import campaigns_of, people_of, reachable

# as the screen exports them, and as the API does
SCREEN, API = "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M:%S"
CALLING_CODES = {"FR": "33", "GB": "44", "MA": "212"}


def write(company: Company, folder: Path) -> Planted:
    """Write two lists, which share nobody, and the statistics of a year's mailings but the latest."""
    own = reachable(company).filter(pl.col("contact_no") % 5 < 2).head(140)
    people = own.with_columns(record_id=(pl.col("contact_no") * 3 + 41).cast(pl.String))
    british = pl.col("country") == "GB"
    sends = company.sends.filter(~pl.col("test")).tail(18).head(12)
    drop(folder, "Export_clients.csv", _french(people.filter(~british)), company.until)
    drop(folder, "contacts UK.csv", _english(people.filter(british)), company.until)
    drop(folder, "statistiques-campagnes.csv", saved_again(_statistics(sends)), company.until)
    return Planted(
        people=people_of(folder.name, people),
        campaigns=campaigns_of(folder.name, sends, "title"),
        settings={"owner": "marketing", "monthly_cost": 65},
    )


def _sms() -> pl.Expr:
    """The number as the tool writes it: all digits, country first, no +."""
    dialled = pl.col("phone").str.replace("(0)", "", literal=True).str.replace_all(r"[^0-9+]", "")
    abroad = dialled.str.replace(r"^(\+|00)", "")
    national = pl.col("country").replace(CALLING_CODES) + dialled.str.replace("^0", "")
    return pl.when(dialled.str.contains(r"^(\+|00)")).then(abroad).otherwise(national)


def _stated(value: str, yes: str, no: str) -> pl.Expr:
    return pl.when(pl.col("consent") == value).then(pl.lit(yes)).otherwise(pl.lit(no))


def _french(people: pl.DataFrame) -> bytes:
    columns = {
        "CONTACT ID": pl.col("record_id"),
        "EMAIL": pl.col("email"),
        "NOM": pl.col("last_name"),
        "PRENOM": pl.col("first_name"),
        "SMS": _sms(),
        "ENTREPRISE": pl.col("company"),
        "DATE_NAISSANCE": pl.col("birth_date").dt.strftime("%d-%m-%Y"),
        "DOUBLE_OPT-IN": pl.when(pl.col("consent") == "granted").then(pl.lit("1")),
        "EMAIL_BLACKLISTED": _stated("withdrawn", "Oui", "Non"),
        "SMS_BLACKLISTED": pl.lit("Non"),
        "ADDED_TIME": pl.col("created_at").dt.strftime(SCREEN),
        "MODIFIED_TIME": pl.col("updated_at").dt.strftime(SCREEN),
    }
    return people.select(**columns).write_csv(separator=";").encode()


def _english(people: pl.DataFrame) -> bytes:
    columns = {
        "CONTACT ID": pl.col("record_id"),
        "EMAIL": pl.col("email"),
        "LASTNAME": pl.col("last_name"),
        "FIRSTNAME": pl.col("first_name"),
        "SMS": _sms(),
        "JOB_TITLE": pl.col("job_title"),
        "OPT_IN": pl.when(pl.col("consent") == "granted").then(pl.lit("Yes")),
        "EMAIL_BLACKLISTED": _stated("withdrawn", "Yes", "No"),
        "ADDED_TIME": pl.col("created_at").dt.strftime(API),
        "MODIFIED_TIME": pl.col("updated_at").dt.strftime(API),
    }
    return people.select(**columns).write_csv().encode()


def _statistics(sends: pl.DataFrame) -> pl.DataFrame:
    """A third of what the invented mailings reached."""
    counts = ["recipients", "hard_bounces", "soft_bounces", "unique_opens", "total_opens", "unique_clicks"]
    third = sends.with_columns(pl.col(*counts, "unsubscribes", "complaints") // 3)
    delivered = pl.col("recipients") - pl.col("hard_bounces") - pl.col("soft_bounces")
    rate = in_units((pl.col("unique_opens") * 10_000 + delivered // 2) // delivered, ",") + pl.lit(" %")
    columns = {
        "ID": pl.col("send_no") + 12,
        "Nom de la campagne": pl.col("title"),
        "Objet": pl.col("subject"),
        "Date d'envoi": pl.col("sent_at"),
        "Destinataires": pl.col("recipients"),
        "Délivrés": delivered,
        "Ouvreurs": pl.col("unique_opens"),
        "Total des ouvertures": pl.col("total_opens"),
        "Taux d'ouverture": rate,
        "Cliqueurs": pl.col("unique_clicks"),
        "Désinscriptions": pl.col("unsubscribes"),
        "Soft bounces": pl.col("soft_bounces"),
        "Hard bounces": pl.col("hard_bounces"),
        "Plaintes": pl.col("complaints"),
    }
    return third.select(**columns)
