"""The contacts in the exports of an invented company's CRM, mailing list and shop, under the same few names."""

import itertools
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sample_files import export, read_rows, tokens_of

Record = dict[str, str]
# the tools whose records are the people's stories; the others know whom there is nothing to tell of
TELLING = {"hubspot", "mailchimp", "klaviyo"}


def records_of(exports: Path) -> list[Record]:
    """Whole rows with an id only."""
    return [*_crm(exports / "hubspot"), *_audience(exports / "mailchimp"), *_shop(exports / "klaviyo")]


def _crm(folder: Path) -> Iterator[Record]:
    for row in export(folder, "*tous-les-contacts*"):
        if "(Sample Contact)" in row["Nom"] or row["Ville"] is None:
            continue
        out = "true" in (row["Désabonné de tous les e-mails"], row["Opted out of email: Marketing Information"])
        granted = row["Base juridique du traitement des données du contact"] == "Consentement libre du contact"
        labels = {
            "first": "Prénom",
            "last": "Nom",
            "email": "E-mail",
            "phone": "Numéro de téléphone",
            "company": "Nom de l'entreprise",
            "street": "Adresse postale",
            "postcode": "Code postal",
            "born": "Date de naissance",
        }
        consent = "withdrawn" if out else "granted" if granted else "unknown"
        yield _record("hubspot/contact/" + row["ID de fiche d'informations"], row, labels, consent)


def _audience(folder: Path) -> Iterator[Record]:
    consents = {"subscribed": "granted", "unsubscribed": "withdrawn"}
    labels = {
        "first": "First Name",
        "last": "Last Name",
        "email": "Email Address",
        "phone": "Phone Number",
        "company": "Company",
        "postcode": "ZIP Code",
        "born": "Date of birth",
    }
    with zipfile.ZipFile(next(folder.glob("*.zip"))) as archive:
        for name in archive.namelist():
            for row in read_rows(archive.read(name).decode("utf-8")):
                imported = row["OPTIN_IP"] == "127.0.0.1" and name.startswith("subscribed")
                consent = "unknown" if imported else consents.get(name.split("_")[0], "unknown")
                yield _record(f"mailchimp/contact/{row['EUID']}", row, labels, consent)


def _shop(folder: Path) -> Iterator[Record]:
    consents = {"SUBSCRIBED": "granted", "UNSUBSCRIBED": "withdrawn"}
    labels = {
        "first": "First Name",
        "last": "Last Name",
        "email": "Email",
        "phone": "Phone Number",
        "company": "Organization",
        "street": "Address",
        "postcode": "Zip Code",
    }
    for row in read_rows((folder / "Clients boutique.csv").read_text(encoding="utf-8-sig")):
        left = row["Email Suppressions"] == "UNSUBSCRIBED"
        consent = "withdrawn" if left else consents.get(row["Email Marketing Consent"], "unknown")
        yield _record(f"klaviyo/contact/{row['Klaviyo ID']}", row, labels, consent)


def _record(key: str, row: dict[str, Any], labels: dict[str, str], consent: str) -> Record:
    values = {field: row[label].strip() for field, label in labels.items()}
    values |= {"email": values["email"].lower(), "phone": national(values["phone"])}
    return {"street": "", "born": "", **values, "key": key, "consent": consent}


def national(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return digits if digits.startswith("0000") else re.sub(r"^(0033|0044|33|44)", "0", digits)


def full_name(record: Record) -> tuple[str, ...]:
    return tuple(sorted(tokens_of(record["first"]) + tokens_of(record["last"])))


def grouped(records: Iterable[Record], field: str) -> list[list[Record]]:
    """The records that have the same in a field."""
    groups = defaultdict(list)
    for record in records:
        if record[field]:
            groups[record[field]].append(record)
    return list(groups.values())


def linked(records: list[Record]) -> Iterator[list[Record]]:
    """The groups of records with an address, or a telephone and a full name, in common."""
    yield from grouped(records, "email")
    for line in grouped(records, "phone"):
        names = defaultdict(list)
        for record in line:
            names[full_name(record)].append(record)
        yield from (group for name, group in names.items() if name)


def compatible(one: Record, other: Record) -> bool:
    """Whether both records can name the same person."""
    if not (one["last"] and other["last"]):
        return _same_words(full_name(one), full_name(other))
    return _fits(one, other) or _fits(other, one)


def _fits(one: Record, other: Record) -> bool:
    def fits(first: str, last: str) -> bool:
        firsts, lasts = (tokens_of(one["first"]), tokens_of(first)), (tokens_of(one["last"]), tokens_of(last))
        short, long = sorted(firsts, key=lambda tokens: len("".join(tokens)))
        given = not short or _same_name(*firsts) or (short == (short[0][0],) and long[0].startswith(short[0]))
        family = _same_name(*lasts) or bool(set(lasts[0]) & set(lasts[1]))
        return given and family

    return fits(other["first"], other["last"]) or fits(other["last"], other["first"])


def _same_words(*names: tuple[str, ...]) -> bool:
    """Whether one name has each word of the other, mistyped or cut as it may be."""
    return any(
        all(any(word in {other, other[0]} or _one_edit(word, other) for other in long) for word in short)
        for short, long in (names, names[::-1])
    )


def _one_edit(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    start = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    tails = {(one[start + a :], other[start + b :]) for a, b in ((1, 0), (0, 1), (1, 1))}
    return any(left == right for left, right in tails)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one == other or _one_edit(" ".join(one), " ".join(other))
