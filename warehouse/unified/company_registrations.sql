-- The registration numbers that company records state, in one form; what cannot be a number is left out.
-- grain: one row per company record that states a valid number
with stated as (
    select
        concat_ws('/', companies.tool, companies.record_id) as company_key,
        coalesce(countries.country_code, settings.country_code) as country_code,
        -- a merged record is its successor's, which states what is true of the company
        regexp_replace(
            upper(coalesce(successor.registration_number, companies.registration_number)), '[^A-Z0-9]+', '', 'g'
        ) as number
    from unified.companies as companies
    cross join ref.settings as settings
    left join unified.companies as successor
        on companies.tool = successor.tool and companies.successor_id = successor.record_id
    left join ref.countries as countries on lower(strip_accents(trim(companies.country))) = countries.name
),

-- a VAT number names its country itself
placed as (
    select
        company_key,
        number,
        regexp_replace(number, '[^0-9]+', '', 'g') as digits,
        coalesce(
            nullif(regexp_extract(
                number,
                '^(AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK|XI)'
                || '[A-Z0-9]{0,2}[0-9]{7,}[A-Z0-9]{0,3}$',
                1
            ), ''),
            case when country_code in ('BL', 'GF', 'GP', 'MF', 'MQ', 'PM', 'RE', 'YT') then 'FR' else country_code end
        ) as issuer
    from stated
),

-- SIREN, or a SIRET that begins with it, or a VAT number that ends with it
national as (
    select
        company_key,
        digits,
        issuer,
        case
            when issuer != 'FR' and starts_with(number, issuer) then substr(number, length(issuer) + 1)
            when issuer != 'FR' then number
            when length(digits) in (9, 14) then left(digits, 9)
            when length(digits) = 11 then right(digits, 9)
        end as number
    from placed
),

checked as (
    select
        company_key,
        digits,
        issuer,
        number,
        -- the check digit of a SIREN: every other digit counts twice, and of what has two digits both count
        cast(substr(number, 1, 1) as integer) + cast(substr(number, 3, 1) as integer)
        + cast(substr(number, 5, 1) as integer) + cast(substr(number, 7, 1) as integer)
        + cast(substr(number, 9, 1) as integer)
        + cast(substr('0246813579', cast(substr(number, 2, 1) as integer) + 1, 1) as integer)
        + cast(substr('0246813579', cast(substr(number, 4, 1) as integer) + 1, 1) as integer)
        + cast(substr('0246813579', cast(substr(number, 6, 1) as integer) + 1, 1) as integer)
        + cast(substr('0246813579', cast(substr(number, 8, 1) as integer) + 1, 1) as integer) as check_sum
    from national
    where issuer = 'FR'
    union all
    select
        company_key,
        digits,
        issuer,
        number,
        0 as check_sum
    from national
    where issuer != 'FR'
)

select
    company_key,
    issuer || number as registration_key,
    issuer || cast(length(number) as varchar) as registration_form
from checked
where
    check_sum % 10 = 0
    and length(number) >= 7
    and length(digits) >= 6
    -- 000000000 and 123456789 stand in for a number, and a German court's number says nothing without the court
    and replace(digits, left(digits, 1), '') != ''
    and not starts_with('1234567890', number)
    and not regexp_matches(number, '^HR[AB]')
