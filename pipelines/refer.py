"""Refer: what models look things up in (settings, phone plans, country names, kinds of gap, tools)."""

from __future__ import annotations

import csv
from dataclasses import asdict
from typing import Any

from pipelines.workspace import Workspace
from sources.labels import normalised
from warehouse import models
from warehouse.staging import Staging

TABLES = ("ref.settings", "ref.role_addresses", "ref.countries", "ref.phone_plans", "ref.gap_kinds", "ops.tools")


def refer(workspace: Workspace, staging: Staging) -> dict[str, int]:
    """Build every reference table in staging; returns rows per table."""
    rows = {
        "ref.settings": _settings(workspace),
        "ref.role_addresses": _role_addresses(),
        "ref.countries": _countries(),
        "ref.phone_plans": _phone_plans(),
        "ref.gap_kinds": _gap_kinds(),
        "ops.tools": _tools(workspace),
    }
    return {name: staging.write(name, rows[name]) for name in TABLES}


def _settings(workspace: Workspace) -> list[dict[str, Any]]:
    stated = asdict(workspace.settings)
    return [
        {
            "name": stated["name"],
            "country_code": stated["country"],
            "run_date": workspace.as_of,
            **{key: stated[key] for key in ("base_currency", "time_zone", "stale_days", "provisional_days")},
        }
    ]


def _role_addresses() -> list[dict[str, Any]]:
    with (models.FOLDER / "ref" / "role_addresses.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _countries() -> list[dict[str, Any]]:
    """Names in English and French, ISO codes, and the few spellings that exports use beside them."""
    from phonenumbers.geodata.locale import LOCALE_DATA

    spellings = {"england": "GB", "uk": "GB", "usa": "US", "etats unis": "US", "united states of america": "US"}
    for code, names in LOCALE_DATA.items():
        spellings[code.lower()] = code
        for language in ("en", "fr"):
            name = names.get(language, "")
            # an entry such as `*aa` stands for that language's entry
            name = names.get(name[1:], "") if name.startswith("*") else name
            if name:
                spellings.setdefault(normalised(name), code)
    return [{"name": name, "country_code": code} for name, code in sorted(spellings.items())]


def _phone_plans() -> list[dict[str, Any]]:
    import phonenumbers
    from phonenumbers import PhoneMetadata

    plans = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        plan = PhoneMetadata.metadata_for_region(region, None)
        assert plan and plan.general_desc
        lengths = plan.general_desc.possible_length
        plans.append(
            {
                "country_code": region,
                "calling_code": str(plan.country_code),
                "national_prefix": plan.national_prefix,
                "min_length": min(lengths),
                "max_length": max(lengths),
            }
        )
    return plans


def _gap_kinds() -> list[dict[str, Any]]:
    return [
        {
            "gap_kind": model.name.removeprefix("gaps."),
            "severity": model.header["severity"],
            "owner": model.header["owner"],
            "how_to_fix": model.header["fix"],
        }
        for model in models.gap_models()
    ]


def _tools(workspace: Workspace) -> list[dict[str, Any]]:
    """Tools with exports or settings; one that no source reads is a tool all the same."""
    settings = workspace.settings
    used = workspace.folders() | set(settings.owners) | set(settings.monthly_costs)
    return [
        {
            "tool": name,
            "title": tool.title if (tool := workspace.tools.get(name)) else name,
            "kind": tool.kind if tool else None,
            "owner": settings.owners.get(name),
            "monthly_cost": settings.monthly_costs.get(name),
            "is_registered": tool is not None,
        }
        for name in sorted(used)
    ]
