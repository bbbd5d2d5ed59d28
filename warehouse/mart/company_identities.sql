-- Which company every company record is: companies keep the id under which most of their records were known before.
-- grain: one row per company record of a tool
with clustered as (
    select
        clusters.company_key,
        clusters.cluster_key,
        ids.company_id,
        ids.linked_at
    from unified.company_clusters as clusters
    left join ops.company_ids as ids on clusters.company_key = ids.company_key
),

-- after a split, the part with most of the records keeps the id
claims as (
    select
        company_id,
        cluster_key,
        min(linked_at) as linked_at,
        row_number() over (partition by company_id order by count(*) desc, cluster_key asc) as claim_rank
    from clustered
    where company_id is not null
    group by company_id, cluster_key
),

-- after a merge, the oldest id stays
kept as (
    select
        cluster_key,
        arg_min(company_id, concat_ws('/', linked_at, company_id)) as company_id
    from claims
    where claim_rank = 1
    group by cluster_key
),

-- a new id must differ from every id given before, also from one this company lost in a split
candidates as (
    select
        clustered.cluster_key,
        'o_' || left(md5(concat_ws(
            '/',
            string_agg(clustered.company_key, '|' order by clustered.company_key),
            string_agg(distinct clustered.company_id, '|' order by clustered.company_id)
        )), 16) as company_id
    from clustered
    left join kept on clustered.cluster_key = kept.cluster_key
    where kept.cluster_key is null
    group by clustered.cluster_key
),

-- nor may it be one that another company holds
held as (
    select distinct company_id
    from ops.company_ids
),

identified as (
    select
        cluster_key,
        company_id
    from kept
    union all
    select
        candidates.cluster_key,
        case
            when held.company_id is null then candidates.company_id
            else 'o_' || left(md5(concat_ws('/', candidates.company_id, settings.run_date)), 16)
        end as company_id
    from candidates
    cross join ref.settings as settings
    left join held on candidates.company_id = held.company_id
),

-- a link counts where its two ends came to be one company
followed as (
    select
        links.company_key,
        links.linked_key,
        links.match_rule
    from unified.company_links as links
    inner join clustered as a on links.company_key = a.company_key
    inner join clustered as b on links.linked_key = b.company_key
    where a.cluster_key = b.cluster_key
),

linked as (
    select
        company_key,
        match_rule
    from followed
    union
    select
        linked_key as company_key,
        match_rule
    from followed
),

rules as (
    select
        company_key,
        arg_min(match_rule, list_position([
            'same_record',
            'same_registration_number',
            'same_domain',
            'same_name_and_phone',
            'same_name_and_place',
            'same_name'
        ], match_rule)) as match_rule
    from linked
    group by company_key
)

select
    keys.tool,
    keys.record_id,
    identified.company_id,
    coalesce(rules.match_rule, 'alone') as match_rule,
    case
        when clustered.company_id = identified.company_id then clustered.linked_at
        else cast(settings.run_date as timestamp)
    end as linked_at
from clustered
cross join ref.settings as settings
inner join unified.company_keys as keys on clustered.company_key = keys.company_key
inner join identified on clustered.cluster_key = identified.cluster_key
left join rules on clustered.company_key = rules.company_key
