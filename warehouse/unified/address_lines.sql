-- Lines of addresses as they are stated: the house number, and the rest in words that can be compared.
-- grain: one row per text, an empty one for what is not stated
-- kept: tonight
with texts as (
    select coalesce(street, '') as as_stated from unified.contacts
    union
    select coalesce(house_number, '') as as_stated from unified.contacts
    union
    select coalesce(address_line_2, '') as as_stated from unified.contacts
),

plain as (
    select
        as_stated,
        -- a spreadsheet makes 12.0 of house number 12
        replace(
            lower(strip_accents(regexp_replace(as_stated, '^([0-9]+)\.0$', '\1'))), '''', ''
        ) as letters
    from texts
),

worded as (
    select
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

fronts as (
    select
        as_stated,
        words,
        regexp_extract(words || ' ', '^([0-9]+(?: [0-9]+)*(?: ?(?:bis|ter|quater|[abc]))?) ', 1) as front
    from worded
),

-- some write the number behind the street
numbered as (
    select
        as_stated,
        words,
        front,
        case
            when front = '' then regexp_extract(words, ' ([0-9]+(?: ?(?:bis|ter|quater|[abc]))?)$', 1) else ''
        end as back
    from fronts
),

parted as (
    select
        as_stated,
        nullif(regexp_replace(front || back, ' ([a-z]+)$', '\1'), '') as house_number,
        case
            when front != '' then substr(words, length(front) + 2)
            when back != '' then left(words, length(words) - length(back) - 1)
            else words
        end as rest
    from numbered
),

rests as (
    select distinct rest
    from parted
    where rest != ''
),

split as (
    select
        rest,
        unnest(string_split(rest, ' ')) as word,
        generate_subscripts(string_split(rest, ' '), 1) as position
    from rests
),

lines as (
    select
        split.rest,
        string_agg(
            coalesce(street_words.short, regexp_replace(split.word, 'str(asse|aat)$', 'str')), ' '
            order by split.position
        ) as line_key
    from split
    left join ref.street_words as street_words on split.word = street_words.word
    group by split.rest
)

select
    parted.as_stated,
    parted.house_number,
    case when placeholder.word is null then lines.line_key end as line_key
from parted
left join lines on parted.rest = lines.rest
left join ref.placeholders as placeholder on parted.rest = placeholder.word and placeholder.field = 'any'
