"""Validator: Great Expectations in a process of its own, which imports it while the loads run.

The import takes as long as many a night's loads and holds Python's lock, so a thread would gain nothing. The process
reads requests from its standard input and ends when that closes, thus also when the night is killed.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from warehouse import dictionary


@dataclass(frozen=True)
class Verdict:
    """Outcome of one expectation; `sample` holds keys of failing rows, never the values that fail."""

    expectation: str
    columns: str
    blocks: bool
    passed: bool
    failing_rows: int
    share: float
    sample: tuple[str, ...]
    sql: str


class Validator:
    """The process and its two pipes; pickles of our own making pass through them."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "pipelines.validator"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603

    def validate(self, table: str, rows: pa.Table) -> list[Verdict]:
        """Hold rows of a described table against its suite. Raises what went wrong in the process."""
        assert self._process.stdin and self._process.stdout
        pickle.dump((table, rows), self._process.stdin)
        self._process.stdin.flush()
        answer: list[Verdict] | Exception = pickle.load(self._process.stdout)  # noqa: S301
        if isinstance(answer, Exception):
            raise answer
        return answer


@cache
def validator() -> Validator:
    """This process's validator, started by the first call."""
    return Validator()


def serve() -> None:
    """Answer requests until there are no more."""
    # what a library prints must not get between the answers
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from pipelines.expectations import validate

    while True:
        try:
            name, rows = pickle.load(sys.stdin.buffer)  # noqa: S301
        except EOFError:
            return
        answer: list[Verdict] | Exception
        try:
            answer = validate(dictionary.table(name), rows)
        except Exception as error:
            answer = RuntimeError(f"{name} could not be validated ({type(error).__name__})")
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    serve()
