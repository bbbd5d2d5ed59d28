"""The truth written beside a sample is what its files show, worked out here from the files alone."""

import itertools
import re
from collections import defaultdict
from pathlib import Path

import pytest
from sample_files import UNTIL, export, gaps, tokens_of, truth
from sample_records import TELLING, Record, compatible, grouped, linked, records_of

from pipelines.sample import write_sample
from pipelines.sample.lookalikes import NO_ADDRESS

KINDS = {
    "bounced_but_active",
    "campaign_names_differ",
    "companies_alike",
    "companies_share_domain",
    "consent_conflict",
    "customer_values_differ",
    "deal_without_customer",
    "deal_without_source",
    "duplicate_companies",
    "duplicate_contacts",
    "header_drift",
    "held_export",
    "invalid_email",
    "invalid_registration_number",
    "lost_ids",
    "mailed_after_opt_out",
    "missing_days",
    "no_exchange_rate",
    "outdated_contact",
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


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "exports", folder / "truth", customers=1500, until=UNTIL)
    return folder


@pytest.fixture(scope="module")
def people(sample: Path) -> dict[str, str]:
    """The person behind each record of the CRM, the mailing list and the shop."""
    rows = [row for row in truth(sample, "people") if row["tool"] in TELLING]
    return {f"{row['tool']}/contact/{row['record_id']}": row["person_id"] for row in rows}


@pytest.fixture(scope="module")
def records(sample: Path) -> list[Record]:
    return records_of(sample / "exports")


@pytest.fixture(scope="module")
def lookalikes(sample: Path) -> set[str]:
    """Records of people who are easily taken for each other: their stories are told apart."""
    groups = defaultdict(list)
    for row in truth(sample, "stories"):
        groups[row["group"]].append(row)
    return {
        f"{row['tool']}/{row['record_type']}/{row['record_id']}"
        for rows in groups.values()
        if len({row["person_id"] for row in rows}) > 1
        for row in rows
    }


def test_every_kind_of_gap_is_planted(sample: Path) -> None:
    assert {row["gap_kind"] for row in truth(sample, "gaps")} == KINDS


def test_truth_lists_every_record_once(people: dict[str, str], records: list[Record]) -> None:
    assert sorted(people) == sorted(record["key"] for record in records)
    assert len(set(people.values())) == 1500


def test_other_tools_know_some_of_the_people_each_by_one_record(sample: Path, people: dict[str, str]) -> None:
    others = [row for row in truth(sample, "people") if row["tool"] not in TELLING]
    assert len({row["tool"] for row in others}) >= 5
    assert {row["person_id"] for row in others} < set(people.values())
    once = {(row["tool"], row["person_id"]) for row in others}
    assert len(once) == len(others)


def test_addresses_and_telephones_link_no_two_people_but_lookalikes(
    people: dict[str, str], records: list[Record], lookalikes: set[str]
) -> None:
    for group in linked([record for record in records if record["key"] not in lookalikes]):
        assert len({people[record["key"]] for record in group}) == 1


def test_duplicates_are_the_people_with_two_linked_records_in_one_tool(
    sample: Path, people: dict[str, str], records: list[Record], lookalikes: set[str]
) -> None:
    found = set()
    for group in linked([record for record in records if record["key"] not in lookalikes]):
        for tool in TELLING:
            keys = [record["key"] for record in group if record["key"].startswith(tool)]
            found |= set(keys) if len(keys) > 1 else set()
    assert found == gaps(sample, "duplicate_contacts")
    by_person = defaultdict(list)
    for key, person in people.items():
        by_person[person, key.split("/")[0]].append(key)
    assert found == {key for keys in by_person.values() if len(keys) > 1 for key in keys}
    assert {key.split("/")[0] for key in found} == {"hubspot", "mailchimp"}


def test_shared_inboxes_are_the_addresses_of_several_people_whose_names_contradict(
    sample: Path, people: dict[str, str], records: list[Record]
) -> None:
    groups = [group for group in grouped(records, "email") if group[0]["email"] != NO_ADDRESS]
    shared = [group for group in groups if len({people[record["key"]] for record in group}) > 1]
    assert {record["key"] for group in shared for record in group} == gaps(sample, "shared_inbox")
    for group in shared:
        assert any(not compatible(*pair) for pair in itertools.combinations(group, 2))


def test_names_under_one_persons_address_contradict_only_where_the_story_says_so(
    sample: Path, people: dict[str, str], records: list[Record], lookalikes: set[str]
) -> None:
    renamed = {row["group"] for row in truth(sample, "stories") if row["story"] in {"short_name", "new_name"}}
    for group in grouped([record for record in records if record["key"] not in lookalikes], "email"):
        if any(not compatible(*pair) for pair in itertools.combinations(group, 2)):
            assert people[group[0]["key"]] in renamed


def test_role_addresses_are_all_shared(sample: Path, records: list[Record]) -> None:
    role = re.compile(r"(info|contact|commercial|compta|accueil|sales)@")
    assert {record["key"] for record in records if role.match(record["email"])} <= gaps(sample, "shared_inbox")


def test_consents_conflict_where_the_truth_says_so_and_nowhere_else(
    sample: Path, people: dict[str, str], records: list[Record]
) -> None:
    statements = defaultdict(lambda: defaultdict(set))
    for record in records:
        statements[people[record["key"]]][record["consent"]].add(record["key"])
    conflicts = [told for told in statements.values() if told["granted"] and told["withdrawn"]]
    assert {key for told in conflicts for key in told["granted"] | told["withdrawn"]} == gaps(
        sample, "consent_conflict"
    )


def test_whoever_contradicts_himself_can_be_linked(sample: Path, people: dict[str, str], records: list[Record]) -> None:
    conflicting = gaps(sample, "consent_conflict")
    sizes = [len(group) for group in linked([record for record in records if record["key"] in conflicting])]
    assert sum(size == 2 for size in sizes) >= len(conflicting) / 2


def test_some_people_cannot_be_linked_by_address_or_telephone(people: dict[str, str], records: list[Record]) -> None:
    found = {record["key"] for group in linked(records) if len(group) > 1 for record in group}
    tools = defaultdict(set)
    for key, person in people.items():
        tools[person].add(key)
    hard = [keys for keys in tools.values() if len(keys) > 1 and not keys & found]
    assert len(hard) >= 20


def test_invalid_addresses_and_unreachable_contacts(sample: Path, records: list[Record]) -> None:
    address = re.compile(r"[^@ ]+@[^@ ]+\.[a-z]+")
    invalid = {
        record["key"]: record for record in records if record["email"] and not address.fullmatch(record["email"])
    }
    placeholders = {record["key"] for record in records if record["email"] == NO_ADDRESS}
    assert set(invalid) | placeholders == gaps(sample, "invalid_email") and len(placeholders) > 1
    assert all(record["phone"] for record in invalid.values())
    silent = {record["key"] for record in records if not record["email"] and not record["phone"]}
    assert silent == gaps(sample, "unreachable_contact")


def test_a_telephone_of_several_people_is_a_switchboard(
    people: dict[str, str], records: list[Record], lookalikes: set[str]
) -> None:
    lines = grouped([record for record in records if record["key"] not in lookalikes], "phone")
    boards = [group for group in lines if len({people[record["key"]] for record in group}) > 1]
    assert boards
    for group in boards:
        assert len(group) >= 3
        assert len({tokens_of(record["last"]) for record in group}) == len(group)


def test_deals_without_source_or_customer(sample: Path, records: list[Record]) -> None:
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
