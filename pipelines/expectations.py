"""Expectations: what the data dictionary says of a table, as a Great Expectations suite."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pyarrow as pa
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context import EphemeralDataContext

from pipelines.validator import Verdict
from warehouse.dictionary import Table

SAMPLE = 5


def suite(table: Table) -> gx.ExpectationSuite:
    """Unique key and accepted values, which stop publishing; patterns and minimums, which warn.

    Each expectation's `meta` has `blocks` and `failing`, the end of the SELECT that lists the rows that break it.
    """
    one_key = ", ".join(f'"{column}"' for column in table.key)
    twice = {"blocks": True, "failing": f"qualify count(*) over (partition by {one_key}) > 1"}
    expectations: list[Any] = []
    if len(table.key) > 1:
        expectations.append(
            gxe.ExpectCompoundColumnsToBeUnique(column_list=list(table.key), ignore_row_if="never", meta=twice)
        )
    else:
        expectations.append(gxe.ExpectColumnValuesToBeUnique(column=table.key[0], meta=twice))
        null = {"blocks": True, "failing": f'where "{table.key[0]}" is null'}
        expectations.append(gxe.ExpectColumnValuesToNotBeNull(column=table.key[0], meta=null))
    for column, values in table.accepted:
        listed = ", ".join(f"'{value}'" for value in values)
        other = {"blocks": True, "failing": f'where "{column}" is null or "{column}" not in ({listed})'}
        expectations.append(gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(values), meta=other))
        expectations.append(gxe.ExpectColumnValuesToNotBeNull(column=column, meta=other))
    for entry in (column for column in table.columns if not column.personal):
        if entry.pattern:
            odd = {"blocks": False, "failing": f"where not regexp_matches(\"{entry.name}\", '{entry.pattern}')"}
            expectations.append(gxe.ExpectColumnValuesToMatchRegex(column=entry.name, regex=entry.pattern, meta=odd))
        if entry.min is not None:
            low = {"blocks": False, "failing": f'where "{entry.name}" < {entry.min}'}
            expectations.append(gxe.ExpectColumnValuesToBeBetween(column=entry.name, min_value=entry.min, meta=low))
    return gx.ExpectationSuite(table.name, expectations=expectations)


def validate(table: Table, rows: pa.Table) -> list[Verdict]:
    """Hold rows, with at least the columns that expectations name, against the table's suite."""
    expected = suite(table)
    batch = _rows().get_batch({"dataframe": rows.to_pandas()})
    result = batch.validate(
        expected,
        result_format={
            "result_format": "COMPLETE",
            "exclude_unexpected_values": True,
            "unexpected_index_column_names": list(table.key),
        },
    )
    return [_verdict(table, outcome) for outcome in result.results]


@cache
def _rows() -> Any:
    """Where Great Expectations takes the rows from: a frame handed over, nothing stored, nothing sent."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    assert isinstance(context, EphemeralDataContext)
    context.enable_analytics(False)
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    return (
        context.data_sources.add_pandas("staging")
        .add_dataframe_asset("rows")
        .add_batch_definition_whole_dataframe("all")
    )


def _verdict(table: Table, outcome: ExpectationValidationResult) -> Verdict:
    config, result = outcome.expectation_config, outcome.result
    assert config is not None
    # one dictionary of parallel lists, a list per key column
    listed = (result.get("unexpected_index_list") or [{column: [] for column in table.key}])[0]
    keys = ["/".join(map(str, parts)) for parts in zip(*(listed[column] for column in table.key), strict=True)]
    return Verdict(
        expectation=config.type.removeprefix("expect_").replace("_", " "),
        columns=", ".join(config.kwargs.get("column_list") or [config.kwargs["column"]]),
        blocks=config.meta["blocks"],
        passed=bool(outcome.success),
        failing_rows=result.get("unexpected_count", 0),
        share=(result.get("unexpected_percent") or 0.0) / 100,
        sample=tuple(sorted(dict.fromkeys(keys))[:SAMPLE]),
        sql=f"select * from {table.name} {config.meta['failing']}",
    )
