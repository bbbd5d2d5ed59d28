"""One invented company and one undisturbed night, shared by the tests of this folder."""

import pytest
from company import UNTIL, Company

from pipelines.sample import write_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Exports and truth of an invented company."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder / "exports", folder / "truth", customers=600, seed=7, until=UNTIL)
    return folder


@pytest.fixture(scope="session")
def night(sample):
    """The company after one undisturbed night; tests must not change it."""
    company = Company(sample / "exports", sample / "var" / "lake")
    (sample / "summary.txt").write_text(company.unsilo("run"), encoding="utf-8")
    return company
