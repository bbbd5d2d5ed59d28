-- Which customer every contact is, under ids that stay.
-- grain: one row per contact record of a tool
--
-- A customer keeps the id that its contacts had the night before. Of several ids that come together the one stays that
-- one of the contacts has had longest, then that of more contacts. When a customer falls apart, the id stays with the
-- part that has had it longest, then with the one of more contacts. A part without an id gets back the last one of its
-- contacts that nobody holds, or else one that was never given.
with clustered as (
    select
        keys.tool,
        keys.record_type,
        keys.record_id,
        clusters.contact_key,
        clusters.cluster_key,
        ids.customer_id,
        ids.linked_at,
        coalesce(ids.since_night, 0) as since_night
    from unified.contact_clusters as clusters
    inner join unified.contact_keys as keys on clusters.contact_key = keys.contact_key
    left join ops.customer_ids as ids on clusters.contact_key = ids.contact_key and ids.until_night is null
),

parts as (
    select
        cluster_key,
        customer_id,
        min(since_night) as since_night,
        min(linked_at) as linked_at,
        count(*) as contact_count
    from clustered
    group by cluster_key, customer_id
),

contested as (
    select customer_id
    from parts
    where customer_id is not null
    group by customer_id
    having count(*) > 1
),

-- of all others every contact had the id the night before, and nobody else had it
unsettled as (
    select parts.cluster_key
    from parts
    left join contested on parts.customer_id = contested.customer_id
    group by parts.cluster_key
    having count(*) > 1 or count(parts.customer_id) = 0 or count(contested.customer_id) > 0
),

settled as (
    select parts.customer_id
    from parts
    left join unsettled on parts.cluster_key = unsettled.cluster_key
    where unsettled.cluster_key is null
),

claims as (
    select
        parts.*,
        row_number() over (
            partition by parts.customer_id
            order by parts.since_night asc, parts.contact_count desc, parts.cluster_key asc
        ) as claim_rank
    from unsettled
    inner join parts on unsettled.cluster_key = parts.cluster_key
    where parts.customer_id is not null
),

kept as (
    select
        cluster_key,
        customer_id
    from claims
    where claim_rank = 1
    qualify row_number() over (
        partition by cluster_key order by since_night asc, linked_at asc, contact_count desc, customer_id asc
    ) = 1
),

nameless as (
    select unsettled.cluster_key
    from unsettled
    left join kept on unsettled.cluster_key = kept.cluster_key
    where kept.cluster_key is null
),

-- what was joined and comes apart again is called as before
former as (
    select
        clustered.cluster_key,
        ids.customer_id,
        -- what a contact had until tonight is its most recent one
        max(coalesce(ids.until_night, 1000000000)) as until_night,
        min(coalesce(ids.since_night, 0)) as since_night,
        count(distinct ids.contact_key) as contact_count
    from nameless
    inner join clustered on nameless.cluster_key = clustered.cluster_key
    inner join ops.customer_ids as ids on clustered.contact_key = ids.contact_key
    left join kept on ids.customer_id = kept.customer_id
    left join settled on ids.customer_id = settled.customer_id
    where kept.customer_id is null and settled.customer_id is null
    group by clustered.cluster_key, ids.customer_id
),

reclaimed as (
    select
        *,
        row_number() over (
            partition by customer_id
            order by until_night desc, since_night asc, contact_count desc, cluster_key asc
        ) as claim_rank
    from former
),

restored as (
    select
        cluster_key,
        customer_id
    from reclaimed
    where claim_rank = 1
    qualify row_number() over (partition by cluster_key order by until_night desc, customer_id asc) = 1
),

candidates as (
    select
        nameless.cluster_key,
        'c_' || left(md5(nameless.cluster_key), 16) as customer_id
    from nameless
    left join restored on nameless.cluster_key = restored.cluster_key
    where restored.cluster_key is null
),

given as (
    select distinct candidates.customer_id
    from candidates
    inner join ops.customer_ids as ids on candidates.customer_id = ids.customer_id
),

tonight as (
    select 1 + coalesce(max(greatest(coalesce(since_night, 0), coalesce(until_night, 0))), 0) as night
    from ops.customer_ids
),

named as (
    select
        cluster_key,
        customer_id
    from kept
    union all
    select
        cluster_key,
        customer_id
    from restored
    union all
    select
        candidates.cluster_key,
        case
            when given.customer_id is null then candidates.customer_id
            else 'c_' || left(md5(concat_ws('/', candidates.cluster_key, tonight.night)), 16)
        end as customer_id
    from candidates
    cross join tonight
    left join given on candidates.customer_id = given.customer_id
),

-- a contact that comes back to its customer was never gone
away as (
    select
        ids.contact_key,
        ids.customer_id,
        ids.linked_at
    from clustered
    inner join ops.customer_ids as ids on clustered.contact_key = ids.contact_key
    where clustered.customer_id is null
    qualify row_number() over (partition by ids.contact_key order by ids.until_night desc) = 1
),

linked as (
    select
        pairs.contact_key,
        pairs.match_probability,
        ranks.match_rank
    from unified.contact_pairs as pairs
    inner join ref.match_rules as ranks on pairs.match_rule = ranks.match_rule
    where pairs.verdict = 'accepted'
    union all
    select
        pairs.linked_key as contact_key,
        pairs.match_probability,
        ranks.match_rank
    from unified.contact_pairs as pairs
    inner join ref.match_rules as ranks on pairs.match_rule = ranks.match_rule
    where pairs.verdict = 'accepted'
),

rules as (
    select
        contact_key,
        min(match_rank) as match_rank,
        max(match_probability) as match_probability
    from linked
    group by contact_key
)

select
    clustered.tool,
    clustered.record_type,
    clustered.record_id,
    coalesce(named.customer_id, clustered.customer_id) as customer_id,
    coalesce(ranks.match_rule, 'alone') as match_rule,
    case when ranks.match_rule = 'probable' then rules.match_probability end as match_probability,
    case
        when coalesce(clustered.customer_id, away.customer_id) = coalesce(named.customer_id, clustered.customer_id)
            then coalesce(clustered.linked_at, away.linked_at)
        else cast(settings.run_date as timestamp)
    end as linked_at
from clustered
cross join ref.settings as settings
left join named on clustered.cluster_key = named.cluster_key
left join away on clustered.contact_key = away.contact_key
left join rules on clustered.contact_key = rules.contact_key
left join ref.match_rules as ranks on rules.match_rank = ranks.match_rank
