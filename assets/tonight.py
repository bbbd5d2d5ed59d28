"""Tonight: what every step of one run shares, opened once per process."""

from collections.abc import Iterator
from functools import cached_property

import dagster as dg

from pipelines.build import night_models
from pipelines.validator import validator
from pipelines.workspace import Workspace
from sources.exports import Export
from warehouse.models import Model
from warehouse.staging import Staging

POOL = "warehouse"
RESOURCE = "tonight"


class Tonight:
    """The workspace, the staging database and the exports as they lay when the run first looked."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.staging = Staging(workspace.lake)
        # the first check needs it, and it takes its time to get ready
        validator()

    @cached_property
    def dropped(self) -> list[Export]:
        return self.workspace.dropped()

    @cached_property
    def models(self) -> dict[str, Model]:
        return night_models(self.workspace)


def tonight(workspace: Workspace) -> dg.ResourceDefinition:
    """The resource that opens the lake for one run and closes it after."""

    @dg.resource(description="The lake, opened for writing by one run at a time.")
    def opened(_: dg.InitResourceContext) -> Iterator[Tonight]:
        night = Tonight(workspace)
        try:
            yield night
        finally:
            night.staging.close()

    return opened


def of(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> Tonight:
    """The run's Tonight."""
    night: Tonight = getattr(context.resources, RESOURCE)
    return night
