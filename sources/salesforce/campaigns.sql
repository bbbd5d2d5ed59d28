-- The campaigns Salesforce plans and follows, with what the team entered as their costs.
-- grain: one row per Salesforce campaign.
with keyed as (
    select
        *,
        -- exports state one campaign with 15 or, a checksum added, 18 characters
        coalesce(
            left(campaign_id, 15), md5(lower(campaign_name)), md5(concat_ws('/', _file_id, _row_number))
        ) as known_id
    from raw_salesforce.campaigns
),

newest as (
    select *
    from keyed
    qualify
        row_number() over (
            partition by known_id
            order by
                coalesce(updated_at, created_at) desc nulls last,
                length(campaign_id) desc nulls last,
                _file_id asc,
                _row_number asc
        ) = 1
)

select
    'salesforce' as tool,
    known_id as campaign_id,
    campaign_name,
    channel,
    status,
    started_on,
    ended_on,
    budget,
    spend,
    currency,
    created_at,
    _file_id,
    _row_number
from newest
where not coalesce(is_deleted, false)
