-- Deals as a tool's own fields name them, won and lost told by the words of status or else stage.
-- grain: one row per deal record of a tool.
with keyed as (
    select
        tool,
        coalesce(record_id, md5(concat_ws('/', _file_id, _row_number))) as record_id,
        name,
        pipeline,
        stage,
        lower(coalesce(status, stage)) as words,
        amount,
        currency,
        created_at,
        closed_on,
        source,
        campaign_name,
        company_record_id,
        contact_record_id,
        owner,
        _file_id,
        _row_number
    from feed.fields
)

-- a file may state one record twice
select
    tool,
    record_id,
    name,
    pipeline,
    stage,
    case
        when regexp_matches(words, '(^|[^a-zé])(lost|perdue?s?|perdid[oa]s?)([^a-zé]|$)') then 'lost'
        when regexp_matches(words, '(^|[^a-zé])(won|gagn[ée]e?s?|ganh[oa]s?|ganad[oa]s?)([^a-zé]|$)') then 'won'
        else 'open'
    end as status,
    amount,
    currency,
    created_at,
    closed_on,
    source,
    campaign_name,
    company_record_id,
    contact_record_id,
    owner,
    _file_id,
    _row_number
from keyed
qualify
    row_number() over (
        partition by tool, record_id
        order by created_at desc nulls last, _file_id asc, _row_number desc
    ) = 1
