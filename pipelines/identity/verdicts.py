"""Verdicts: which scored pairs are one person, which a person should look at, and which are not worth it."""

from __future__ import annotations

from collections.abc import Collection

from pipelines.identity.features import SCRATCH
from warehouse.lake import Connection

# bits: odds of about a hundred to one
CERTAIN = 7.0
# where two contacts have nothing but a name and a quarter in common, it takes a rare name
STRONG = 10.0
# pairs that contradict themselves tell of careless records, not of relatives, when they are so many more
CARELESS = 20
# and when so many pairs show typing mistakes
MISTYPED = 0.1
# where hardly anybody has an address or a number, there is nothing surer than names and dates
BARE = 0.95
# of relatives at one address, so many times as many share a name as a birthday
NAMESAKES = 1.5

# what of `scratch.care` is said of which comparison
DOUBTED = {"doubt_names": "first_name", "doubt_dates": "birth_date"}

FACTS = f"""
    select
        scores.*,
        first_name_outcome in ('same', 'swapped') as equal_first_name,
        first_name_outcome in ('same', 'swapped', 'similar') as same_first_name,
        first_name_outcome in ('same', 'swapped', 'similar', 'unknown') as no_other_first_name,
        first_name_outcome = 'different' as other_first_name,
        last_name_outcome in ('same', 'swapped', 'similar') as same_last_name,
        last_name_outcome = 'different' as other_last_name,
        birth_date_outcome in ('same', 'similar') as same_birth_date,
        birth_date_outcome = 'similar' as alike_birth_date,
        birth_date_outcome = 'different' as other_birth_date,
        email_outcome in ('same', 'mailbox', 'user')
        -- another initial is another person's address
        or email_outcome = 'similar' and left(a.email_key, 1) = left(b.email_key, 1) as same_email,
        phone_outcome = 'same' as same_phone,
        street_outcome in ('same', 'similar', 'road')
        and (postcode_outcome in ('same', 'similar') or city_outcome in ('same', 'similar')) as same_address,
        -- a quarter is home to namesakes
        street_outcome in ('same', 'similar')
        or address_2_outcome in ('same', 'similar') and postcode_outcome in ('same', 'similar') as same_place,
        postcode_outcome in ('same', 'similar') as same_postcode,
        'different' in (email_outcome, phone_outcome, street_outcome, employer_outcome, city_outcome)
        or email_outcome in ('numbered', 'similar') as is_contradicted,
        employer_outcome in ('same', 'similar') as same_employer,
        email_outcome = 'unknown' and phone_outcome = 'unknown' as is_bare,
        'similar' in (first_name_outcome, last_name_outcome, street_outcome) as is_mistyped,
        email_outcome = 'numbered' as is_numbered,
        email_outcome = 'different' and a.email_domain = b.email_domain
        and a.email_domain not in (select domain from ref.shared_domains) as is_two_mailboxes,
        a.generation_key != b.generation_key as other_generation,
        (a.generation_key is null) != (b.generation_key is null) as is_half_generation
    from {SCRATCH}.scores as scores
    inner join {SCRATCH}.features as a on scores.contact = a.contact
    inner join {SCRATCH}.features as b on scores.linked = b.contact
"""

# whoever shares an address, and nothing that tells a person, is a relative; a twin and a son of the same name are
# exceptions among them, and a wrong first name or birth date is one among the records of one person
CARE = f"""
    create or replace table {SCRATCH}.care as
    with facts as ({FACTS}),
    counted as (
        select
            count(*) filter (is_mistyped) >= {MISTYPED} * count(*)
            and count(*) filter (is_bare) >= {BARE} * count(*) as is_careless,
            count(*) filter (other_first_name and other_birth_date) as relatives,
            count(*) filter (other_first_name and same_birth_date) as other_names,
            count(*) filter (same_first_name and other_birth_date) as other_dates
        from facts
        where same_address
    )
    select
        is_careless and other_names >= relatives + {CARELESS} as doubt_names,
        is_careless and other_dates >= {NAMESAKES} * relatives + {CARELESS} as doubt_dates
    from counted
"""

VERDICTS = f"""
    create or replace table {SCRATCH}.judged as
    with facts as ({FACTS}),
    judged as (
        select
            facts.*,
            case
                when other_generation then 'different_names'
                when other_birth_date
                    then case
                        when doubt_dates and (same_first_name or same_last_name) and same_address then 'one'
                        when same_first_name and same_last_name then 'two_birth_dates'
                        else 'none'
                    end
                when other_first_name
                    then case
                        when doubt_names and (same_birth_date or same_last_name and same_address) then 'one'
                        when same_birth_date and (same_last_name or same_address) then 'different_names'
                        else 'none'
                    end
                when other_last_name
                    then case
                        when same_first_name and (same_birth_date or same_email) then 'one'
                        when same_first_name and same_phone and (same_place or same_employer) then 'one'
                        when doubt_names and (same_birth_date or same_first_name and same_address) then 'one'
                        when same_first_name or same_birth_date then 'different_names'
                        else 'none'
                    end
                when is_two_mailboxes and not (same_birth_date or same_phone) then 'uncertain'
                when is_numbered and not same_birth_date then 'uncertain'
                when is_half_generation and not (same_birth_date or same_email) then 'uncertain'
                when same_email then 'one'
                when same_birth_date and no_other_first_name and not (alike_birth_date and is_contradicted) then 'one'
                -- relatives have much in common, and often names that are alike
                when equal_first_name and (same_phone or same_place or same_employer) then 'one'
                when
                    equal_first_name and same_last_name and same_postcode and not is_contradicted
                    and match_weight >= {STRONG}
                    then 'one'
                when
                    doubt_names
                    and (same_birth_date or same_last_name and same_address or same_first_name and same_postcode)
                    then 'one'
                else 'uncertain'
            end as finding
        from facts
        cross join {SCRATCH}.care as care
    )
    select
        contact,
        linked,
        match_weight,
        case when finding = 'one' and match_weight >= {CERTAIN} then 'accepted' else 'review' end as verdict,
        case when finding != 'one' then finding when match_weight < {CERTAIN} then 'uncertain' end as reason
    from judged
    where finding != 'none'
"""


def judge(con: Connection, careless: Collection[str] | None = None) -> frozenset[str]:
    """Build `scratch.judged` from `scratch.scores`: `contact`, `linked`, `match_weight`, `verdict`, `reason`.

    `scratch.care` says whether names, or birth dates, are so carelessly kept that a different one tells nothing; that
    is found from the pairs unless it is known. Returns what is careless, of the names of comparisons.
    """
    if careless is None:
        con.execute(CARE)
    else:
        kept = ", ".join(f"{name in careless} as {doubt}" for doubt, name in DOUBTED.items())
        con.execute(f"create or replace table {SCRATCH}.care as select {kept}")
    con.execute(VERDICTS)
    doubts = con.execute(f"select {', '.join(DOUBTED)} from {SCRATCH}.care").fetchone() or ()
    return frozenset(name for name, is_doubted in zip(DOUBTED.values(), doubts, strict=False) if is_doubted)
