"""Who is easily taken for somebody else, and whom a tool knows otherwise, is as the stories of a sample say."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_files import UNTIL, tokens_of, truth
from sample_records import TELLING, Record, full_name, grouped, records_of

from pipelines.cli.sample import sample as command
from pipelines.sample import write_sample
from pipelines.sample.disguises import short_names
from pipelines.sample.lookalikes import AT_HOME, AT_WORK
from pipelines.sample.people import STORIES

FALSE_FRIENDS = {
    "assistant",
    "couple",
    "father_and_son",
    "namesakes_at_work",
    "namesakes_in_town",
    "office_inbox",
    "placeholder_address",
    "placeholder_phone",
    "reception",
    "twins",
    "undated_father_and_son",
}
OTHERWISE = {
    "consent_conflict",
    "dotted_address",
    "duplicate_crm_address",
    "duplicate_crm_phone",
    "duplicate_mail",
    "hard",
    "job_change",
    "new_name",
    "no_crm_address",
    "phone_linked",
    "plus_address",
    "short_name",
}
# of each story its groups: the records of each person
Stories = dict[str, list[dict[str, list[Record]]]]
SPELLINGS = {"initial", "lower", "maiden", "no_first_name", "one_field", "spaced", "swapped", "typo"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "exports", folder / "truth", customers=1500, until=UNTIL)
    return folder


@pytest.fixture(scope="module")
def records(sample: Path) -> dict[str, Record]:
    return {record["key"]: record for record in records_of(sample / "exports")}


@pytest.fixture(scope="module")
def stories(sample: Path, records: dict[str, Record]) -> Stories:
    groups: dict[tuple[str, str], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for row in truth(sample, "stories"):
        if row["tool"] in TELLING:
            record = records[f"{row['tool']}/{row['record_type']}/{row['record_id']}"]
            groups[row["story"], row["group"]][row["person_id"]].append(record)
    told = defaultdict(list)
    for (story, _), people in groups.items():
        told[story].append(people)
    return told


def _pairs(group: dict[str, list[Record]]) -> Iterator[tuple[Record, Record]]:
    """Records of the first two people of a group."""
    return itertools.product(*itertools.islice(group.values(), 2))


def _seen(group: dict[str, list[Record]], field: str) -> list[set[str]]:
    """What is stated of each person."""
    return [{record[field] for record in person} - {""} for person in group.values()]


def test_every_story_is_told_of_some(stories: Stories) -> None:
    assert FALSE_FRIENDS | OTHERWISE | {f"written_{spelling}" for spelling in SPELLINGS} <= stories.keys()
    assert all(len(groups) >= 2 for groups in stories.values())


def test_the_document_names_all_stories_and_their_shares(stories: Stories) -> None:
    text = (Path(__file__).parents[2] / "docs" / "sample.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE))
    assert {name for name in stories if not name.startswith("written_")} == rows.keys()
    assert {name: share for name, share in rows.items() if name in STORIES} == {
        name: f"{share * 100:.1f} %"
        for name, share in STORIES.items()
        if name not in {"invalid_email", "unreachable_contact"}
    }
    kinds = AT_HOME | AT_WORK
    assert {name: rows[name] for name in kinds} == {name: f"{kind.customers:,}" for name, kind in kinds.items()}
    assert {name for name in stories if name.startswith("written_")} <= set(re.findall(r"`(written_\w+)`", text))


def test_stories_agree_with_the_truth_about_people(sample: Path) -> None:
    people = {(row["tool"], row["record_type"], row["record_id"]): row["person_id"] for row in truth(sample, "people")}
    for row in truth(sample, "stories"):
        assert people[row["tool"], row["record_type"], row["record_id"]] == row["person_id"]


@pytest.mark.parametrize("story", sorted(FALSE_FRIENDS))
def test_a_false_friend_is_another_person(story: str, stories: Stories) -> None:
    assert all(len(group) >= 2 for group in stories[story])


def test_father_and_son_share_name_home_and_telephone_but_no_day_of_birth(
    stories: Stories,
) -> None:
    for group in stories["father_and_son"]:
        assert all(full_name(one) == full_name(other) for one, other in _pairs(group))
        assert len(set.union(*_seen(group, "phone"))) == 1
        assert len({street.replace(",", "") for street in set.union(*_seen(group, "street"))}) == 1
        [[father], [son]] = sorted(_seen(group, "born"), key=sorted)
        assert (date.fromisoformat(son) - date.fromisoformat(father)).days > 20 * 365


def test_without_days_of_birth_an_ending_or_others_on_the_line_tell_father_from_son(
    stories: Stories,
) -> None:
    endings = {"pere", "fils", "sr", "jr"}
    for group in stories["undated_father_and_son"]:
        everybody = [record for person in group.values() for record in person]
        assert not any(record["born"] for record in everybody)
        ended = {word for record in everybody for word in full_name(record)} & endings
        on_line = {frozenset(full_name(record)) - endings for record in everybody if record["phone"]}
        assert len(ended) == 2 or len(on_line) == 2
        assert len(set.union(*_seen(group, "phone"))) == 1


def test_twins_share_all_but_first_name_and_address(stories: Stories) -> None:
    for group in stories["twins"]:
        assert len(set.union(*_seen(group, "born"))) == 1
        assert len(set.union(*_seen(group, "phone"))) == 1
        assert all(full_name(one) != full_name(other) for one, other in _pairs(group))
        assert set.isdisjoint(*_seen(group, "email"))


@pytest.mark.parametrize("story", ["couple", "assistant", "office_inbox", "placeholder_address"])
def test_an_address_is_shared_under_other_names(story: str, stories: Stories) -> None:
    for group in stories[story]:
        assert len(set.union(*_seen(group, "email"))) == 1
        assert all(full_name(one) != full_name(other) for one, other in _pairs(group))


@pytest.mark.parametrize("story", ["namesakes_in_town", "namesakes_at_work"])
def test_namesakes_have_addresses_telephones_and_days_of_birth_of_their_own(story: str, stories: Stories) -> None:
    for group in stories[story]:
        assert all(full_name(one) == full_name(other) for one, other in _pairs(group))
        for field in ("email", "phone", "born"):
            assert set.isdisjoint(*_seen(group, field))
        assert all(_seen(group, "phone"))
        shared = "company" if story == "namesakes_at_work" else "postcode"
        assert len(set.union(*_seen(group, shared))) == 1


def test_many_are_reached_at_one_reception_and_two_of_them_are_namesakes(
    stories: Stories,
) -> None:
    for group in stories["reception"]:
        assert len(group) >= 30
        assert len(set.union(*_seen(group, "phone"))) == 1
        names = {frozenset(tuple(full_name(record)) for record in person) for person in group.values()}
        assert len(names) < len(group)


def test_a_telephone_that_is_none_is_typed_for_many(records: dict[str, Record], stories: Stories) -> None:
    zeros = [group for group in grouped(records.values(), "phone") if set(group[0]["phone"]) == {"0"}]
    people = {person for group in stories["placeholder_phone"] for person in group}
    assert sum(len(group) for group in zeros) == len(people) >= 6


def test_a_short_name_stands_for_the_long_one(stories: Stories) -> None:
    names = [(row["first_name"], row["short_name"]) for row in short_names().rows(named=True)]
    for [person] in (group.values() for group in stories["short_name"]):
        words = {word for record in person for word in full_name(record)}
        assert any({*tokens_of(name), *tokens_of(short)} <= words for name, short in names)


def test_under_another_name_something_else_is_the_same(stories: Stories) -> None:
    for [person] in (group.values() for group in stories["new_name"]):
        assert len({frozenset(full_name(record)) for record in person}) >= 2
        assert any(len(group) > 1 for field in ("email", "phone", "born") for group in grouped(person, field))


def test_a_mailbox_is_the_same_without_tag_or_dots(stories: Stories) -> None:
    for story, noise in (("plus_address", "+velosolis"), ("dotted_address", ".")):
        for [person] in (group.values() for group in stories[story]):
            locals_ = [record["email"].split("@")[0] for record in person]
            assert len(set(locals_)) == 2
            assert len({local.replace(noise, "") for local in locals_}) == 1


def test_a_new_employer_leaves_name_and_telephone(stories: Stories) -> None:
    for [person] in (group.values() for group in stories["job_change"]):
        assert len({record["company"] for record in person}) == 2
        assert len({record["email"].split("@")[1] for record in person}) == 2
        assert len({record["phone"] for record in person} - {""}) == 1
        assert len({full_name(record) for record in person}) == 1


def test_without_an_address_name_postcode_and_day_of_birth_remain(
    stories: Stories,
) -> None:
    for [person] in (group.values() for group in stories["no_crm_address"]):
        crm, mail = (next(r for r in person if r["key"].startswith(tool)) for tool in ("hubspot", "mailchimp"))
        assert not crm["email"] and crm["phone"] and mail["email"] and not mail["phone"]
        assert all(crm[field] == mail[field] != "" for field in ("postcode", "born"))
        assert full_name(crm) == full_name(mail)


def test_a_name_in_one_field_has_both_words(stories: Stories) -> None:
    for [person] in (group.values() for group in stories["written_one_field"]):
        whole = [record for record in person if record["first"] and not record["last"]]
        assert all(len(tokens_of(record["first"])) >= 2 for record in whole)


def test_the_sample_of_some_tools_is_the_same_as_of_all(sample: Path, tmp_path: Path) -> None:
    named = {"hubspot", "klaviyo"}
    write_sample(tmp_path / "exports", tmp_path / "truth", customers=1500, until=UNTIL, tools=named)
    written = [path.relative_to(tmp_path / "exports") for path in tmp_path.glob("exports/*/*")]
    assert {path.parts[0] for path in written} == named
    assert all(
        (tmp_path / "exports" / path).read_bytes() == (sample / "exports" / path).read_bytes() for path in written
    )
    assert truth(tmp_path, "people") == [row for row in truth(sample, "people") if row["tool"] in named]


def test_a_tool_the_company_does_not_use_is_wrong_usage(tmp_path: Path) -> None:
    words = ["--exports", str(tmp_path / "exports"), "--lake", str(tmp_path / "lake"), "--tools", "hubspot,abacus"]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 2
    assert "abacus" in result.output and "mailchimp" in result.output
