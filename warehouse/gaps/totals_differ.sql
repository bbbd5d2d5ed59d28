-- A file states a total that its rows do not add up to.
-- grain: one row per file and field
-- severity: high
-- owner: tool
-- check: ops.files
-- fix: Export again with every row shown (removed campaigns are often hidden); the difference is in no figure.
with money as (
    select
        _file_id,
        min(currency) as currency
    from unified.ad_performance
    group by _file_id
    having count(distinct currency) = 1
),

stated as (
    select
        file_id,
        tool,
        path,
        own_total,
        rows_read,
        unnest(json_keys(summed_totals)) as field,
        stated_totals,
        summed_totals
    from ops.files
    where
        status = 'loaded'
        and own_total is not null
        -- once newer exports restate all rows of a file, its total is history
        and (rows_loaded = 0 or rows_superseded < rows_loaded)
),

compared as (
    select
        file_id,
        tool,
        path,
        rows_read,
        field,
        try_cast(json_extract_string(stated_totals, '$."' || own_total || '".' || field) as decimal(18, 6)) as stated,
        try_cast(json_extract_string(summed_totals, '$.' || field) as decimal(18, 6)) as summed
    from stated
)

select
    compared.tool,
    compared.path as subject,
    'ops.files' as row_table,
    concat_ws(':', compared.path, left(compared.file_id, 12), compared.field) as row_key,
    case when compared.field = 'spend' then compared.stated - compared.summed end as amount,
    -- the money of a file in several currencies cannot be said in one
    money.currency
from compared
left join money on compared.file_id = money._file_id
-- each row of a report is rounded to the cent, the total only once
where
    abs(compared.stated - compared.summed) > case
        when compared.stated = floor(compared.stated) and compared.summed = floor(compared.summed) then 0
        else 0.005 * compared.rows_read
    end
