-- A file of a known tool could not be read.
-- grain: one row per file
-- severity: high
-- owner: tool
-- check: ops.files
-- fix: See the reason in ops.files; export the report again in the tool's own format.
select
    files.tool,
    files.path as subject,
    'ops.files' as row_table,
    files.path as row_key
from ops.files as files
inner join ops.tools as tools on files.tool = tools.tool
where tools.is_registered and files.status = 'rejected'
