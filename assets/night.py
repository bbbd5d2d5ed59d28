"""The command `unsilo run`: the same graph that Dagster runs at night, once, here and now."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click
import yaml
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipelines.cli import reading
from pipelines.cli.options import as_of_option, workspace_options

if TYPE_CHECKING:
    import dagster as dg

    from pipelines.workspace import Workspace

PROJECT = Path(__file__).parent.parent


@click.command()
@workspace_options
@as_of_option
def run(workspace: Workspace) -> None:
    """Run the whole night once: load, resolve, build, check, publish.

    Files that were loaded before are left alone. The tables people read change at the end, all together, and only if
    every check that stops publishing passes. Ends with a summary; `unsilo gaps` lists what is still broken.
    """
    console = reading.console()
    failure = _execute(workspace)
    if failure:
        console.print(f"[bold red]Not published.[/] {escape(failure)}", soft_wrap=True)
        console.print("What was published before is untouched. `make dev` shows the run in the Dagster UI.")
        sys.exit(1)
    from pipelines.cli.summary import print_summary

    print_summary(console, workspace)


def _execute(workspace: Workspace) -> str | None:
    """Run the job; returns what failed, or None."""
    warnings.filterwarnings("ignore")
    with _progress() as progress:
        task = progress.add_task("starting", total=None)
        import dagster as dg

        from assets.definitions import NIGHT, defs
        from pipelines.runs import fail_run
        from warehouse.staging import Busy, Staging, check_not_busy

        try:
            check_not_busy(workspace.lake)
        except Busy as error:
            return str(error)
        logging.getLogger("dagster").setLevel(logging.CRITICAL)
        job = defs.resolve_job_def(NIGHT)
        progress.update(task, total=len(job.nodes_in_topological_order))
        run_id = str(uuid4())
        with dg.DagsterInstance.from_ref(_instance(workspace)) as instance:
            failures: list[str] = []
            instance.add_event_listener(run_id, _listener(progress, task, failures))
            result = job.execute_in_process(
                instance=instance,
                run_id=run_id,
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        if result.success:
            return None
        staging = Staging(workspace.lake)
        fail_run(staging, run_id)
        staging.close()
        return "; ".join(failures) or "the run failed"


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress display on the terminal itself: Dagster sends what a step prints to its log."""
    text = TextColumn("{task.description}")
    columns = (SpinnerColumn(), text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        os.fdopen(os.dup(sys.stdout.fileno()), "w") as terminal,
        Progress(*columns, console=Console(file=terminal), transient=True) as progress,
    ):
        yield progress


def _instance(workspace: Workspace) -> Any:
    """The project's Dagster instance, its state beside the lake."""
    from dagster._core.instance import InstanceRef

    state = workspace.lake.root.parent / "dagster"
    state.mkdir(parents=True, exist_ok=True)
    os.environ["DAGSTER_HOME"] = str(PROJECT)
    settings = yaml.safe_load((PROJECT / "dagster.yaml").read_text(encoding="utf-8"))
    overrides = {name: part for name, part in settings.items() if "base_dir" in (part.get("config") or {})}
    for part in overrides.values():
        part["config"]["base_dir"] = str(state / Path(part["config"]["base_dir"]).relative_to("var/dagster"))
    return InstanceRef.from_dir(str(PROJECT), overrides=overrides)


def _listener(progress: Progress, task: Any, failures: list[str]) -> Any:
    def listen(entry: dg.EventLogEntry, _: str = "") -> None:
        event = entry.dagster_event
        if event is None:
            return
        if event.is_step_start:
            progress.update(task, description=(event.step_key or "").replace("__", "."))
        elif event.is_step_success or event.is_step_skipped:
            progress.advance(task)
        elif event.event_type_value in ("STEP_FAILURE", "RESOURCE_INIT_FAILURE"):
            error = getattr(event.event_specific_data, "error", None)
            while error and error.cause:
                error = error.cause
            failures.append(f"{event.step_key or 'start'}: {error.message.strip() if error else 'failed'}")

    return listen
