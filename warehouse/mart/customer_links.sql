-- Every link that makes contacts one customer: by which rule, how what they state compares, and how much speaks for it.
-- grain: one row per pair of contacts and rule
select
    identities.customer_id,
    pairs.contact_key,
    pairs.linked_key,
    pairs.match_rule,
    pairs.match_weight,
    pairs.match_probability,
    pairs.decision_id,
    outcomes.name_outcome,
    outcomes.birth_date_outcome,
    outcomes.email_outcome,
    outcomes.phone_outcome,
    outcomes.address_outcome,
    outcomes.company_outcome
from unified.contact_pairs as pairs
inner join unified.pair_outcomes as outcomes
    on pairs.contact_key = outcomes.contact_key and pairs.linked_key = outcomes.linked_key
inner join mart.customer_identities as identities
    on pairs.contact_key = concat_ws('/', identities.tool, identities.record_type, identities.record_id)
where pairs.verdict = 'accepted'
