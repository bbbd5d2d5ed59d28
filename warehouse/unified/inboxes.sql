-- E-mail addresses and whether one can stand for a person: not a function's, nor one that several people use.
-- grain: one row per valid e-mail address
with names as (
    select distinct
        email_key,
        name_key,
        first_key,
        first_root,
        last_key,
        is_whole_name
    from unified.contact_keys
    where email_key is not null and name_key is not null
),

-- first and last name are often filled in the wrong way round
orientations as (
    select
        email_key,
        name_key,
        first_key,
        first_root,
        last_key,
        is_whole_name
    from names
    union all
    select
        email_key,
        name_key,
        last_key as first_key,
        last_key as first_root,
        first_key as last_key,
        is_whole_name
    from names
),

pairs as (
    select
        a.email_key,
        a.name_key,
        b.name_key as other_name_key,
        -- a name stated as a whole does not tell which word is which
        a.is_whole_name or b.is_whole_name as is_whole,
        -- who took another last name keeps an address made of the earlier one
        a.first_key = b.first_key
        and length(a.first_key) > 2
        and (contains(a.email_key, a.last_key || '@') or contains(a.email_key, b.last_key || '@')) as is_renamed,
        list_has_all(string_split(a.name_key, ' '), string_split(b.name_key, ' '))
        or list_has_all(string_split(b.name_key, ' '), string_split(a.name_key, ' ')) as same_words,
        (
            a.last_key is null
            or b.last_key is null
            or a.last_key = b.last_key
            or (least(length(a.last_key), length(b.last_key)) >= 5 and damerau_levenshtein(a.last_key, b.last_key) <= 1)
            or list_has_all(string_split(a.last_key, ' '), string_split(b.last_key, ' '))
            or list_has_all(string_split(b.last_key, ' '), string_split(a.last_key, ' '))
        ) as same_last_name,
        (
            a.first_key is null
            or b.first_key is null
            or a.first_key = b.first_key
            or a.first_root = b.first_root
            or short.name is not null
            or other_short.name is not null
            -- a letter more at the end is no typing mistake: Michel and Michele are a couple
            or (
                least(length(a.first_key), length(b.first_key)) >= 5
                and damerau_levenshtein(a.first_key, b.first_key) <= 1
                and not starts_with(a.first_key, b.first_key)
                and not starts_with(b.first_key, a.first_key)
            )
            or (least(length(a.first_key), length(b.first_key)) = 1 and left(a.first_key, 1) = left(b.first_key, 1))
            or list_has_all(string_split(a.first_key, ' '), string_split(b.first_key, ' '))
            or list_has_all(string_split(b.first_key, ' '), string_split(a.first_key, ' '))
        ) as same_first_name
    from names as a
    inner join orientations as b on a.email_key = b.email_key and a.name_key < b.name_key
    left join ref.short_names as short on a.first_key = short.name and b.first_key = short.root
    left join ref.short_names as other_short
        on a.first_key = other_short.root and b.first_key = other_short.name
),

compared as (
    select
        email_key,
        name_key,
        other_name_key,
        bool_or(
            is_renamed
            or (is_whole and same_words)
            or (same_last_name and same_first_name)
        ) as is_compatible
    from pairs
    group by email_key, name_key, other_name_key
),

contradicted as (
    select distinct email_key
    from compared
    where not is_compatible
),

addresses as (
    select
        email_key,
        split_part(email_key, '@', 1) as local_part,
        count(*) as contact_count,
        count(distinct name_key) as name_count
    from unified.contact_keys
    where email_key is not null
    group by email_key
),

decided as (
    select distinct subject as email_key
    from ops.decisions
    where kind = 'shared_address' and undone_at is null
)

select
    addresses.email_key,
    addresses.contact_count,
    addresses.name_count,
    role.local_part is not null as is_role,
    role.local_part is not null
    or contradicted.email_key is not null
    or decided.email_key is not null as is_shared
from addresses
left join ref.role_addresses as role on addresses.local_part = role.local_part
left join contradicted on addresses.email_key = contradicted.email_key
left join decided on addresses.email_key = decided.email_key
