-- Nobody is named as the owner of a tool that is in use.
-- grain: one row per tool
-- severity: medium
-- owner: it
-- check: ops.tools
-- fix: Name an owner in unsilo.toml, under the tool.
select
    tools.tool,
    tools.tool as subject,
    'ops.tools' as row_table,
    tools.tool as row_key,
    tools.monthly_cost as amount,
    settings.base_currency as currency
from ops.tools as tools
cross join ref.settings as settings
where tools.is_registered and tools.owner is null
