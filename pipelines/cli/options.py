"""Options that every command takes: where the exports are and where the lake is."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def workspace_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --exports and --lake; it receives them as `workspace`."""

    @click.option(
        "--exports",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="UNSILO_EXPORTS",
        default=Path("exports"),
        show_default=True,
        help="Folder of the dropped exports, one folder per tool. [env: UNSILO_EXPORTS]",
    )
    @click.option(
        "--lake",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="UNSILO_LAKE",
        default=Path("var/lake"),
        show_default=True,
        help="Folder of the lake; the published copies lie beside it. [env: UNSILO_LAKE]",
    )
    @functools.wraps(command)
    def with_workspace(exports: Path, lake: Path, **options: Any) -> Any:
        from pipelines.settings import SettingsError
        from pipelines.workspace import Workspace

        # other parts of the program, such as Dagster's definitions, find the same folders
        os.environ["UNSILO_EXPORTS"], os.environ["UNSILO_LAKE"] = str(exports.absolute()), str(lake.absolute())
        if as_of := options.pop("as_of", None):
            os.environ["UNSILO_AS_OF"] = as_of.date().isoformat()
        try:
            workspace = Workspace.from_environment()
            _ = workspace.settings
        except SettingsError as error:
            raise click.UsageError(str(error)) from None
        return command(workspace=workspace, **options)

    return with_workspace


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --as-of, the day that counts as today."""
    option = click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="The day that counts as today. [default: today in the company's time zone]",
    )
    decorated: Callable[..., Any] = option(command)
    return decorated
