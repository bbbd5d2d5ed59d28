"""Checks: every mart table against the dictionary, which stops publishing; every kind of gap, which warns."""

from collections.abc import Iterator

import dagster as dg

from assets import described
from assets.tonight import POOL, RESOURCE, of
from pipelines.check import GapCount, check_table, count_gap
from pipelines.validator import Verdict
from warehouse import models
from warehouse.staging import Staging

AS_DESCRIBED = "as_described"
SAMPLE = dg.TableSchema.from_name_type_dict(dict.fromkeys(("tool", "subject", "row_table", "row_key"), "string"))


def table_check_spec(name: str) -> dg.AssetCheckSpec:
    """The check that is part of building a mart table: what fails it is not built upon and not published."""
    return dg.AssetCheckSpec(
        AS_DESCRIBED,
        asset=described.key(name),
        description="Key and accepted values stop publishing, patterns and minimums warn (Great Expectations).",
        blocking=True,
    )


def table_check(staging: Staging, name: str) -> dg.AssetCheckResult:
    """Check a mart table that was just built."""
    verdicts = check_table(staging, name)
    failed = [verdict for verdict in verdicts if not verdict.passed]
    blocks = any(verdict.blocks for verdict in failed)
    return dg.AssetCheckResult(
        asset_key=described.key(name),
        check_name=AS_DESCRIBED,
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
        description="; ".join(f"{v.columns}: {v.expectation}, {v.failing_rows} rows" for v in failed) or None,
        metadata={"failing": sum(v.failing_rows for v in failed), "expectations": _verdict_table(verdicts)},
    )


def gap_checks() -> dg.AssetChecksDefinition:
    """One check per kind of gap, on the table where its rows stand; each can be run alone."""
    kinds = {model.name.removeprefix("gaps."): model for model in models.gap_models()}

    @dg.multi_asset_check(
        name="count_gaps",
        specs=[
            dg.AssetCheckSpec(
                name,
                asset=described.key(kind.header["check"]),
                additional_deps=[described.key("mart.gap_rows")],
                description=f"{kind.meaning} {kind.header['fix']}",
            )
            for name, kind in kinds.items()
        ],
        can_subset=True,
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def gaps(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        staging = of(context).staging
        for check in sorted(context.selected_asset_check_keys, key=lambda check: check.name):
            kind = kinds[check.name]
            yield _gap_result(check, count_gap(staging, kind), kind.header["check"])

    return gaps


def _gap_result(check: dg.AssetCheckKey, found: GapCount, table: str) -> dg.AssetCheckResult:
    rows = [dg.TableRecord({name: str(value or "") for name, value in row.items()}) for row in found.sample]
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=found.failing_rows == 0,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "failing": found.failing_rows,
            f"rows of {table}": found.rows,
            "share": f"{found.share:.1%}",
            "sample": dg.MetadataValue.table(rows, schema=SAMPLE),
            "sql": found.sql,
        },
    )


def _verdict_table(verdicts: list[Verdict]) -> dg.MetadataValue:
    return dg.MetadataValue.table(
        [
            dg.TableRecord(
                {
                    "columns": verdict.columns,
                    "expectation": verdict.expectation,
                    "passed": verdict.passed,
                    "failing rows": verdict.failing_rows,
                    "share": f"{verdict.share:.1%}",
                    "sample of keys": ", ".join(verdict.sample),
                    "sql": verdict.sql,
                }
            )
            for verdict in verdicts
        ]
    )
