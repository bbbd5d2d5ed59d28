"""An invented company: its people, campaigns, mailings and deals, written out as its tools' exports, with known gaps.

Here is what is true of the company and what is planted. How a tool's export looks is not: that is for
`sources/<tool>/sample.py`.
"""

from datetime import date
from pathlib import Path

from pipelines.sample.company import invent
from pipelines.sample.exports import write_exports
from pipelines.sample.truth import write_truth

__all__ = ["write_sample"]


def write_sample(exports: Path, truth: Path, *, customers: int = 3000, seed: int = 42, until: date) -> dict[str, int]:
    """Write the exports of an invented company below `exports`, what is true of them below `truth`.

    The data cover the two years before `until`, the day of the exports. Same size, seed and day: same bytes.
    Returns how many files each folder of `exports` then holds.
    """
    planted = write_exports(invent(customers, seed, until), exports)
    write_truth(planted, truth)
    folders = sorted(folder for folder in exports.iterdir() if folder.is_dir())
    return {folder.name: sum(path.is_file() for path in folder.rglob("*")) for folder in folders}
