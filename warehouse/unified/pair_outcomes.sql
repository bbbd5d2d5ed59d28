-- How what two contacts state compares, field by field, for every pair that something links or that is in doubt.
-- grain: one row per pair of contacts
with pairs as (
    select distinct
        contact_key,
        linked_key
    from unified.contact_pairs
),

sides as (
    select
        *,
        coalesce(street_key, postcode_key, city_key) is null as is_homeless,
        strftime(birth_date, '%Y%m%d') as born,
        string_split(name_key, ' ') as name_words,
        string_split(employer_key, ' ') as employer_words
    from unified.contact_keys
)

select
    pairs.contact_key,
    pairs.linked_key,
    case
        when a.name_key is null and b.name_key is null then 'missing'
        when a.name_key is null or b.name_key is null then 'one_missing'
        -- senior and junior
        when a.generation_key != b.generation_key then 'different'
        when a.name_key = b.name_key then 'same'
        when list_has_all(a.name_words, b.name_words) or list_has_all(b.name_words, a.name_words) then 'similar'
        when
            (
                a.last_key = b.last_key
                or (least(length(a.last_key), length(b.last_key)) >= 5 and levenshtein(a.last_key, b.last_key) <= 1)
            )
            and (
                a.first_root = b.first_root
                or (least(length(a.first_key), length(b.first_key)) = 1 and left(a.first_key, 1) = left(b.first_key, 1))
                -- Véro is Véronique
                or (
                    least(length(a.first_key), length(b.first_key)) >= 3
                    and abs(length(a.first_key) - length(b.first_key)) > 2
                    and (starts_with(a.first_key, b.first_key) or starts_with(b.first_key, a.first_key))
                )
                -- a letter more at the end is no typing mistake: Michel and Michele are a couple
                or (
                    least(length(a.first_key), length(b.first_key)) >= 5
                    and levenshtein(a.first_key, b.first_key) <= 1
                    and not starts_with(a.first_key, b.first_key)
                    and not starts_with(b.first_key, a.first_key)
                )
            )
            then 'similar'
        else 'different'
    end as name_outcome,
    case
        when a.born is null and b.born is null then 'missing'
        when a.born is null or b.born is null then 'one_missing'
        when a.born = b.born then 'same'
        -- one digit, or day and month the other way round
        when levenshtein(a.born, b.born) <= 1 then 'similar'
        when concat(left(a.born, 4), right(a.born, 2), substr(a.born, 5, 2)) = b.born then 'similar'
        else 'different'
    end as birth_date_outcome,
    case
        when a.email_key is null and b.email_key is null then 'missing'
        when a.email_key is null or b.email_key is null then 'one_missing'
        when a.email_key = b.email_key then 'same'
        when a.mailbox_key = b.mailbox_key then 'similar'
        when
            length(split_part(a.email_key, '@', 1)) > 5
            and split_part(a.email_key, '@', 1) = split_part(b.email_key, '@', 1)
            then 'similar'
        when levenshtein(a.email_key, b.email_key) <= 1 then 'similar'
        else 'different'
    end as email_outcome,
    case
        when a.phone_e164 is null and b.phone_e164 is null then 'missing'
        when a.phone_e164 is null or b.phone_e164 is null then 'one_missing'
        when a.phone_e164 = b.phone_e164 then 'same'
        when levenshtein(a.phone_e164, b.phone_e164) <= 1 then 'similar'
        else 'different'
    end as phone_outcome,
    case
        when a.is_homeless and b.is_homeless then 'missing'
        when a.is_homeless or b.is_homeless then 'one_missing'
        when a.postcode_key != b.postcode_key and a.city_key != b.city_key then 'different'
        when a.street_key = b.street_key then 'same'
        when
            least(length(a.street_key), length(b.street_key)) >= 8 and levenshtein(a.street_key, b.street_key) <= 2
            then 'similar'
        when a.street_key is not null and b.street_key is not null then 'different'
        -- where one does not name the street, the town is all there is to compare
        when a.postcode_key = b.postcode_key or a.city_key = b.city_key then 'similar'
        else 'different'
    end as address_outcome,
    case
        when a.employer_key is null and b.employer_key is null then 'missing'
        when a.employer_key is null or b.employer_key is null then 'one_missing'
        when a.employer_key = b.employer_key then 'same'
        when
            list_has_all(a.employer_words, b.employer_words) or list_has_all(b.employer_words, a.employer_words)
            then 'similar'
        when
            least(length(a.employer_key), length(b.employer_key)) >= 6
            and levenshtein(a.employer_key, b.employer_key) <= 1
            then 'similar'
        else 'different'
    end as company_outcome
from pairs
inner join sides as a on pairs.contact_key = a.contact_key
inner join sides as b on pairs.linked_key = b.contact_key
