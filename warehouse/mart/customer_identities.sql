-- Which customer every contact is: people keep the id under which most of their contacts were known before.
-- grain: one row per contact record of a tool
with clustered as (
    select
        clusters.contact_key,
        clusters.cluster_key,
        ids.customer_id,
        ids.linked_at
    from unified.contact_clusters as clusters
    left join ops.customer_ids as ids on clusters.contact_key = ids.contact_key
),

-- after a split, the part with most of the contacts keeps the id
claims as (
    select
        customer_id,
        cluster_key,
        min(linked_at) as linked_at,
        row_number() over (partition by customer_id order by count(*) desc, cluster_key asc) as claim_rank
    from clustered
    where customer_id is not null
    group by customer_id, cluster_key
),

-- after a merge, the oldest id stays
kept as (
    select
        cluster_key,
        arg_min(customer_id, concat_ws('/', linked_at, customer_id)) as customer_id
    from claims
    where claim_rank = 1
    group by cluster_key
),

-- a new id must differ from every id given before, also from one this cluster lost in a split
candidates as (
    select
        clustered.cluster_key,
        'c_' || left(md5(concat_ws(
            '/',
            string_agg(clustered.contact_key, '|' order by clustered.contact_key),
            string_agg(distinct clustered.customer_id, '|' order by clustered.customer_id)
        )), 16) as customer_id
    from clustered
    left join kept on clustered.cluster_key = kept.cluster_key
    where kept.cluster_key is null
    group by clustered.cluster_key
),

-- nor may it be one that somebody else holds, as when a contact that gave its id to a merge comes back on its own
held as (
    select distinct customer_id
    from ops.customer_ids
),

minted as (
    select
        candidates.cluster_key,
        case
            when held.customer_id is null then candidates.customer_id
            else 'c_' || left(md5(concat_ws('/', candidates.customer_id, settings.run_date)), 16)
        end as customer_id
    from candidates
    cross join ref.settings as settings
    left join held on candidates.customer_id = held.customer_id
),

linked as (
    select
        contact_key,
        match_rule
    from unified.contact_links
    union all
    select
        linked_key as contact_key,
        match_rule
    from unified.contact_links
),

rules as (
    select
        contact_key,
        string_agg(distinct match_rule, '/' order by match_rule) as match_rules
    from linked
    group by contact_key
)

select
    keys.tool,
    keys.record_type,
    keys.record_id,
    cast(null as double) as match_probability,
    coalesce(kept.customer_id, minted.customer_id) as customer_id,
    coalesce(split_part(rules.match_rules, '/', 1), 'alone') as match_rule,
    case
        when clustered.customer_id = coalesce(kept.customer_id, minted.customer_id) then clustered.linked_at
        else cast(settings.run_date as timestamp)
    end as linked_at
from clustered
cross join ref.settings as settings
inner join unified.contact_keys as keys on clustered.contact_key = keys.contact_key
left join kept on clustered.cluster_key = kept.cluster_key
left join minted on clustered.cluster_key = minted.cluster_key
left join rules on clustered.contact_key = rules.contact_key
