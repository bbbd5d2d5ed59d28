-- Names of companies, by country, and whether one tells companies apart: two words or more, or a rare one.
-- grain: one row per country and name
with names as (
    select
        country_code,
        name_key,
        count(*) as record_count
    from unified.company_keys
    where name_key is not null
    group by country_code, name_key
),

words as (
    select
        name_key,
        unnest(string_split(name_key, ' ')) as word
    from names
    group by name_key
),

-- a word that other names have too, such as a trade or a town, is no name by itself
common as (
    select word
    from words
    group by word
    having count(distinct name_key) > 1
)

select
    names.country_code,
    names.name_key,
    names.record_count,
    names.name_key like '% %' or (common.word is null and length(names.name_key) >= 5) as is_distinctive
from names
left join common on names.name_key = common.word
