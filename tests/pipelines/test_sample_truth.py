"""The truth written beside a sample is what its files show, worked out here from the files alone."""

import itertools
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_files import UNTIL, export, gaps, read_rows, tokens_of, truth

from pipelines.sample import write_sample

KINDS = {
    "campaign_names_differ",
    "consent_conflict",
    "deal_without_customer",
    "deal_without_source",
    "duplicate_contacts",
    "header_drift",
    "held_export",
    "invalid_email",
    "lost_ids",
    "missing_days",
    "no_exchange_rate",
    "rejected_cells",
    "rejected_rows",
    "repeated_figures",
    "shared_inbox",
    "shrunk_export",
    "spend_not_shown",
    "spend_without_campaign",
    "spend_without_currency",
    "stale_export",
    "tool_without_owner",
    "totals_differ",
    "unknown_tool",
    "unreachable_contact",
    "unreadable_file",
    "unusable_layout",
}


TELLING = {"hubspot", "mailchimp"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "exports", folder / "truth", customers=1500, until=UNTIL)
    return folder


@pytest.fixture(scope="module")
def people(sample: Path) -> dict[str, str]:
    """The person behind each record of the CRM and the mailing list, whose records are a person's stories."""
    rows = [row for row in truth(sample, "people") if row["tool"] in TELLING]
    return {f"{row['tool']}/contact/{row['record_id']}": row["person_id"] for row in rows}


@pytest.fixture(scope="module")
def records(sample: Path) -> list[dict[str, str]]:
    """Every contact of both tools under the same few names, whole rows with an id only."""
    return [*_crm(sample / "exports/hubspot"), *_audience(sample / "exports/mailchimp")]


def _crm(folder: Path) -> Iterator[dict[str, str]]:
    for row in export(folder, "*tous-les-contacts*"):
        if "(Sample Contact)" in row["Nom"] or row["Ville"] is None:
            continue
        out = "true" in (row["Désabonné de tous les e-mails"], row["Opted out of email: Marketing Information"])
        granted = row["Base juridique du traitement des données du contact"] == "Consentement libre du contact"
        yield {
            "key": "hubspot/contact/" + row["ID de fiche d'informations"],
            "first": row["Prénom"],
            "last": row["Nom"],
            "email": row["E-mail"].lower(),
            "phone": _digits(row["Numéro de téléphone"]),
            "consent": "withdrawn" if out else "granted" if granted else "unknown",
        }


def _audience(folder: Path) -> Iterator[dict[str, str]]:
    consents = {"subscribed": "granted", "unsubscribed": "withdrawn"}
    with zipfile.ZipFile(next(folder.glob("*.zip"))) as archive:
        for name in archive.namelist():
            for row in read_rows(archive.read(name).decode("utf-8")):
                imported = row["OPTIN_IP"] == "127.0.0.1" and name.startswith("subscribed")
                yield {
                    "key": f"mailchimp/contact/{row['EUID']}",
                    "first": row["First Name"].strip(),
                    "last": row["Last Name"].strip(),
                    "email": row["Email Address"].lower(),
                    "phone": _digits(row["Phone Number"]),
                    "consent": "unknown" if imported else consents.get(name.split("_")[0], "unknown"),
                }


def _digits(phone: str) -> str:
    return re.sub(r"^(0033|0044|33|44)", "0", re.sub(r"\D", "", phone))


def _full_name(record: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(tokens_of(record["first"]) + tokens_of(record["last"])))


