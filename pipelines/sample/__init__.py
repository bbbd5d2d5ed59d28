"""An invented company: its people, campaigns, mailings and deals, written out as its tools' exports, with known gaps.

Here is what is true of the company and what is planted. How a tool's export looks is not: that is for
`sources/<tool>/sample.py`.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from pipelines.sample.company import invent
from pipelines.sample.exports import write_exports, writers
from pipelines.sample.truth import write_truth

__all__ = ["write_sample", "writers"]


def write_sample(
    exports: Path, truth: Path, *, customers: int = 3000, seed: int = 42, until: date, tools: Collection[str] = ()
) -> dict[str, int]:
    """Write the exports of an invented company below `exports`, what is true of them below `truth`.

    The data cover the two years before `until`, the day of the exports. Same size, seed and day: same bytes. With
    `tools`, those of these folders only. Returns how many files each folder of `exports` then holds.
    """
    planted = write_exports(invent(customers, seed, until), exports, tools)
    write_truth(planted, truth)
    folders = sorted(folder for folder in exports.iterdir() if folder.is_dir())
    return {folder.name: sum(path.is_file() for path in folder.rglob("*")) for folder in folders}
