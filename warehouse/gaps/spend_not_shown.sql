-- A file states that more was spent in the account than its rows show, and no other report shows it.
-- grain: one row per file and table
-- severity: medium
-- owner: tool
-- check: mart.control_totals
-- fix: Export again with every campaign shown, removed ones and other types too; the difference is in no figure.
with own as (
    select
        file_id,
        path,
        table_number,
        max(stated) as stated
    from mart.control_totals
    where field = 'spend' and total = 'own'
    group by file_id, path, table_number
),

-- what a finer report leaves out is no loss where a coarser one is counted
counted as (
    select distinct _file_id
    from mart.ad_performance
    where is_counted
)

select
    wider.tool,
    wider.path as subject,
    'ops.files' as row_table,
    concat_ws(':', wider.path, left(wider.file_id, 12), wider.table_number) as row_key,
    wider.stated - greatest(wider.summed, coalesce(own.stated, wider.summed)) as amount,
    wider.currency
from mart.control_totals as wider
inner join counted on wider.file_id = counted._file_id
left join own
    on wider.file_id = own.file_id and wider.path = own.path and wider.table_number = own.table_number
where
    wider.field = 'spend'
    and wider.total = 'wider'
    and wider.explanation = 'counts more than the rows show'
    and wider.stated > coalesce(own.stated, wider.summed)
    and not wider.is_history
