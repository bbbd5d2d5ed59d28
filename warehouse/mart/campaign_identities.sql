-- Which campaign every campaign name of every tool is: the same words in any order are the same campaign.
-- grain: one row per tool, account, campaign identifier and name
with worded as (
    select
        *,
        array_to_string(
            list_sort(
                list_distinct(
                    string_split(
                        trim(regexp_replace(lower(strip_accents(campaign_name)), '[^\p{L}\p{N}]+', ' ', 'g')), ' '
                    )
                )
            ),
            '-'
        ) as words
    from unified.campaign_names
),

-- a campaign that was renamed keeps its identifier: its latest name stands for all
latest as (
    select
        tool,
        account_id,
        campaign_id,
        -- a name without days is older than any with some
        arg_max(
            words, concat_ws('/', coalesce(cast(coalesce(ended_on, planned_end) as varchar), ''), campaign_name)
        ) as words
    from worded
    where campaign_id is not null
    group by tool, account_id, campaign_id
),

keyed as (
    select
        worded.tool,
        worded.account_id,
        worded.campaign_id,
        worded.campaign_name,
        coalesce(nullif(latest.words, ''), nullif(worded.words, ''), lower(worded.campaign_name)) as campaign_key,
        latest.words is not null and latest.words != worded.words as is_renamed
    from worded
    left join latest
        on
            worded.tool = latest.tool
            and worded.account_id is not distinct from latest.account_id
            and worded.campaign_id = latest.campaign_id
),

variants as (
    select
        campaign_key,
        count(*) as name_count,
        count(distinct campaign_name) as variant_count
    from keyed
    group by campaign_key
)

select
    keyed.campaign_key,
    keyed.tool,
    keyed.account_id,
    keyed.campaign_id,
    keyed.campaign_name,
    case
        when keyed.is_renamed then 'same_id'
        when variants.name_count = 1 then 'alone'
        when variants.variant_count = 1 then 'same_name'
        else 'same_words'
    end as match_rule,
    case when keyed.is_renamed or variants.variant_count = 1 then 1.0 else 0.9 end as confidence
from keyed
inner join variants on keyed.campaign_key = variants.campaign_key