def _one_edit(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    start = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    tails = {(one[start + a :], other[start + b :]) for a, b in ((1, 0), (0, 1), (1, 1))}
    return any(left == right for left, right in tails)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one == other or _one_edit(" ".join(one), " ".join(other))


def _compatible(one: dict[str, str], other: dict[str, str]) -> bool:
    def fits(first: str, last: str) -> bool:
        firsts, lasts = (tokens_of(one["first"]), tokens_of(first)), (tokens_of(one["last"]), tokens_of(last))
        short, long = sorted(firsts, key=lambda tokens: len("".join(tokens)))
        given = not short or _same_name(*firsts) or (short == (short[0][0],) and long[0].startswith(short[0]))
        family = _same_name(*lasts) or bool(set(lasts[0]) & set(lasts[1]))
        return given and (family or not all(lasts))

    return fits(other["first"], other["last"]) or fits(other["last"], other["first"])


def _linked(records: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """The groups of records with an address, or a telephone and a full name, in common."""
    for key in (lambda r: r["email"], lambda r: (r["phone"], _full_name(r)) if r["phone"] else None):
        groups = defaultdict(list)
        for record in records:
            if key(record):
                groups[key(record)].append(record)
        yield from groups.values()


def test_every_kind_of_gap_is_planted(sample: Path) -> None:
    assert {row["gap_kind"] for row in truth(sample, "gaps")} == KINDS


def test_truth_lists_every_record_once(people: dict[str, str], records: list[dict[str, str]]) -> None:
    assert sorted(people) == sorted(record["key"] for record in records)
    assert len(set(people.values())) == 1500


def test_other_tools_know_some_of_the_people_each_by_one_record(sample: Path, people: dict[str, str]) -> None:
    others = [row for row in truth(sample, "people") if row["tool"] not in TELLING]
    assert len({row["tool"] for row in others}) >= 5
    assert {row["person_id"] for row in others} < set(people.values())
    once = {(row["tool"], row["person_id"]) for row in others}
    assert len(once) == len(others)


def test_addresses_and_telephones_link_no_two_people_but_in_shared_inboxes(
    sample: Path, people: dict[str, str], records: list[dict[str, str]]
) -> None:
    shared = gaps(sample, "shared_inbox")
    for group in _linked([record for record in records if record["key"] not in shared]):
        assert len({people[record["key"]] for record in group}) == 1


def test_duplicates_are_the_people_with_two_linked_records_in_one_tool(
    sample: Path, people: dict[str, str], records: list[dict[str, str]]
) -> None:
    shared = gaps(sample, "shared_inbox")
    found = set()
    for group in _linked([record for record in records if record["key"] not in shared]):
        for tool in ("hubspot", "mailchimp"):
            keys = [record["key"] for record in group if record["key"].startswith(tool)]
            found |= set(keys) if len(keys) > 1 else set()
    assert found == gaps(sample, "duplicate_contacts")
    by_person = defaultdict(list)
    for key, person in people.items():
        by_person[person, key.split("/")[0]].append(key)
    assert found == {key for keys in by_person.values() if len(keys) > 1 for key in keys}
    assert {key.split("/")[0] for key in found} == {"hubspot", "mailchimp"}


def test_shared_inboxes_are_the_addresses_used_under_contradicting_names(
    sample: Path, records: list[dict[str, str]]
) -> None:
    groups = defaultdict(list)
    for record in records:
        if record["email"]:
            groups[record["email"]].append(record)
    contradicting = [
        group for group in groups.values() if any(not _compatible(*pair) for pair in itertools.combinations(group, 2))
    ]
    assert {record["key"] for group in contradicting for record in group} == gaps(sample, "shared_inbox")


def test_role_addresses_are_all_shared(sample: Path, records: list[dict[str, str]]) -> None:
    role = re.compile(r"(info|contact|commercial|compta|accueil|sales)@")
    assert {record["key"] for record in records if role.match(record["email"])} <= gaps(sample, "shared_inbox")


def test_consents_conflict_where_the_truth_says_so_and_nowhere_else(
    sample: Path, people: dict[str, str], records: list[dict[str, str]]
) -> None:
    statements = defaultdict(lambda: defaultdict(set))
    for record in records:
        statements[people[record["key"]]][record["consent"]].add(record["key"])
    conflicts = [told for told in statements.values() if told["granted"] and told["withdrawn"]]
    assert {key for told in conflicts for key in told["granted"] | told["withdrawn"]} == gaps(
        sample, "consent_conflict"
    )


def test_whoever_contradicts_himself_can_be_linked(
    sample: Path, people: dict[str, str], records: list[dict[str, str]]
) -> None:
    conflicting = gaps(sample, "consent_conflict")
    sizes = [len(group) for group in _linked([record for record in records if record["key"] in conflicting])]
    assert sum(size == 2 for size in sizes) >= len(conflicting) / 2


def test_some_people_cannot_be_linked_by_address_or_telephone(
    people: dict[str, str], records: list[dict[str, str]]
) -> None:
    linked = {record["key"] for group in _linked(records) if len(group) > 1 for record in group}
    tools = defaultdict(set)
    for key, person in people.items():
        tools[person].add(key)
    hard = [keys for keys in tools.values() if len(keys) > 1 and not keys & linked]
    assert len(hard) >= 30
    assert all({key.split("/")[0] for key in keys} == {"hubspot", "mailchimp"} for keys in hard)


def test_invalid_addresses_and_unreachable_contacts(sample: Path, records: list[dict[str, str]]) -> None:
    address = re.compile(r"[^@ ]+@[^@ ]+\.[a-z]+")
    invalid = {
        record["key"]: record for record in records if record["email"] and not address.fullmatch(record["email"])
    }
    assert set(invalid) == gaps(sample, "invalid_email")
    assert all(record["phone"] for record in invalid.values())
    silent = {record["key"] for record in records if not record["email"] and not record["phone"]}
    assert silent == gaps(sample, "unreachable_contact")


def test_a_telephone_of_several_people_is_a_switchboard(people: dict[str, str], records: list[dict[str, str]]) -> None:
    lines = defaultdict(list)
    for record in records:
        if record["phone"]:
            lines[record["phone"]].append(record)
    boards = [group for group in lines.values() if len({people[record["key"]] for record in group}) > 1]
    assert boards
    for group in boards:
        assert len(group) >= 3
        assert len({tokens_of(record["last"]) for record in group}) == len(group)


def test_deals_without_source_or_customer(sample: Path, records: list[dict[str, str]]) -> None:
    deals = export(sample / "exports/hubspot", "*all-deals*")
    known = {record["key"] for record in records}
    assert {f"hubspot/deal/{deal['Record ID']}" for deal in deals if not deal["Original Source Type"]} == gaps(
        sample, "deal_without_source"
    )
    assert {
        f"hubspot/deal/{deal['Record ID']}"
        for deal in deals
        if f"hubspot/contact/{deal['Associated Contact IDs']}" not in known
    } == gaps(sample, "deal_without_customer")
    assert {deal["Currency"] for deal in deals} == {"EUR", "GBP"}
