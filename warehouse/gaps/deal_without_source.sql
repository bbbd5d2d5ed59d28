-- Nobody knows where a deal came from.
-- grain: one row per deal record
-- severity: medium
-- owner: tool
-- check: mart.deals
-- fix: Fill in the source of the deal; make the field required in the tool.
select
    tool,
    'deals' as subject,
    'mart.deals' as row_table,
    concat_ws('/', tool, 'deal', record_id) as row_key,
    amount,
    currency
from mart.deals
where source is null
