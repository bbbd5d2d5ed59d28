-- A spreadsheet rounded identifiers, whose last digits are lost.
-- grain: one row per cell
-- severity: medium
-- owner: tool
-- check: ops.files
-- fix: Export again and drop the file as it is, without opening it in a spreadsheet; until then they join nothing.
select
    files.tool,
    files.path as subject,
    'ops.rejected_cells' as row_table,
    concat_ws(':', files.path, rejected.row_number, rejected.field) as row_key
from ops.rejected_cells as rejected
inner join ops.files as files on rejected.file_id = files.file_id
where
    files.status = 'loaded'
    and rejected.reason like '%digits%lost%'
    -- once newer exports restate all rows of a file, what it lost is history
    and (files.rows_loaded = 0 or files.rows_superseded < files.rows_loaded)
