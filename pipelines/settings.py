"""Settings: what a company's `unsilo.toml` says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from pipelines import survivorship


class SettingsError(ValueError):
    """`unsilo.toml` cannot be understood; the message names file, section, key and what to write."""


@dataclass(frozen=True)
class Settings:
    """What `unsilo.toml` says, with defaults for what it leaves out."""

    name: str = "your company"
    country: str = "FR"
    base_currency: str = "EUR"
    time_zone: str = "Europe/Paris"
    stale_days: int = 7
    provisional_days: int = 7
    owners: dict[str, str] = field(default_factory=dict)
    monthly_costs: dict[str, Decimal] = field(default_factory=dict)
    restatement_days: dict[str, int] = field(default_factory=dict)
    survivorship: dict[str, str] = field(default_factory=dict)
    trusted: tuple[str, ...] = ()

    @property
    def tools(self) -> set[str]:
        """The tools that have a section of their own with anything in it."""
        return {*self.owners, *self.monthly_costs, *self.restatement_days}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_days(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_amount(value: Any) -> bool:
    return type(value) in (int, Decimal) and value >= 0


Rule = tuple[Callable[[Any], bool], str]
SURVIVES: Rule = (survivorship.is_rule, f"write one of {', '.join(survivorship.RULES)}")
SECTIONS: dict[str, dict[str, Rule]] = {
    "company": {
        "name": (_is_text, "write the company's name in quotes"),
        "country": (lambda value: bool(re.fullmatch("[A-Z]{2}", str(value))), "write two letters such as FR"),
        "base_currency": (lambda value: bool(re.fullmatch("[A-Z]{3}", str(value))), "write three letters such as EUR"),
        "time_zone": (lambda value: value in available_timezones(), "write a zone such as Europe/Paris"),
    },
    "thresholds": {
        "stale_days": (_is_days, "write a whole number of days"),
        "provisional_days": (_is_days, "write a whole number of days"),
    },
    "survivorship": {
        "default": SURVIVES,
        **dict.fromkeys(survivorship.PARTS, SURVIVES),
        "trusted": (survivorship.is_order, "write a list of tools, the most trusted first, none twice"),
    },
}
TOOL: dict[str, Rule] = {
    "owner": (_is_text, "write the team that owns the tool, in quotes"),
    "restatement_days": (_is_days, "write a whole number of days"),
    "monthly_cost": (_is_amount, "write an amount in the base currency, such as 49.90"),
}


def read_settings(file: Path) -> Settings:
    """Read one `unsilo.toml`. Raises SettingsError."""
    try:
        stated = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file.name}: {error}") from error
    tools = stated.pop("tools", {})
    for section, entries in stated.items():
        if section not in SECTIONS:
            known = ", ".join(SECTIONS)
            raise SettingsError(f"{file.name}: [{section}] is not a section; there are {known} and tools.<tool>")
        _check(file, section, entries, SECTIONS[section])
    survives = stated.pop("survivorship", {})
    if problem := survivorship.contradiction(survives):
        raise SettingsError(f"{file.name}: [survivorship] {problem}")
    if not isinstance(tools, dict):
        raise SettingsError(f"{file.name}: tools: write one section per tool, [tools.<tool>]")
    for tool, entries in tools.items():
        _check(file, f"tools.{tool}", entries, TOOL)
    return Settings(
        **{key: value for entries in stated.values() for key, value in entries.items()},
        owners={tool: entries["owner"] for tool, entries in tools.items() if "owner" in entries},
        monthly_costs={t: Decimal(e["monthly_cost"]) for t, e in tools.items() if "monthly_cost" in e},
        restatement_days={t: e["restatement_days"] for t, e in tools.items() if "restatement_days" in e},
        survivorship={key: rule for key, rule in survives.items() if key != "trusted"},
        trusted=tuple(survives.get("trusted", ())),
    )


def _check(file: Path, section: str, entries: Any, rules: dict[str, Rule]) -> None:
    if not isinstance(entries, dict):
        raise SettingsError(f"{file.name}: {section}: write it as a section, [{section}]")
    for key, value in entries.items():
        if section == "survivorship" and (advice := survivorship.misnamed(key)):
            raise SettingsError(f"{file.name}: [{section}] {advice}")
        if key not in rules:
            raise SettingsError(f"{file.name}: [{section}] {key} is not known; there are {', '.join(sorted(rules))}")
        fits, advice = rules[key]
        if not fits(value):
            raise SettingsError(f"{file.name}: [{section}] {key}: {advice}")
