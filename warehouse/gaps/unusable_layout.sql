-- A layout of the company's own cannot be used, so that the tool's exports are not read as it says.
-- grain: one row per tool
-- severity: high
-- owner: tool
-- check: ops.tools
-- fix: Correct what `unsilo tools` says of the layout.yml, then run the night again.
select
    tool,
    tool as subject,
    'ops.tools' as row_table,
    tool as row_key
from ops.tools
where layout_error is not null
