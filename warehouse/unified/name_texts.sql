-- Names as they are stated: their words without case and accents, and what a comma or capitals set apart in them.
-- grain: one row per text, an empty one for what is not stated
-- kept: tonight
with texts as (
    select coalesce(first_name, '') as as_stated from unified.contacts
    union
    select coalesce(last_name, '') as as_stated from unified.contacts
    union
    select coalesce(full_name, '') as as_stated from unified.contacts
    where first_name is null or last_name is null
),

-- the last name is what stands before a comma, or alone in capital letters
cut as (
    select
        as_stated,
        case
            when contains(as_stated, ',') then split_part(as_stated, ',', 1)
            when as_stated != upper(as_stated) and regexp_matches(as_stated, '\p{Lu}{3}')
                then nullif(regexp_extract(as_stated, '(?:^| )((?:[\p{Lu}''’-]{2,}(?: |$))+)', 1), '')
        end as last_piece
    from texts
),

pieces as (
    select
        as_stated,
        last_piece,
        case
            when contains(as_stated, ',') then substr(as_stated, strpos(as_stated, ',') + 1)
            else replace(as_stated, last_piece, ' ')
        end as first_piece
    from cut
),

-- either piece is a text of its own
listed as (
    select
        as_stated,
        first_piece,
        last_piece
    from pieces
    union all
    select
        first_piece as as_stated,
        null as first_piece,
        null as last_piece
    from pieces
    where first_piece is not null
    union all
    select
        last_piece as as_stated,
        null as first_piece,
        null as last_piece
    from pieces
    where last_piece is not null
),

plain as (
    select
        as_stated,
        max(first_piece) as first_piece,
        max(last_piece) as last_piece,
        replace(lower(strip_accents(as_stated)), '''', '') as letters
    from listed
    group by as_stated
),

-- S.A.R.L. is a word, J. P. are two initials
spelled as (
    select
        as_stated,
        first_piece,
        last_piece,
        case
            when contains(letters, '.') and regexp_matches(letters, '([a-z]\.){3}') then replace(letters, '.', '')
            else letters
        end as letters
    from plain
)

select
    as_stated,
    first_piece,
    last_piece,
    case
        -- most texts are words already
        when regexp_full_match(letters, '[a-z]+( [a-z]+)*') then letters
        else trim(regexp_replace(
            replace(replace(replace(translate(letters, 'øłđı’', 'oldi'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
            '[^\p{L}\p{N}]+', ' ', 'g'
        ))
    end as words
from spelled
