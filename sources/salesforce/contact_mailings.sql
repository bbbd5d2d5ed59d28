-- Who Salesforce says was sent an e-mail campaign; nobody can be sent one before being put into it.
-- grain: one row per Salesforce campaign member of an e-mail campaign.
with members as (
    select
        *,
        coalesce(contact_id, lead_id, member_id) as person_id
    from raw_salesforce.campaign_members
    where not coalesce(is_deleted, false) and created_at is not null
),

campaigns as (
    select
        left(campaign_id, 15) as campaign_id,
        max(campaign_name) as campaign_name
    from raw_salesforce.campaigns
    where replace(lower(channel), '-', '') in ('email', 'emailing', 'courriel')
    group by left(campaign_id, 15)
)

select
    'salesforce' as tool,
    case when starts_with(members.person_id, '00Q') then 'lead' else 'contact' end as record_type,
    left(members.person_id, 15) as record_id,
    members.created_at as sent_at,
    campaigns.campaign_name,
    'member of an e-mail campaign' as evidence,
    members._file_id,
    members._row_number
from members
inner join campaigns on left(members.campaign_id, 15) = campaigns.campaign_id
where
    members.person_id is not null
    and (members.has_responded or lower(members.member_status) in ('sent', 'responded', 'envoyé', 'a répondu'))
