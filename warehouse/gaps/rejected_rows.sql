-- Rows of a file were kept aside.
-- grain: one row per rejected row
-- severity: medium
-- owner: tool
-- check: ops.files
-- fix: See the reasons in ops.rejected_rows; correct the rows in the tool and export again.
select
    files.tool,
    files.path as subject,
    'ops.rejected_rows' as row_table,
    concat_ws(':', files.path, rejected.row_number) as row_key
from ops.rejected_rows as rejected
inner join ops.files as files on rejected.file_id = files.file_id
where
    files.status = 'loaded'
    -- once newer exports restate all rows of a file, what it lost is history
    and (files.rows_loaded = 0 or files.rows_superseded < files.rows_loaded)
