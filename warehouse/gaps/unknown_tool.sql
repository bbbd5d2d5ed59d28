-- A file was dropped for a tool that no source reads.
-- grain: one row per file
-- severity: high
-- owner: it
-- check: ops.files
-- fix: Find out who uses the tool and what personal data it holds; then add a source for it, or remove the file.
select
    files.tool,
    -- what the file most probably is
    coalesce(
        nullif(regexp_extract(files.reason, 'looks like .*'), ''), nullif(files.tool, ''), 'no folder'
    ) as subject,
    'ops.files' as row_table,
    files.path as row_key
from ops.files as files
left join ops.tools as tools on files.tool = tools.tool
where not coalesce(tools.is_registered, false)
