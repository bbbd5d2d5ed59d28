-- Totals that files state, beside the sum of their rows: own totals ought to be equal, wider ones count more.
-- grain: one row per table of a file, label of a total and field
with money as (
    select
        _file_id,
        min(currency) as currency
    from unified.ad_performance
    group by _file_id
    having count(distinct currency) = 1
),

tables as (
    select
        *,
        unnest(map_entries(
            cast(cast(stated_totals as json) as map (varchar, map (varchar, varchar)))
        )) as stated_total,
        cast(cast(summed_totals as json) as map (varchar, varchar)) as sums
    from ops.file_tables
),

fields as (
    select
        *,
        stated_total['key'] as label,
        unnest(map_entries(stated_total['value'])) as stated_field
    from tables
),

compared as (
    select
        fields.tool,
        fields.file_id,
        fields.path,
        fields.table_number,
        fields.report,
        fields.label,
        stated_field['key'] as field,
        coalesce(fields.currency, money.currency) as currency,
        fields.rows_read,
        fields.rows_rejected,
        case fields.label
            when fields.own_total then 'own'
            when fields.wider_total then 'wider'
            else 'part'
        end as total,
        try_cast(stated_field['value'] as decimal(18, 6)) as stated,
        try_cast(sums[stated_field['key']] as decimal(18, 6)) as summed
    from fields
    left join money on fields.file_id = money._file_id
),

refused as (
    select distinct
        file_id,
        field
    from ops.rejected_cells
),

judged as (
    select
        compared.*,
        compared.stated - compared.summed as difference,
        files.rows_loaded > 0 and files.rows_superseded >= files.rows_loaded as is_history,
        refused.field is not null as has_refused,
        -- each row of a report is rounded to the cent, the total only once
        case
            when compared.stated = floor(compared.stated) and compared.summed = floor(compared.summed) then 0
            else 0.005 * compared.rows_read
        end as rounding
    from compared
    inner join ops.files as files
        on compared.file_id = files.file_id and compared.path = files.path and files.status = 'loaded'
    left join refused on compared.file_id = refused.file_id and compared.field = refused.field
    where compared.stated is not null and compared.summed is not null
)

select
    tool,
    file_id,
    path,
    table_number,
    report,
    label,
    total,
    field,
    currency,
    stated,
    summed,
    difference,
    is_history,
    case
        when difference = 0 then 'equal'
        when abs(difference) <= rounding then 'rounding'
        when total = 'wider' and difference > 0 then 'counts more than the rows show'
        when total = 'part' and difference < 0 then 'part of the rows'
        when difference > 0 and rows_rejected > 0 then 'rows kept aside'
        when difference > 0 and has_refused then 'cells left empty'
        when total = 'part' and difference > 0 then 'counts more than the rows show'
        else 'unexplained'
    end as explanation
from judged
