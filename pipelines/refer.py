"""Refer: what models look things up in: the files of `warehouse/ref`, settings, kinds of gap and tools."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipelines import survivorship
from pipelines.workspace import Workspace
from warehouse import models
from warehouse.lake import quoted
from warehouse.staging import Staging

FILES = {f"ref.{file.stem}": file for file in sorted((models.FOLDER / "ref").glob("*.csv"))}
TABLES = (*FILES, "ref.settings", "ref.gap_kinds", "ref.survivorship", "ops.tools")


def refer(workspace: Workspace, staging: Staging) -> dict[str, int]:
    """Build every reference table in staging; returns rows per table."""
    files = {
        name: staging.build(name, f"from read_csv({quoted(str(file))}, all_varchar = true)")
        for name, file in FILES.items()
    }
    rows = {
        "ref.settings": _settings(workspace),
        "ref.gap_kinds": _gap_kinds(),
        "ref.survivorship": survivorship.rules(workspace.settings.survivorship),
        "ops.tools": _tools(workspace),
    }
    return {**files, **{name: staging.write(name, made) for name, made in rows.items()}}


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
    used = workspace.folders() | settings.tools | set(workspace.layout_errors)
    trust = {tool: rank for rank, tool in enumerate(settings.trusted, start=1)}
    return [
        {
            "tool": name,
            "title": tool.title if (tool := workspace.tools.get(name)) else name,
            "kind": tool.kind if tool else None,
            "owner": settings.owners.get(name),
            "monthly_cost": settings.monthly_costs.get(name),
            "restatement_days": settings.restatement_days.get(name, tool.restatement_days if tool else None),
            "trust_rank": trust.get(name),
            "is_registered": tool is not None,
            "layout_error": workspace.layout_errors.get(name),
        }
        for name in sorted(used)
    ]
