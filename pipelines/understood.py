"""Understood: what was made of every dropped file, as people read it, in the terminal and in the Dagster UI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.lake import Connection

# of the totals that ought to equal the rows: what the file states, and what its rows say where that is something else
FILES = """
    with fields as (
        select
            file_id,
            path,
            own_total,
            unnest(json_keys(summed_totals)) as field,
            stated_totals,
            summed_totals
        from ops.file_tables
        where own_total is not null
    ),

    compared as (
        select
            file_id,
            path,
            field,
            json_extract_string(stated_totals, '$."' || own_total || '".' || field) as stated,
            json_extract_string(summed_totals, '$.' || field) as summed
        from fields
    ),

    totals as (
        select
            file_id,
            path,
            string_agg(
                concat_ws(' ', field, stated, case when stated != summed then '(rows: ' || summed || ')' end), ', '
                order by field
            ) as totals
        from compared
        where stated is not null
        group by file_id, path
    )

    select
        files.*,
        concat_ws(' … ', files.period_start, nullif(files.period_end, files.period_start)) as period,
        totals.totals,
        concat_ws('; ', files.reason, files.warnings) as remarks
    from ops.files as files
    left join totals on files.file_id = totals.file_id and files.path = totals.path
    order by files.tool, files.path
"""


def files(con: Connection) -> list[dict[str, Any]]:
    """A row per file of `ops.files`: with its period, stated totals and remarks as text."""
    found: list[dict[str, Any]] = con.execute(FILES).to_arrow_table().to_pylist()
    return found
