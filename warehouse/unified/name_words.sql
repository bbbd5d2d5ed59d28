-- Names as they are stated, in words that can be compared: no titles, no suffixes, nothing that is nobody's name.
-- grain: one row per text, an empty one for what is not stated
-- kept: tonight
with affixed as (
    select
        texts.as_stated,
        texts.words,
        case
            when suffix.word is not null then coalesce(suffix.generation_key, inner_suffix.generation_key)
        end as generation_key,
        case
            when title.word is null then 0
            -- a letter that can be a title is an initial where another follows, or nothing
            when title.is_ambiguous and length(split_part(texts.words, ' ', 2)) < 2 then 0
            when second_title.word is null then length(title.word) + 1
            else length(title.word) + length(second_title.word) + 2
        end as before,
        case
            when suffix.word is null then 0
            when inner_suffix.word is null then length(suffix.word) + 1
            else length(suffix.word) + length(inner_suffix.word) + 2
        end as after
    from unified.name_texts as texts
    left join ref.name_affixes as title on split_part(texts.words, ' ', 1) = title.word and title.stands = 'before'
    left join ref.name_affixes as second_title
        on split_part(texts.words, ' ', 2) = second_title.word and second_title.stands = 'before'
    left join ref.name_affixes as suffix on split_part(texts.words, ' ', -1) = suffix.word and suffix.stands = 'after'
    left join ref.name_affixes as inner_suffix
        on split_part(texts.words, ' ', -2) = inner_suffix.word and inner_suffix.stands = 'after'
),

bare as (
    select
        as_stated,
        generation_key,
        case
            when before + after = 0 then words
            else trim(substr(words, before + 1, greatest(length(words) - before - after, 0)))
        end as words
    from affixed
),

-- what stands for nothing is often typed twice, for the first name and for the last
once as (
    select
        as_stated,
        generation_key,
        words,
        case
            when words = left(words, length(words) // 2) || ' ' || left(words, length(words) // 2)
                then left(words, length(words) // 2)
            else words
        end as said
    from bare
)

select
    once.as_stated,
    once.generation_key,
    case
        when placeholder.word is not null then null
        -- nobody is called 12 or aaa
        when left(once.said, 1) <= '9' and not regexp_matches(once.said, '\p{L}') then null
        when length(once.said) > 2 and replace(once.said, left(once.said, 1), '') = '' then null
        else nullif(once.words, '')
    end as words
from once
left join ref.placeholders as placeholder on once.said = placeholder.word and placeholder.field in ('any', 'name')
