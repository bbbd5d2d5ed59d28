-- An export was not loaded because it would replace known figures with far fewer.
-- grain: one row per file
-- severity: high
-- owner: tool
-- check: ops.files
-- fix: Export again, complete; or accept it with `unsilo decide accept` and the first letters of its file_id.
select
    tool,
    path as subject,
    'ops.files' as row_table,
    concat_ws(':', path, left(file_id, 12)) as row_key
from ops.files
where status = 'held'
