"""How long it takes to tell who is who among a million contacts, and a hundredth more the night after.

`python -m benchmarks.identity_scale [--contacts N]` prints the times beside Splink's for the same comparisons, and
writes benchmarks/results/identity_scale.json. Each part runs in a process of its own: peaks of memory are its own too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from benchmarks import labelled, resolving, splink_at_scale

RESULT = Path(__file__).parent / "results" / "identity_scale.json"
TOOLS = 3
TRIED = 2_000
# a night of a few seconds is measured so often, and counted with the time in the middle
NIGHTS = 3
# what a second night adds, and a margin so that the first has the number asked for
MORE = 1.015
STEPS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "load": resolving.load_contacts,
    "first": resolving.first_night,
    "alone": splink_at_scale.splink_alone,
    "second": resolving.second_night,
}


@click.command()
@click.option("--contacts", default=1_000_000, show_default=True)
@click.option("--step", type=click.Choice(list(STEPS)), hidden=True, help="Do one part, and report.")
@click.option("--folder", type=click.Path(path_type=Path), hidden=True)
def main(contacts: int, step: str | None, folder: Path | None) -> None:
    """Measure everything in turn, and write the result."""
    if step and folder:
        click.echo(json.dumps(STEPS[step](folder)))
        return
    console = Console()
    with tempfile.TemporaryDirectory() as temporary, console.status("") as status:
        at = Path(temporary)
        status.update("inventing a company")
        invent(contacts, at)

        def part(name: str, folder: Path = at) -> dict[str, Any]:
            status.update({"alone": "Splink alone", "load": "loading"}.get(name, f"the {name} night"))
            found = _part(name, folder)
            if not console.is_terminal:
                console.print(f"{name}: {json.dumps(found)}", soft_wrap=True)
            return found

        part("load")
        first, alone = part("first"), part("alone")
        nights = [part("second", _again(at, number)) for number in range(NIGHTS)]
        second = sorted(nights, key=itemgetter("seconds"))[NIGHTS // 2]
    result = {
        "contacts": first["contacts"],
        "customers": first["customers"],
        "seconds": first["seconds"],
        "peak_gb": first["peak_gb"],
        "splink_seconds": alone["seconds"],
        "splink_pairs": alone["pairs"],
        "ratio": round(first["seconds"] / alone["seconds"], 2),
        "night_contacts": second["contacts"] - first["contacts"],
        "night_seconds": second["seconds"],
        "night_share": round(second["seconds"] / first["seconds"], 3),
    }
    if contacts == main.params[0].default:
        RESULT.write_text(json.dumps(result, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    console.print(
        f"{result['contacts']:,} contacts, {result['customers']:,} customers: {result['seconds']} s,"
        f" {result['splink_seconds']} s with Splink alone: ratio {result['ratio']}, peak {result['peak_gb']} GB;"
        f" with {result['night_contacts']:,} more {result['night_seconds']} s, {result['night_share']:.1%} of that"
    )


def invent(contacts: int, folder: Path) -> None:
    """Write the exports of the three tools of an invented company that know most people: so many contacts in all."""
    with tempfile.TemporaryDirectory() as small:
        tried = labelled.sample(Path(small) / "exports", TRIED)
    largest = tried["tool"].value_counts(sort=True).head(TOOLS)
    people = round(contacts * MORE * TRIED / int(largest["count"].sum()))
    labelled.sample(folder / "exports", people, largest["tool"].sort().to_list())


def _again(folder: Path, number: int) -> Path:
    """A copy of a benchmark's folder in which one more night can be as if it were the second."""
    copy = folder / f"again_{number}"
    shutil.copytree(folder / "lake", copy / "lake")
    (copy / "exports").symlink_to(folder / "exports")
    return copy


def _part(name: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.identity_scale", "--step", name, "--folder", str(folder)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  it is this file
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
