-- Phone numbers and whether one can stand for a person: no placeholder, nor answered by more people than a family.
-- grain: one row per phone number
with stated as (
    select
        phone_e164,
        count(*) as contact_count,
        count(distinct name_key) as name_count,
        count(distinct last_key) as last_name_count,
        -- a digit repeated, or counted up, is typed to get past a form
        regexp_matches(
            phone_e164, '(0{6}|1{6}|2{6}|3{6}|4{6}|5{6}|6{6}|7{6}|8{6}|9{6}|12345678|23456789)$'
        ) as is_placeholder
    from unified.contact_keys
    where phone_e164 is not null
    group by phone_e164
)

select
    phone_e164,
    contact_count,
    name_count,
    is_placeholder,
    -- a family has one name, or two; who else answers a reception's line has nothing in common
    is_placeholder or name_count > 6 or last_name_count > 2 as is_shared
from stated
