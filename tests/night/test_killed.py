"""A night that is killed, and the one after it."""

import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from company import UNTIL, Company

from pipelines.sample import write_sample

TOOLS = {"hubspot", "google_ads", "mailchimp", "ecb"}


@pytest.fixture
def exports(tmp_path):
    """The exports of four tools of an invented company: one of each kind."""
    write_sample(tmp_path / "exports", tmp_path / "truth", customers=150, seed=7, until=UNTIL, tools=TOOLS)
    return tmp_path / "exports"


def test_a_night_killed_at_several_points_ends_as_if_undisturbed(exports, tmp_path):
    undisturbed = Company(exports, tmp_path / "undisturbed" / "lake")
    undisturbed.unsilo("run")
    company = Company(exports, tmp_path / "killed" / "lake")
    # while exports are read, and when all is loaded and the tables are being built
    for is_reached, then_seconds in ((_is_loading, 1), (_is_loaded, 4)):
        process = company.start("run", start_new_session=True)
        while process.poll() is None and not is_reached(company.lake):
            time.sleep(0.02)
        time.sleep(then_seconds)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert company.unsilo("run")
    assert company.tables() == undisturbed.tables()
    with company.copy() as con:
        runs = con.execute("select status, count(*) from ops.runs group by all").fetchall()
    assert dict(runs)["published"] >= 1 and "running" not in dict(runs)


def _is_loading(lake):
    """Whether the load has begun to write what it reads."""
    return (lake / "loads").exists()


def _is_loaded(lake):
    """Whether a load was committed."""
    catalog = lake / "catalog.sqlite"
    if not catalog.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{catalog}?mode=ro", uri=True)) as con:
            found = con.execute("select count(*) from ducklake_schema where schema_name like 'raw_%'").fetchone()
            return found[0] > 0
    except sqlite3.Error:
        return False
