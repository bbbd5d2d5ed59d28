"""Definitions: all that Dagster is told, for the workspace that the environment names."""

import hashlib

import dagster as dg

from assets.checks import gap_checks
from assets.loads import load_assets
from assets.tables import table_assets
from assets.tonight import RESOURCE, tonight
from pipelines.workspace import Workspace

NIGHT = "night"


def definitions(workspace: Workspace) -> dg.Definitions:
    """Assets, checks, the nightly schedule in the company's time zone and the sensor for new files."""
    night = dg.define_asset_job(NIGHT, description="The whole night: load, resolve, build, check, publish.")
    schedule = dg.ScheduleDefinition(
        name="every_night",
        job=night,
        cron_schedule="0 5 * * *",
        execution_timezone=workspace.settings.time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="So that figures and gaps are there for the morning meeting.",
    )

    @dg.sensor(job=night, minimum_interval_seconds=60, description="Runs the night when files were dropped or changed.")
    def new_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        seen = _fingerprint(workspace)
        if seen == context.cursor:
            return dg.SkipReason("No file was dropped or changed since the last look.")
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=seen)], cursor=seen)

    return dg.Definitions(
        assets=[*load_assets(workspace), *table_assets(workspace)],
        asset_checks=[gap_checks()],
        jobs=[night],
        schedules=[schedule],
        sensors=[new_files],
        resources={RESOURCE: tonight(workspace)},
        executor=dg.in_process_executor,
    )


def _fingerprint(workspace: Workspace) -> str:
    """Changes when a file below the exports is added, removed, resized or touched; no content is read."""
    digest = hashlib.sha256()
    for file in sorted(workspace.exports.rglob("*")):
        if file.is_file():
            stat = file.stat()
            digest.update(f"{file}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


defs = definitions(Workspace.from_environment())
