-- The customers that may be one person and may be two, for somebody to decide, those with most at stake first.
-- grain: one row per pair of customers, shown by the contacts for which most speaks
with pairs as (
    select
        pairs.contact_key,
        pairs.linked_key,
        pairs.match_rule,
        pairs.match_weight,
        pairs.match_probability,
        pairs.verdict,
        pairs.reason,
        one.customer_id,
        other.customer_id as linked_customer_id,
        least(one.customer_id, other.customer_id) as first_customer_id,
        greatest(one.customer_id, other.customer_id) as second_customer_id
    from unified.contact_pairs as pairs
    inner join mart.customer_identities as one
        on pairs.contact_key = concat_ws('/', one.tool, one.record_type, one.record_id)
    inner join mart.customer_identities as other
        on pairs.linked_key = concat_ws('/', other.tool, other.record_type, other.record_id)
    -- what other links made one customer is no question any more
    where pairs.verdict != 'accepted' and one.customer_id != other.customer_id
),

decided as (
    select distinct
        first_customer_id,
        second_customer_id
    from pairs
    where verdict = 'refused'
),

uncertain as (
    select
        pairs.*,
        count(*) over (partition by pairs.first_customer_id, pairs.second_customer_id) as pair_count
    from pairs
    inner join ref.match_rules as ranks on pairs.match_rule = ranks.match_rule
    left join decided
        on
            pairs.first_customer_id = decided.first_customer_id
            and pairs.second_customer_id = decided.second_customer_id
    where pairs.verdict = 'review' and decided.first_customer_id is null
    qualify row_number() over (
        partition by pairs.first_customer_id, pairs.second_customer_id
        order by
            ranks.match_rank asc,
            pairs.match_weight desc nulls first,
            pairs.contact_key asc,
            pairs.linked_key asc,
            pairs.reason asc
    ) = 1
),

-- money that is lost is not at stake
money as (
    select
        customer_id,
        coalesce(sum(amount_base), 0) as amount,
        count(*) filter (where amount_base is null and amount is not null) as unconverted
    from mart.deals
    where status in ('open', 'won')
    group by customer_id
),

-- as one customer, who withdrew would be taken for somebody who agreed, or the other way round
consents as (
    select distinct
        uncertain.contact_key,
        uncertain.linked_key
    from uncertain
    inner join mart.customer_consents as one on uncertain.customer_id = one.customer_id and one.purpose is null
    inner join mart.customer_consents as other
        on
            uncertain.linked_customer_id = other.customer_id
            and other.purpose is null
            and one.channel = other.channel
    where
        (one.state = 'granted' and other.state in ('withdrawn', 'conflict'))
        or (other.state = 'granted' and one.state in ('withdrawn', 'conflict'))
),

weighed as (
    select
        uncertain.*,
        consents.contact_key is not null as is_consent_at_risk,
        coalesce(one.amount, 0) + coalesce(other.amount, 0) as amount,
        coalesce(one.unconverted, 0) + coalesce(other.unconverted, 0) > 0 as is_partial
    from uncertain
    left join money as one on uncertain.customer_id = one.customer_id
    left join money as other on uncertain.linked_customer_id = other.customer_id
    left join consents on uncertain.contact_key = consents.contact_key and uncertain.linked_key = consents.linked_key
)

select
    weighed.contact_key,
    weighed.linked_key,
    weighed.customer_id,
    weighed.linked_customer_id,
    weighed.match_rule,
    weighed.match_weight,
    weighed.match_probability,
    weighed.reason,
    weighed.pair_count,
    outcomes.name_outcome,
    outcomes.birth_date_outcome,
    outcomes.email_outcome,
    outcomes.phone_outcome,
    outcomes.address_outcome,
    outcomes.company_outcome,
    -- money without a rate is not known, so that the whole is not
    case when not weighed.is_partial then weighed.amount end as amount_at_stake,
    case when not weighed.is_partial then settings.base_currency end as currency,
    weighed.is_consent_at_risk,
    row_number() over (
        order by
            weighed.amount desc,
            weighed.is_partial desc,
            weighed.is_consent_at_risk desc,
            weighed.match_weight desc nulls first,
            weighed.contact_key asc,
            weighed.linked_key asc
    ) as stake_rank
from weighed
cross join ref.settings as settings
inner join unified.pair_outcomes as outcomes
    on weighed.contact_key = outcomes.contact_key and weighed.linked_key = outcomes.linked_key
