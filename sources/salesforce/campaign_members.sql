-- Who Salesforce put into which campaign; a lead that was converted is a member as the contact it became.
-- grain: one row per Salesforce campaign member.
with members as (
    select
        *,
        left(campaign_id, 15) as known_campaign_id,
        -- after a conversion a member states both
        left(coalesce(contact_id, lead_id, member_id), 15) as person_id,
        coalesce(full_name, nullif(concat_ws(' ', first_name, last_name), '')) as person_name
    from raw_salesforce.campaign_members
),

keyed as (
    select
        *,
        coalesce(known_campaign_id, lower(campaign_name))
        || '/'
        || coalesce(person_id, lower(email), lower(person_name)) as membership
    from members
),

-- one member by its id, which not every report states, and then by whom it puts into which campaign
identified as (
    select *
    from keyed
    qualify
        row_number() over (
            partition by coalesce(left(record_id, 15), membership, concat_ws('/', _file_id, _row_number))
            order by
                coalesce(updated_at, responded_at, created_at) desc nulls last,
                length(record_id) desc nulls last,
                _file_id asc,
                _row_number asc
        ) = 1
),

newest as (
    select
        *,
        max(left(record_id, 15)) over (partition by membership) as member_record_id
    from identified
    qualify
        row_number() over (
            partition by coalesce(membership, record_id, concat_ws('/', _file_id, _row_number))
            order by
                coalesce(updated_at, responded_at, created_at) desc nulls last,
                length(record_id) desc nulls last,
                _file_id asc,
                _row_number asc
        ) = 1
)

select
    'salesforce' as tool,
    coalesce(
        member_record_id,
        left(record_id, 15),
        md5(membership),
        md5(concat_ws('/', _file_id, _row_number))
    ) as record_id,
    known_campaign_id as campaign_id,
    campaign_name,
    case
        when starts_with(person_id, '00Q') then 'lead'
        when person_id is null and lower(member_type) in ('lead', 'piste') then 'lead'
        else 'contact'
    end as record_type,
    person_id as contact_record_id,
    email,
    person_name as full_name,
    member_status,
    has_responded,
    responded_at,
    created_at,
    _file_id,
    _row_number
from newest
where not coalesce(is_deleted, false)
