-- A tool has not been exported for longer than the settings allow.
-- grain: one row per tool
-- severity: medium
-- owner: tool
-- check: ops.files
-- fix: Export the tool again, or have the export sent automatically.
select
    files.tool,
    'last export' as subject,
    'ops.files' as row_table,
    arg_max(files.path, concat_ws('/', files.exported_at, files.path)) as row_key
from ops.files as files
cross join ref.settings as settings
where files.status in ('loaded', 'duplicate')
group by files.tool, settings.run_date, settings.stale_days
having max(files.exported_at) < settings.run_date - settings.stale_days
