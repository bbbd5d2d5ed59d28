-- Companies as a tool's own fields name them; where it gives no identifier, a digest stands for the record.
-- grain: one row per company record of a tool.
with keyed as (
    select
        tool,
        coalesce(
            record_id,
            md5(lower(registration_number)),
            md5(lower(domain)),
            md5(lower(name)),
            md5(concat_ws('/', _file_id, _row_number))
        ) as record_id,
        name,
        domain,
        registration_number,
        phone,
        industry,
        street,
        postcode,
        city,
        country,
        successor_id,
        owner,
        created_at,
        updated_at,
        _file_id,
        _row_number
    from feed.fields
)

-- a file may state one record twice
select *
from keyed
qualify
    row_number() over (
        partition by tool, record_id
        order by coalesce(updated_at, created_at) desc nulls last, _file_id asc, _row_number desc
    ) = 1
