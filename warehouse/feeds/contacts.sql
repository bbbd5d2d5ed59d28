-- People as a tool's own fields name them; where it gives no identifier, a digest stands for the record.
-- grain: one row per contact record of a tool.
with keyed as (
    select
        tool,
        coalesce(record_type, 'contact') as record_type,
        coalesce(
            record_id,
            md5(lower(email)),
            -- one phone may be a household's
            md5(
                coalesce(phone, mobile_phone) || '/'
                || lower(coalesce(full_name, concat_ws(' ', first_name, last_name)))
            ),
            md5(concat_ws('/', _file_id, _row_number))
        ) as record_id,
        email,
        coalesce(phone, mobile_phone) as phone,
        first_name,
        last_name,
        coalesce(full_name, nullif(concat_ws(' ', first_name, last_name), '')) as full_name,
        company,
        company_record_id,
        job_title,
        street,
        house_number,
        address_line_2,
        city,
        postcode,
        region,
        country,
        birth_date,
        gender,
        external_ids,
        successor_id,
        lifecycle_stage,
        source,
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
        partition by tool, record_type, record_id
        order by coalesce(updated_at, created_at) desc nulls last, _file_id asc, _row_number desc
    ) = 1
