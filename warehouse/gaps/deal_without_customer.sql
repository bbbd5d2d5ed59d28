-- A deal belongs to no customer that any export knows.
-- grain: one row per deal record
-- severity: medium
-- owner: tool
-- check: mart.deals
-- fix: Associate the deal with a contact in the tool, or export the contact as well.
select
    tool,
    'deals' as subject,
    'mart.deals' as row_table,
    concat_ws('/', tool, 'deal', record_id) as row_key,
    amount,
    currency
from mart.deals
where customer_id is null
