"""Ledger: what every export stated of a campaign's day, kept when newer exports state it otherwise."""

from __future__ import annotations

from sources.layout import Tool
from warehouse import dictionary
from warehouse.staging import Staging

LEDGER, RESTATEMENTS = "ops.spend_ledger", "ops.restatements"
MEASURES = ("spend", "impressions", "clicks", "conversions", "conversion_value")
CAMPAIGN = ("account_id", "campaign_id", "campaign_name", "level", "currency")


def note(staging: Staging, tool: Tool) -> int:
    """Add to the ledger what files of a tool state that it does not hold yet; returns its new rows.

    To be called inside the load's transaction, when the files stand in `ops.files` and before superseded rows are
    deleted. Files without days add nothing: a period is restated as a whole.
    """
    there = staging.lake_columns()
    added = sum(_note_table(staging, table, there[table]) for table in _spending(tool) if table in there)
    if added:
        _restate(staging, tool)
    return added


def _spending(tool: Tool) -> list[str]:
    """The raw tables that hold what ads cost by the day."""
    return [
        f"raw_{tool.name}.{table}"
        for table, reports in tool.tables.items()
        if any({"level", "spend", "date"} <= set(report.fields) for report in reports)
    ]


def _note_table(staging: Staging, raw: str, there: set[str]) -> int:
    con = staging.con
    stated = [f'rows."{name}"' if name in there else f'null as "{name}"' for name in CAMPAIGN]
    segments = "rows._segments" if "_segments" in there else "null"
    sums = [f'sum(rows."{name}") as "{name}"' if name in there else f'null as "{name}"' for name in MEASURES]
    con.execute(f"""
        create or replace temp table noted as
        select
            files.tool, files.file_id, files.exported_at, {", ".join(stated)}, {segments} as segments, rows.date,
            {", ".join(sums)}
        from lake.{raw} as rows
        inner join lake.ops.files as files on rows._file_id = files.file_id and files.status = 'loaded'
        where rows.date is not null and files.file_id not in (select file_id from lake.{LEDGER})
        group by all
    """)
    columns = ", ".join(f'"{column.name}"' for column in dictionary.table(LEDGER).columns)
    con.execute(f"insert into lake.{LEDGER} ({columns}) select {columns} from noted")
    return staging.count("noted")


def _restate(staging: Staging, tool: Tool) -> None:
    """Derive the tool's restatements anew, so that the order in which its files arrived leaves no trace."""
    unpivoted = " union all ".join(
        f"select * exclude ({', '.join(MEASURES)}), '{measure}' as measure, {measure}::decimal(18, 6) as current"
        f" from lake.{LEDGER} where tool = ? and {measure} is not null"
        for measure in MEASURES
    )
    columns = ", ".join(f'"{column.name}"' for column in dictionary.table(RESTATEMENTS).columns)
    staging.con.execute(f"delete from lake.{RESTATEMENTS} where tool = ?", [tool.name])
    staging.con.execute(
        f"""
        insert into lake.{RESTATEMENTS} ({columns})
        with stated as ({unpivoted}),
        followed as (
            select
                *,
                exported_at as restated_at,
                -- a campaign that was renamed is the same one
                first(exported_at) over export as first_seen_at,
                lag(current) over export as previous
            from stated
            window export as (
                partition by
                    account_id, coalesce(campaign_id, campaign_name), level, segments, currency, date, measure
                order by exported_at, file_id
            )
        )
        select {columns} from followed where previous != current
        """,
        [tool.name] * len(MEASURES),
    )
