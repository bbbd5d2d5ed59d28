-- The last export of records states less than half as many as the one before.
-- grain: one row per tool and report
-- severity: medium
-- owner: tool
-- check: ops.file_tables
-- fix: Look whether the export was filtered, or who deleted records; what older exports state is kept.
with daily as (
    select
        tables.tool,
        tables.report,
        cast(files.exported_at as date) as exported_on,
        sum(tables.rows_read) as rows_read,
        min(files.path) as path
    from ops.file_tables as tables
    inner join ops.files as files on tables.file_id = files.file_id and tables.path = files.path
    -- figures of days and periods are held instead
    where files.status = 'loaded' and tables.grain is null
    group by tables.tool, tables.report, cast(files.exported_at as date)
),

compared as (
    select
        *,
        lag(rows_read) over (partition by tool, report order by exported_on) as rows_before,
        row_number() over (partition by tool, report order by exported_on desc) as recency
    from daily
)

select
    tool,
    replace(report, '_', ' ') as subject,
    'ops.files' as row_table,
    path as row_key
from compared
where recency = 1 and rows_before >= 20 and rows_read * 2 < rows_before
