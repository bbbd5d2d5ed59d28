"""Checks: every mart table against the dictionary, which stops publishing; every kind of gap, which warns."""

from typing import TYPE_CHECKING

import dagster as dg

from assets import described
from assets.tonight import POOL, RESOURCE, of
from pipelines.check import check_table, count_gap
from warehouse import dictionary, models
from warehouse.models import Model

if TYPE_CHECKING:
    from pipelines.expectations import Verdict


def checks() -> list[dg.AssetChecksDefinition]:
    """Checks of all mart tables and all kinds of gap."""
    tables = [name for name in dictionary.tables() if name.startswith("mart.")]
    return [*(_table_check(name) for name in tables), *(_gap_check(kind) for kind in models.gap_models())]


def _table_check(name: str) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=described.key(name),
        name="as_described",
        description="Key and accepted values stop publishing, patterns and minimums warn (Great Expectations).",
        blocking=True,
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def as_described(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        verdicts = check_table(of(context).staging, name)
        failed = [verdict for verdict in verdicts if not verdict.passed]
        blocks = any(verdict.blocks for verdict in failed)
        return dg.AssetCheckResult(
            passed=not failed,
            severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
            description="; ".join(f"{v.columns}: {v.expectation}, {v.failing_rows} rows" for v in failed) or None,
            metadata={"failing": sum(v.failing_rows for v in failed), "expectations": _verdict_table(verdicts)},
        )

    return as_described


def _verdict_table(verdicts: "list[Verdict]") -> dg.MetadataValue:
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


def _gap_check(kind: Model) -> dg.AssetChecksDefinition:
    table = kind.header["check"]

    @dg.asset_check(
        asset=described.key(table),
        name=kind.name.removeprefix("gaps."),
        description=f"{kind.meaning} {kind.header['fix']}",
        additional_deps=[described.key("mart.gap_rows")],
        required_resource_keys={RESOURCE},
        pool=POOL,
    )
    def gap(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        found = count_gap(of(context).staging, kind)
        return dg.AssetCheckResult(
            passed=found.failing_rows == 0,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "failing": found.failing_rows,
                f"rows of {table}": found.rows,
                "share": f"{found.share:.1%}",
                "sample": dg.MetadataValue.table(
                    [dg.TableRecord({name: str(value or "") for name, value in row.items()}) for row in found.sample],
                    schema=dg.TableSchema.from_name_type_dict(
                        dict.fromkeys(("tool", "subject", "row_table", "row_key"), "string")
                    ),
                ),
                "sql": found.sql,
            },
        )

    return gap
