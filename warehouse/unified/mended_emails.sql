-- What stands in the e-mail field and is not to be taken as it stands, with the address that is meant.
-- grain: one row per text
-- kept: tonight
with odd as (
    select distinct contacts.email as as_stated
    from unified.contacts as contacts
    left join ref.placeholders as placeholder
        on
            split_part(lower(contacts.email), '@', 1) = placeholder.word
            and placeholder.field in ('any', 'email', 'name')
    where
        placeholder.word is not null
        or not regexp_full_match(
            lower(contacts.email),
            '[^@\s\p{Z}\p{Cf}''",:;()<>][^@\s\p{Z}\p{Cf}",:;()<>]*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}'
        )
),

-- a name before it, what is around it and blanks beside its @ and its points are no part of an address
written as (
    select
        as_stated,
        case
            when contains(as_stated, '<') then lower(split_part(split_part(as_stated, '<', 2), '>', 1))
            else lower(as_stated)
        end as address
    from odd
),

bare as (
    select
        as_stated,
        regexp_replace(
            regexp_replace(regexp_replace(address, '\p{Cf}', '', 'g'), '[\s\p{Z}]*([@.])[\s\p{Z}]*', '\1', 'g'),
            '^[\s\p{Z}''".,:;()\[\]<>]*(?:mailto:)?[\s\p{Z}]*|[\s\p{Z}''".,:;()\[\]<>]*$', '', 'g'
        ) as address
    from written
)

select
    bare.as_stated,
    case
        when
            -- test@test.com is nobody's
            (local_part.word is null or domain_part.word is null)
            and regexp_full_match(
                bare.address,
                '[^@\s\p{Z}''",:;()<>][^@\s\p{Z}",:;()<>]*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}'
            )
            then bare.address
    end as email_key
from bare
left join ref.placeholders as local_part
    on split_part(bare.address, '@', 1) = local_part.word and local_part.field in ('any', 'email', 'name')
left join ref.placeholders as domain_part
    on
        split_part(split_part(bare.address, '@', 2), '.', 1) = domain_part.word
        and domain_part.field in ('any', 'email', 'name')
