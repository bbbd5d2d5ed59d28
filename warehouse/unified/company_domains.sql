-- Domains of company records and whether one can stand for a company: not a group's, a franchise's or a portal's.
-- grain: one row per domain
with names as (
    select
        domain_key,
        name_key
    from unified.company_keys
    where domain_key is not null and name_key is not null
    group by domain_key, name_key
),

words as (
    select distinct
        domain_key,
        name_key,
        unnest(string_split(name_key, ' ')) as word
    from names
),

-- in how many of the domain's names each word stands
spread as (
    select
        domain_key,
        count(*) as name_count
    from words
    group by domain_key, word
),

common as (
    select
        domain_key,
        max(name_count) as name_count
    from spread
    group by domain_key
),

counted as (
    select
        domain_key,
        count(*) as record_count,
        count(distinct name_key) as name_count,
        count(distinct registration_key) as registration_count,
        count(distinct registration_form) as form_count,
        count(distinct left(registration_form, 2)) as issuer_count
    from unified.company_keys
    where domain_key is not null
    group by domain_key
)

select
    counted.domain_key,
    counted.record_count,
    counted.name_count,
    counted.registration_count,
    -- of one form, a company has one number
    counted.registration_count > counted.form_count
    or counted.issuer_count > 1
    -- spellings of one name have a word in common, and are no dozen
    or counted.name_count > 12
    or (counted.name_count > 4 and common.name_count < counted.name_count * 0.75) as is_shared
from counted
left join common on counted.domain_key = common.domain_key
