import pytest

from pipelines import publish as publishing
from pipelines.publish import NotChecked, publish
from pipelines.runs import begin_run, fail_run
from warehouse import dictionary
from warehouse.models import models as own_models
from warehouse.published import ROLES, open_copy

MART = ("mart.customers", "mart.customer_identities", "mart.company_identities", "mart.gaps")
CUSTOMER = "insert into mart.customers (customer_id, full_name) values (?, ?)"
IDENTITY = (
    "insert into mart.customer_identities (customer_id, tool, record_type, record_id) values (?, ?, 'contact', ?)"
)


@pytest.fixture(scope="module")
def models():
    return own_models({})


@pytest.fixture(scope="module", autouse=True)
def few_tables(models):
    """A dictionary of few tables: each one costs a while to compare with the lake's."""
    few = {n: t for n, t in dictionary.tables().items() if n in (*MART, "ref.settings") or n.startswith("ops.")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dictionary, "tables", lambda: few)
        yield


@pytest.fixture
def staging(company):
    """A night that found nothing, every table of it checked."""
    for name in (*MART, "ops.tools"):
        company.staging.write(name, [])
        company.staging.give_verdict(name, True)
    company.staging.write("ref.settings", [{"name": "North", "run_date": company.workspace.as_of}])
    begin_run(company.staging, "tonight", company.workspace.as_of)
    return company.staging


def in_copies(staging, sql):
    """What each role reads; the copies are read anew, as another program would."""
    found = {}
    for role in ROLES.values():
        with open_copy(staging.home, role) as con:
            found[role.name] = con.execute(sql).fetchall()
    return found


def state(staging):
    """All that people can see: every table of the lake but the log of runs, and the bytes of the copies."""
    tables = [name for name in dictionary.tables() if name != "ops.runs"]
    lake = {name: staging.con.execute(f"from lake.{name} order by all").fetchall() for name in tables}
    return lake, {role.name: role.file(staging.home).read_bytes() for role in ROLES.values()}


def test_what_was_not_checked_is_not_published(staging, models):
    staging.give_verdict("mart.customers", False)
    staging.forget_verdict("mart.gaps")
    with pytest.raises(NotChecked, match=r"not published: mart\.customers, mart\.gaps did not pass"):
        publish(staging, models, "tonight")
    assert staging.lake_counts(["mart.customers"]).get("mart.customers", 0) == 0
    assert not staging.home.published.exists()


def test_everything_is_published_and_the_run_says_so(staging, models):
    staging.con.execute(CUSTOMER, ["c_1", "Zoe Secret"])
    staging.con.execute(IDENTITY, ["c_1", "crm", "1"])
    done = publish(staging, models, "tonight")
    assert set(MART) < set(done.changed)
    assert sorted(file.name for file in done.files) == ["marketer.duckdb", "steward.duckdb"]
    assert staging.con.execute("select full_name from lake.mart.customers").fetchall() == [("Zoe Secret",)]
    names = in_copies(staging, "select full_name from mart.customers")
    assert names == {"marketer": [("Z•••",)], "steward": [("Zoe Secret",)]}
    runs = in_copies(staging, "select run_id, status, tables_changed, customers_new, customers_gone from ops.runs")
    assert runs["marketer"] == [("tonight", "published", len(done.changed), 1, 0)]


def test_tables_and_columns_in_the_lake_carry_their_meaning(staging, models):
    publish(staging, models, "tonight")
    lake = "database_name = 'lake' and schema_name = 'mart' and table_name = 'customers'"
    [(table,)] = staging.con.execute(f"select comment from duckdb_tables() where {lake}").fetchall()
    assert table == models["mart.customers"].meaning
    columns = staging.con.execute(f"select column_name, comment from duckdb_columns() where {lake}").fetchall()
    assert columns and all(comment for _, comment in columns)


def test_only_the_tables_whose_rows_differ_change(staging, models):
    publish(staging, models, "tonight")
    before, _ = state(staging)
    assert publish(staging, models, "tonight").changed == ()
    assert state(staging)[0] == before
    staging.con.execute(CUSTOMER, ["c_2", "Ben Roe"])
    assert publish(staging, models, "tonight").changed == ("mart.customers",)


def test_who_got_which_id_and_which_gaps_were_there_is_remembered(staging, models):
    staging.con.execute(IDENTITY, ["c_1", "crm", "7"])
    staging.con.execute("insert into mart.gaps (gap_id, gap_kind, status) values ('g', 'stale_export', 'open')")
    publish(staging, models, "tonight")
    remembered = "select contact_key, customer_id from lake.ops.customer_ids where until_night is null"
    assert staging.con.execute(remembered).fetchall() == [("crm/contact/7", "c_1")]
    assert ("g",) in staging.con.execute("select gap_id from lake.ops.gap_history").fetchall()


def test_which_company_got_which_id_is_remembered(staging, models):
    company = "insert into mart.company_identities (company_id, tool, record_id) values ('o_1', 'crm', '7')"
    staging.con.execute(company)
    publish(staging, models, "tonight")
    remembered = staging.con.execute("select company_key, company_id from lake.ops.company_ids").fetchall()
    assert remembered == [("crm/7", "o_1")]


@pytest.mark.parametrize("step", ["comment_on", "finish_run"])
def test_a_failure_in_the_middle_leaves_lake_and_copies_as_they_were(staging, models, monkeypatch, step):
    publish(staging, models, "tonight")
    before = state(staging)
    staging.con.execute(CUSTOMER, ["c_9", "Kim Roe"])
    staging.con.execute("insert into mart.gaps (gap_id, gap_kind, status) values ('g', 'stale_export', 'open')")
    begin_run(staging, "tomorrow", staging.con.execute("select run_date from ref.settings").fetchone()[0])
    done = []

    def failing(*args, **kwargs):
        done.append(args)
        if step != "comment_on" or len(done) == 2:
            raise RuntimeError("the disk is full")

    monkeypatch.setattr(publishing, step, failing)
    with pytest.raises(RuntimeError, match="disk is full"):
        publish(staging, models, "tomorrow")
    assert state(staging) == before
    fail_run(staging, "tomorrow")
    assert ("tomorrow", "failed") in staging.con.execute("select run_id, status from ops.runs").fetchall()


def test_copies_that_could_not_be_written_follow_with_the_next_publishing(staging, models, monkeypatch):
    publish(staging, models, "tonight")
    staging.con.execute(CUSTOMER, ["c_9", "Kim Roe"])
    with monkeypatch.context() as full:
        full.setattr(publishing, "replace_copy", lambda *args: (_ for _ in ()).throw(OSError("the disk is full")))
        with pytest.raises(OSError, match="disk is full"):
            publish(staging, models, "tonight")
    publish(staging, models, "tonight")
    found = in_copies(staging, "select count(*) from mart.customers where customer_id = 'c_9'")
    assert found == {"marketer": [(1,)], "steward": [(1,)]}


def test_a_run_that_was_left_running_was_killed(staging):
    begin_run(staging, "first", staging.con.execute("select run_date from ref.settings").fetchone()[0])
    begin_run(staging, "second", staging.con.execute("select run_date from ref.settings").fetchone()[0])
    runs = dict(staging.con.execute("select run_id, status from ops.runs").fetchall())
    assert (runs["first"], runs["second"]) == ("failed", "running")
