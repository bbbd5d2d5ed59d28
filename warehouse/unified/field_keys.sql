-- Cities, postcodes, regions and employers as they are stated, each with the text by which it is compared.
-- grain: one row per field and text, an empty one for what is not stated
-- kept: tonight
with texts as (
    select
        'city' as field,
        coalesce(city, '') as as_stated
    from unified.contacts
    union
    select
        'postcode' as field,
        coalesce(postcode, '') as as_stated
    from unified.contacts
    union
    select
        'region' as field,
        coalesce(region, '') as as_stated
    from unified.contacts
),

employers as (
    select distinct coalesce(company, '') as as_stated
    from unified.contacts
),

plain as (
    select
        field,
        as_stated,
        replace(lower(strip_accents(as_stated)), '''', '') as letters
    from texts
),

worded as (
    select
        field,
        as_stated,
        case
            when regexp_full_match(letters, '[a-z0-9]+( [a-z0-9]+)*') then letters
            else trim(regexp_replace(
                replace(replace(replace(translate(letters, 'øłđı’', 'oldi'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
                '[^\p{L}\p{N}]+', ' ', 'g'
            ))
        end as words
    from plain
),

keyed as (
    select
        field,
        as_stated,
        words,
        case field
            -- neither the number of a district nor that of a sorting office is another town's
            when 'city'
                then trim(replace(replace(regexp_replace(
                    ' ' || split_part(words, ' cedex', 1) || ' ',
                    ' [0-9]+(?:er?|eme|st|nd|rd|th)?(?: arrondissement)? ', ' '
                ), ' st ', ' saint '), ' ste ', ' sainte '))
            -- zeros in front are what spreadsheets lose
            when 'postcode'
                then ltrim(regexp_replace(
                    replace(regexp_replace(upper(words), '^([0-9]{5}) [0-9]{4}$', '\1'), ' ', ''),
                    '^[A-Z]{1,2}([0-9]{4,6})$', '\1'
                ), '0')
            else words
        end as text_key
    from worded
)

select
    keyed.field,
    keyed.as_stated,
    case when placeholder.word is null then nullif(keyed.text_key, '') end as text_key
from keyed
left join ref.placeholders as placeholder on keyed.words = placeholder.word and placeholder.field = 'any'
union all
-- employers are called as companies are
select
    'company' as field,
    employers.as_stated,
    names.name_key as text_key
from employers
left join unified.organisation_names as names on employers.as_stated = names.name
