-- The columns of an export differ from those of the last one of the same kind.
-- grain: one row per column that is new, missing or renamed
-- severity: medium
-- owner: tool
-- check: ops.file_columns
-- fix: If a column is missing, export again with it; if the tool renamed it, add the new label to the layout.
with tables as (
    select
        tables.file_id,
        tables.path,
        tables.table_number,
        tables.tool,
        tables.language,
        files.exported_at,
        concat_ws('/', tables.report, coalesce(tables.grain, ''), coalesce(tables.segments, '')) as kind,
        row_number() over (
            partition by tables.tool, tables.report, tables.grain, tables.segments
            order by files.exported_at desc, tables.file_id asc, tables.path asc, tables.table_number asc
        ) as recency
    from ops.file_tables as tables
    inner join ops.files as files on tables.file_id = files.file_id and tables.path = files.path
    where files.status = 'loaded'
),

pairs as (
    select
        last.file_id,
        last.path,
        last.table_number,
        last.tool,
        last.language = earlier.language as is_same_language,
        earlier.file_id as earlier_file_id,
        earlier.path as earlier_path,
        earlier.table_number as earlier_table_number,
        row_number() over (
            partition by last.file_id, last.path, last.table_number order by earlier.recency
        ) as nearness
    from tables as last
    inner join tables as earlier
        on last.tool = earlier.tool and last.kind = earlier.kind and last.exported_at > earlier.exported_at
    where last.recency = 1
),

-- labels of two languages cannot be compared, the fields they stand for can
now as (
    select
        pairs.path,
        pairs.table_number,
        columns.position,
        columns.label,
        pairs.tool,
        case when pairs.is_same_language then coalesce(columns.field, columns.label) else columns.field end as mark
    from pairs
    inner join ops.file_columns as columns
        on
            pairs.file_id = columns.file_id
            and pairs.path = columns.path
            and pairs.table_number = columns.table_number
    where pairs.nearness = 1
),

before as (
    select
        pairs.path,
        pairs.table_number,
        columns.position,
        columns.label,
        pairs.tool,
        case when pairs.is_same_language then coalesce(columns.field, columns.label) else columns.field end as mark
    from pairs
    inner join ops.file_columns as columns
        on
            pairs.earlier_file_id = columns.file_id
            and pairs.earlier_path = columns.path
            and pairs.earlier_table_number = columns.table_number
    where pairs.nearness = 1
),

new as (
    select now.*
    from now
    left join before
        on now.path = before.path and now.table_number = before.table_number and now.mark = before.mark
    where before.mark is null and now.mark is not null
),

missing as (
    select before.*
    from before
    left join now
        on before.path = now.path and before.table_number = now.table_number and before.mark = now.mark
    where now.mark is null and before.mark is not null
),

changes as (
    select
        coalesce(new.tool, missing.tool) as tool,
        coalesce(new.path, missing.path) as path,
        coalesce(new.table_number, missing.table_number) as table_number,
        case
            when missing.label is null then 'new'
            when new.label is null then 'missing'
            else 'renamed'
        end as change,
        concat_ws(' → ', missing.label, new.label) as label
    from new
    full outer join missing
        on
            new.path = missing.path
            and new.table_number = missing.table_number
            and new.position = missing.position
)

select distinct
    tool,
    path as subject,
    'ops.file_columns' as row_table,
    concat_ws(':', path, table_number, change, label) as row_key
from changes
