"""The folder of exports: every source's, the company's own tools', one nobody registered, and the settings."""

from collections.abc import Callable, Collection
from functools import partial
from importlib import import_module
from pathlib import Path

import polars as pl

import sources
from pipelines.sample import own_tools
from pipelines.sample.words import table
from sources.invented import Company, Planted, gap
from sources.invented_files import drop


def write_exports(company: Company, exports: Path, tools: Collection[str] = ()) -> dict[str, Planted]:
    """Have each writer, or those named, write its exports below `exports`; what each planted, by folder."""
    planted = {tool: write(company, exports / tool) for tool, write in writers().items() if not tools or tool in tools}
    _settings(company, planted, exports)
    return planted


def writers() -> dict[str, Callable[[Company, Path], Planted]]:
    """Who can write an invented company's exports, by folder: sources, tools of its own, one nobody registered."""
    found = sorted(path.parent.name for path in Path(sources.__path__[0]).glob("*/sample.py"))
    return {
        **{tool: partial(_write, tool) for tool in found},
        "atelier": own_tools.write_workshop,
        "caisse": own_tools.write_till,
        "salonpro": _trade_fair,
    }


def _write(tool: str, company: Company, folder: Path) -> Planted:
    planted: Planted = import_module(f"sources.{tool}.sample").write(company, folder)
    return planted


def _trade_fair(company: Company, folder: Path) -> Planted:
    visitors = company.contacts.filter(pl.col("story") == "plain").head(40)
    content = visitors.select(
        Badge=pl.lit("VS") + pl.col("contact_no").cast(pl.String).str.zfill(5),
        Nom="last_name",
        Prénom="first_name",
        Société="company",
        Stand=pl.lit("H3-B42"),
    ).write_csv(separator=";", line_terminator="\r\n")
    path = drop(folder, f"participants-salon-{company.until.year}.csv", content.encode("cp1252"), company.until)
    return Planted(gaps=gap("unknown_tool", folder.name, [f"{folder.name}/{path.name}"]))


def _settings(company: Company, planted: dict[str, Planted], exports: Path) -> None:
    sections = {"company": table("markets.toml")["company"]}
    sections |= {f"tools.{tool}": dict(known.settings) for tool, known in planted.items() if known.settings}
    blocks = [
        "\n".join([f"[{section}]", *(f"{key} = {_toml(value)}" for key, value in values.items())])
        for section, values in sections.items()
    ]
    drop(exports, "unsilo.toml", ("\n\n".join(blocks) + "\n").encode(), company.until)


def _toml(value: str | int) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
