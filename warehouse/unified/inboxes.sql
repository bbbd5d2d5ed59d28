-- E-mail addresses and whether one can stand for a person: not a function's, nor one under contradicting names.
-- grain: one row per valid e-mail address
with names as (
    select distinct
        email_key,
        name_key,
        first_key,
        last_key
    from unified.contact_keys
    where email_key is not null and name_key is not null
),

-- first and last name are often filled in the wrong way round
orientations as (
    select
        email_key,
        name_key,
        first_key,
        last_key
    from names
    union all
    select
        email_key,
        name_key,
        last_key as first_key,
        first_key as last_key
    from names
),

pairs as (
    select
        a.email_key,
        a.name_key,
        b.name_key as other_name_key,
        -- a name stated as a whole does not tell which word is which
        a.first_key is null and a.last_key is null or b.first_key is null and b.last_key is null as is_whole,
        list_has_all(string_split(a.name_key, ' '), string_split(b.name_key, ' '))
        or list_has_all(string_split(b.name_key, ' '), string_split(a.name_key, ' ')) as same_words,
        (
            a.last_key is null
            or b.last_key is null
            or a.last_key = b.last_key
            or (least(length(a.last_key), length(b.last_key)) >= 5 and levenshtein(a.last_key, b.last_key) <= 1)
            or list_has_all(string_split(a.last_key, ' '), string_split(b.last_key, ' '))
            or list_has_all(string_split(b.last_key, ' '), string_split(a.last_key, ' '))
        ) as same_last_name,
        (
            a.first_key is null
            or b.first_key is null
            or a.first_key = b.first_key
            -- a letter more at the end is no typing mistake: Michel and Michele are a couple
            or (
                least(length(a.first_key), length(b.first_key)) >= 5
                and levenshtein(a.first_key, b.first_key) <= 1
                and not starts_with(a.first_key, b.first_key)
                and not starts_with(b.first_key, a.first_key)
            )
            or (least(length(a.first_key), length(b.first_key)) = 1 and left(a.first_key, 1) = left(b.first_key, 1))
            or list_has_all(string_split(a.first_key, ' '), string_split(b.first_key, ' '))
            or list_has_all(string_split(b.first_key, ' '), string_split(a.first_key, ' '))
        ) as same_first_name
    from names as a
    inner join orientations as b on a.email_key = b.email_key and a.name_key < b.name_key
),

compared as (
    select
        email_key,
        name_key,
        other_name_key,
        bool_or(case when is_whole then same_words else same_last_name and same_first_name end) as is_compatible
    from pairs
    group by email_key, name_key, other_name_key
),

contradicted as (
    select distinct email_key
    from compared
    where not is_compatible
)

select
    keys.email_key,
    count(*) as contact_count,
    count(distinct keys.name_key) as name_count,
    max(role.local_part) is not null as is_role,
    max(role.local_part) is not null or max(contradicted.email_key) is not null as is_shared
from unified.contact_keys as keys
left join ref.role_addresses as role on split_part(keys.email_key, '@', 1) = role.local_part
left join contradicted on keys.email_key = contradicted.email_key
where keys.email_key is not null
group by keys.email_key
