-- What the marketing status of a person says about e-mailing them; without the Campaigns add-on nothing is stated.
-- grain: one row per Pipedrive person and marketing status.
with persons as (
    select
        *,
        -- as in contacts
        coalesce(
            record_id,
            case
                when row_number() over (
                    partition by record_id is null, lower(email) order by lower(full_name) asc, _row_number asc
                ) = 1 then md5(lower(email))
            end,
            md5(lower(concat_ws('/', coalesce(email, phone), full_name, first_name, last_name)))
        ) as person_id
    from raw_pipedrive.persons
)

select
    'pipedrive' as tool,
    'contact' as record_type,
    person_id as record_id,
    'email' as channel,
    case marketing_status
        when 'subscribed' then 'granted'
        when 'unsubscribed' then 'withdrawn'
        else 'unknown'
    end as value,
    -- the export dates the person, not the status
    cast(null as timestamp) as stated_at,
    case when marketing_status = 'bounced' then 'hard bounce' else marketing_status end as evidence,
    _file_id,
    _row_number
from persons
where marketing_status is not null
