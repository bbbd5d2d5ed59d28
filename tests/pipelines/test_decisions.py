"""What people decide, by the command and as models and loads read it."""

import pytest
from click.testing import CliRunner

from pipelines import decisions
from pipelines.cli.decide import decide
from pipelines.decisions import Unknown

HELD = "0123456789abcdef" * 4


@pytest.fixture
def staging(new_company):
    opened = new_company.staging
    opened.con.execute("create schema lake.mart")
    opened.con.execute(
        "create table lake.mart.gaps as select * from"
        " (values ('e122794fd43f', 'open'), ('10f41818328b', 'resolved')) as gaps (gap_id, status)"
    )
    opened.con.execute(
        "insert into lake.ops.files (file_id, path, status) values"
        f" ('{HELD}', 'a.csv', 'held'), ('{HELD}', 'b.csv', 'held'), ('fedcba9876543210', 'c.csv', 'loaded')"
    )
    return opened


def test_a_gap_or_a_held_file_is_accepted_until_it_is_undone(staging):
    gap = decisions.accept(staging, "e122794fd43f", "known since May", "Kim")
    file = decisions.accept(staging, HELD[:8], None, None)
    assert (gap.kind, file.kind, file.subject) == ("accept_gap", "accept_export", HELD)
    assert decisions.accepted(staging, "accept_export") == {HELD}
    assert decisions.standing(staging.con) == [gap, file]
    assert decisions.undo(staging, gap.decision_id) == [gap]
    assert decisions.undo(staging, HELD[:12]) == [file]
    assert decisions.standing(staging.con) == []
    assert staging.con.execute("select count(*) from lake.ops.decisions").fetchone() == (2,)


def test_what_was_decided_is_not_decided_again(staging):
    first = decisions.accept(staging, "e122794fd43f", "known", "Kim")
    assert decisions.accept(staging, "e122794fd43f", "again", "Lou") == first


@pytest.mark.parametrize("given", ["10f41818328b", "nosuchgap", HELD[:7], "fedcba98", ""])
def test_only_open_gaps_and_held_files_can_be_accepted(staging, given):
    with pytest.raises(Unknown, match="is no open gap"):
        decisions.accept(staging, given, None, None)


@pytest.mark.parametrize("given", ["e1", "e122794fd43f"])
def test_only_what_stands_can_be_undone(staging, given):
    with pytest.raises(Unknown):
        decisions.undo(staging, given)


def test_the_command_accepts_lists_and_undoes(unsilo, staging):
    staging.close()
    said = unsilo(decide, "accept", "e122794fd43f", "--why", "known since May", "--by", "Kim")
    assert said.exit_code == 0 and "accept gap e122794fd43f, from the next run on" in said.output
    listed = unsilo(decide, "list").output
    assert "1 decisions" in listed and "known since May" in listed and "Kim" in listed
    assert unsilo(decide, "undo", "e122794fd43f").exit_code == 0
    assert "decisions: none" in unsilo(decide, "list").output
    assert unsilo(decide, "undo", "e122794fd43f").exit_code == 2
    assert unsilo(decide, "accept", "nosuchgap").exit_code == 2


def test_a_lake_of_an_older_version_can_be_listed_before_it_is_written_again(unsilo, staging):
    decisions.accept(staging, "e122794fd43f", "known since May", "Kim")
    staging.con.execute("alter table lake.ops.decisions drop column other_subject")
    staging.close()
    assert "known since May" in unsilo(decide, "list").output
    assert unsilo(decide, "undo", "e122794fd43f").exit_code == 0


def test_where_nothing_was_loaded_there_is_nothing_to_decide(tmp_path, monkeypatch):
    monkeypatch.setenv("UNSILO_LAKE", str(tmp_path / "lake"))
    said = CliRunner().invoke(decide, ["accept", "e122794fd43f"])
    assert said.exit_code == 1 and "run `unsilo run` first" in said.output
    assert not (tmp_path / "lake").exists()
