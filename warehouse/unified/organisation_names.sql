-- Names of companies and of contacts' employers, without case, accents, legal form and words that only join.
-- grain: one row per name as stated
with stated as (
    select name
    from unified.companies
    where name is not null
    union
    select company as name
    from unified.contacts
    where company is not null
),

-- S.A.R.L. is one word
spelled as (
    select
        name,
        trim(regexp_replace(
            regexp_replace(lower(strip_accents(name)), '\b([a-z])\.', '\1', 'g'), '[^\p{L}\p{N}]+', ' ', 'g'
        )) as words
    from stated
),

-- two lists of equal length are unnested side by side
placed as (
    select
        spelled.name,
        unnest(string_split(spelled.words, ' ')) as word,
        unnest(generate_series(1, length(string_split(spelled.words, ' ')))) as place
    from spelled
    left join ref.placeholders as placeholders
        on spelled.words = placeholders.word and placeholders.field in ('any', 'name')
    where placeholders.word is null
),

-- of the forms that are words too, some are written in front of a name, and the short ones behind it only
told as (
    select
        placed.name,
        placed.word,
        placed.place,
        forms.legal_form is null or (
            cast(forms.is_ambiguous as boolean)
            and placed.word not in ('sa', 'sas', 'sci', 'scp')
            and (length(placed.word) > 2 or placed.place = 1)
        ) as is_name
    from placed
    left join ref.legal_forms as forms on placed.word = forms.legal_form
    where placed.word not in ('', 'and', 'et', 'und')
),

ends as (
    select
        name,
        word,
        place,
        min(case when is_name then place end) over (partition by name) as first_place,
        max(case when is_name then place end) over (partition by name) as last_place
    from told
)

select
    name,
    string_agg(word, ' ' order by place) as name_key
from ends
where place between first_place and last_place
group by name
