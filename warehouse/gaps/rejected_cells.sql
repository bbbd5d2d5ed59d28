-- Cells of a file could not be read and were left empty.
-- grain: one row per rejected cell
-- severity: low
-- owner: tool
-- check: ops.files
-- fix: See the reasons in ops.rejected_cells; correct the values in the tool and export again.
select
    files.tool,
    concat_ws(', ', files.path, rejected.label) as subject,
    'ops.rejected_cells' as row_table,
    concat_ws(':', files.path, rejected.row_number, rejected.field) as row_key
from ops.rejected_cells as rejected
inner join ops.files as files on rejected.file_id = files.file_id
where
    files.status = 'loaded'
    -- those have a gap of their own
    and coalesce(rejected.reason, '') not like '%digits%lost%'
    -- once newer exports restate all rows of a file, what it lost is history
    and (files.rows_loaded = 0 or files.rows_superseded < files.rows_loaded)
