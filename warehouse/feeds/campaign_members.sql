-- Who was put into which campaign and how they responded, as a tool's own fields name it.
-- grain: one row per campaign and contact of a tool.
with keyed as (
    select
        tool,
        coalesce(
            record_id,
            md5(coalesce(campaign_id, campaign_name) || '/' || coalesce(contact_record_id, lower(email))),
            md5(concat_ws('/', _file_id, _row_number))
        ) as record_id,
        campaign_id,
        campaign_name,
        coalesce(record_type, 'contact') as record_type,
        contact_record_id,
        email,
        coalesce(full_name, nullif(concat_ws(' ', first_name, last_name), '')) as full_name,
        member_status,
        has_responded,
        responded_at,
        created_at,
        _file_id,
        _row_number
    from feed.fields
)

-- a file may state one membership twice
select *
from keyed
qualify
    row_number() over (
        partition by tool, record_id
        order by coalesce(responded_at, created_at) desc nulls last, _file_id asc, _row_number desc
    ) = 1
