-- A deal has an amount whose currency the export does not state.
-- grain: one row per deal
-- severity: medium
-- owner: tool
-- check: mart.deals
-- fix: Export again with the currency column; until then no total in the base currency has the amount.
select
    tool,
    'amounts without a currency' as subject,
    'mart.deals' as row_table,
    concat_ws('/', tool, record_id) as row_key,
    amount
from mart.deals
where amount != 0 and currency is null
