-- Names as they are stated, split for where one field holds both first and last name, and whether they are a person's.
-- grain: one row per text, an empty one for what is not stated
-- kept: tonight
with marked as (
    select
        whole.as_stated,
        whole.words,
        whole.generation_key,
        first_part.words as first_words,
        last_part.words as last_words,
        -- from `de`, `van` or the like on all is last name
        coalesce(
            nullif(regexp_extract(
                whole.words, '(?:^| )((?:d[aei]|d[aeo]s|de[lnr]|della?|du|l[ae]|les|te[nr]|v[ao]n|vom|zu[mr]?) .+)$', 1
            ), ''),
            split_part(whole.words, ' ', -1)
        ) as last_guess,
        case
            when not first_form.is_ambiguous or not last_form.is_ambiguous then true
            -- of the legal forms that are names too, capitals tell
            when whole.as_stated = upper(whole.as_stated) then false
            else
                starts_with(whole.as_stated, upper(first_form.legal_form) || ' ')
                or ends_with(whole.as_stated, ' ' || upper(last_form.legal_form))
        end as has_legal_form,
        coalesce(first_mark.word, second_mark.word, last_mark.word) is not null as is_marked,
        function.local_part is not null as may_be_function
    from unified.name_words as whole
    inner join unified.name_texts as texts on whole.as_stated = texts.as_stated
    left join unified.name_words as first_part on texts.first_piece = first_part.as_stated
    left join unified.name_words as last_part on texts.last_piece = last_part.as_stated
    -- what tells an organisation stands at the beginning or at the end of its name
    left join ref.legal_forms as first_form on split_part(whole.words, ' ', 1) = first_form.legal_form
    left join ref.legal_forms as last_form on split_part(whole.words, ' ', -1) = last_form.legal_form
    left join ref.organisation_words as first_mark on split_part(whole.words, ' ', 1) = first_mark.word
    left join ref.organisation_words as second_mark on split_part(whole.words, ' ', 2) = second_mark.word
    left join ref.organisation_words as last_mark on split_part(whole.words, ' ', -1) = last_mark.word
    left join ref.role_addresses as function on split_part(whole.words, ' ', 1) = function.local_part
),

split as (
    select
        *,
        first_words is not null and last_words is not null as is_told,
        case when first_words is not null and last_words is not null then last_words else last_guess end as last_key
    from marked
),

keyed as (
    select
        *,
        case
            when is_told then first_words
            when last_key != words then left(words, length(words) - length(last_key) - 1)
        end as first_key
    from split
),

functions as (
    select list(local_part) as words from ref.role_addresses
)

select
    keyed.as_stated,
    keyed.words,
    keyed.first_key,
    coalesce(nicknames.root, split_part(coalesce(keyed.first_key, keyed.words), ' ', 1)) as first_root,
    keyed.last_key,
    keyed.generation_key,
    contains(keyed.words, ' ') and not keyed.is_told as is_whole_name,
    keyed.is_marked or coalesce(keyed.has_legal_form, false) as is_organisation,
    case
        when keyed.may_be_function then list_has_all(functions.words, string_split(keyed.words, ' '))
        when keyed.words is not null then false
    end as is_function
from keyed
cross join functions
left join ref.nicknames as nicknames on split_part(coalesce(keyed.first_key, keyed.words), ' ', 1) = nicknames.name
