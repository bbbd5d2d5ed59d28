"""Which tests share a worker: those of `night` share one company and its night, the others stand alone."""

from pathlib import PurePosixPath

import pytest
from xdist.scheduler import LoadScopeScheduling

OF_THE_NIGHT = "tests/night/"
OWN_COMPANY = {"test_own_tool.py", "test_killed.py"}


class ByCompany(LoadScopeScheduling):
    """Deals out the tests one by one, those that share a company together."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.split("::", maxsplit=1)[0])
        if not nodeid.startswith(OF_THE_NIGHT):
            return nodeid
        return file.name if file.name in OWN_COMPANY else OF_THE_NIGHT


@pytest.hookimpl
def pytest_xdist_make_scheduler(config, log):
    return ByCompany(config, log)
