-- A report repeats figures that another report of the same level states, for longer or overlapping periods.
-- grain: one row per row of an ads report
-- severity: medium
-- owner: tool
-- check: unified.ad_performance
-- fix: Nothing is counted twice; stop exporting both, so that nobody adds them up by hand.
select
    figures.tool,
    residual.reason as subject,
    'unified.ad_performance' as row_table,
    concat_ws(':', figures._file_id, figures._row_number) as row_key,
    figures.spend as amount,
    figures.currency
from unified.ad_residual as residual
inner join unified.ad_performance as figures
    on residual._file_id = figures._file_id and residual._row_number = figures._row_number
-- the same figures by ad group or device are detail that people ask for
where not residual.is_other_level
