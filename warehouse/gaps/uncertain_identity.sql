-- Two customers may be one person or two, and what the tools state does not settle it.
-- grain: one row per pair of customers
-- severity: medium
-- owner: marketing
-- check: mart.customer_reviews
-- fix: Write the pairs to a spreadsheet with unsilo decide --export review.xlsx, decide, and import it again.
select
    -- no amount: one customer's deals would count once for each of its pairs
    replace(reason, '_', ' ') as subject,
    'mart.customer_reviews' as row_table,
    contact_key || ' ' || linked_key as row_key
from mart.customer_reviews
