"""Tables: one asset per reference table and SQL model, who is who, and what is published."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets import described
from assets.checks import table_check, table_check_spec
from assets.tonight import POOL, RESOURCE, of
from pipelines import refer, resolve, resolve_companies, who_is_who
from pipelines.build import build, expose_raw, night_models, raw_tables
from pipelines.customer_ids import churn
from pipelines.publish import publish
from pipelines.runs import begin_run
from pipelines.workspace import Workspace
from warehouse import dictionary
from warehouse.lineage import column_lineage
from warehouse.models import Model
from warehouse.published import ROLES

PUBLISHED = dg.AssetKey("published")


def table_assets(workspace: Workspace) -> list[dg.AssetsDefinition]:
    """Everything between the raw tables and the published copies."""
    models = night_models(workspace)
    columns = {name: [column.name for column in table.columns] for name, table in dictionary.tables().items()}
    columns |= {name: schema.names for name, schema in raw_tables(workspace.tools).items()}
    together = who_is_who.span(models)
    return [
        _reference_asset(),
        _people_asset(together, models, columns),
        _companies_asset(),
        *(_model_asset(model, columns) for name, model in models.items() if name not in together),
        _published_asset(),
    ]


def _reference_asset() -> dg.AssetsDefinition:
    @dg.multi_asset(
        name="refer",
        specs=[described.table_spec(name) for name in refer.TABLES],
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def referred(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        tonight = of(context)
        begin_run(tonight.staging, context.run_id, tonight.workspace.as_of)
        for name, rows in refer.refer(tonight.workspace, tonight.staging).items():
            yield dg.MaterializeResult(asset_key=described.key(name), metadata={"dagster/row_count": rows})

    return referred


def _people_asset(
    names: tuple[str, ...], models: dict[str, Model], columns: dict[str, list[str]]
) -> dg.AssetsDefinition:
    """All tables between the contacts and their customers: a night with few changes makes none of them as a whole."""
    reads = {name: models[name].depends_on if name in models else resolve.TABLES[name] for name in names}

    @dg.multi_asset(
        name="who_is_who",
        specs=[described.table_spec(name, read, models.get(name), "data engineering") for name, read in reads.items()],
        check_specs=[table_check_spec(who_is_who.END)],
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def identified(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        staging = of(context).staging
        for name, rows in who_is_who.identify(staging, models).items():
            told = _lineage(models[name], columns) if name in models else {}
            if name == who_is_who.END:
                told["since the night before"] = churn(staging).sentence
            yield dg.MaterializeResult(asset_key=described.key(name), metadata={"dagster/row_count": rows, **told})
        yield table_check(staging, who_is_who.END)

    return identified


def _lineage(model: Model, columns: dict[str, list[str]]) -> dict[str, Any]:
    return described.lineage_metadata(column_lineage(model, {table: columns[table] for table in model.depends_on}))


def _companies_asset() -> dg.AssetsDefinition:
    @dg.multi_asset(
        name="resolve_companies",
        specs=[described.table_spec(resolve_companies.TABLE, resolve_companies.READS)],
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def resolved(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        rows = resolve_companies.resolve_companies(of(context).staging)
        return dg.MaterializeResult(metadata={"dagster/row_count": rows})

    return resolved


def _model_asset(model: Model, columns: dict[str, list[str]]) -> dg.AssetsDefinition:
    is_mart = model.name.startswith("mart.")
    owner = "marketing" if is_mart else "data engineering"

    @dg.multi_asset(
        name=model.name.replace(".", "__"),
        specs=[described.table_spec(model.name, model.depends_on, model, owner)],
        check_specs=[table_check_spec(model.name)] if is_mart else [],
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def built(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        tonight = of(context)
        expose_raw(tonight.workspace, tonight.staging, [model])
        rows = build(tonight.staging, model)
        yield dg.MaterializeResult(metadata={"dagster/row_count": rows, **_lineage(model, columns)})
        if is_mart:
            yield table_check(tonight.staging, model.name)

    return built


def _published_asset() -> dg.AssetsDefinition:
    tables = [name for name in dictionary.tables() if name.startswith("mart.")]
    roles = ", ".join(f"`{role.name}`{' (personal columns masked)' if role.masked else ''}" for role in ROLES.values())

    @dg.asset(
        key=PUBLISHED,
        deps=[described.key(name) for name in tables],
        description=f"What people read: the lake's tables, replaced in one transaction, and a copy per role: {roles}.",
        group_name="published",
        kinds={"duckdb", "ducklake"},
        owners=[described.team("marketing")],
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def published(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        tonight = of(context)
        done = publish(tonight.staging, tonight.models, context.run_id)
        return dg.MaterializeResult(
            metadata={
                "tables changed": len(done.changed),
                "changed": ", ".join(done.changed) or "nothing: the night found what the last one found",
                "copies": ", ".join(file.name for file in done.files),
            }
        )

    return published
