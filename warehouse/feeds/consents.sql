-- What a tool's own fields state about consent; who states nothing has no row.
-- grain: one row per contact record of a tool, channel and purpose.
with keyed as (
    select
        tool,
        coalesce(record_type, 'contact') as record_type,
        -- as in the feed of contacts
        coalesce(
            record_id,
            md5(lower(email)),
            md5(
                coalesce(phone, mobile_phone) || '/'
                || lower(coalesce(full_name, concat_ws(' ', first_name, last_name)))
            ),
            md5(concat_ws('/', _file_id, _row_number))
        ) as record_id,
        coalesce(channel, 'email') as channel,
        purpose,
        case when value in ('granted', 'withdrawn') then value else 'unknown' end as value,
        stated_at,
        evidence,
        _file_id,
        _row_number
    from feed.fields
    where value is not null
)

-- of several statements about one purpose the last one counts; of those without a date a withdrawal
select *
from keyed
qualify
    row_number() over (
        partition by tool, record_type, record_id, channel, purpose
        order by stated_at desc nulls last, value desc, _file_id asc, _row_number desc
    ) = 1
