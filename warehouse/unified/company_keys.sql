-- Company records with the keys by which the same company can be recognised in another record.
-- grain: one row per company record of a tool
with stated as (
    select
        companies.tool,
        companies.record_id,
        concat_ws('/', companies.tool, companies.record_id) as company_key,
        coalesce(countries.country_code, settings.country_code) as country_code,
        regexp_extract(
            lower(trim(companies.domain)), '^(?:[a-z]+:/*)?(?:[^@/]*@)?([^/?#:;, ]+?)\.?(?:[/?#:;, ]|$)', 1
        ) as host,
        names.name_key,
        regexp_replace(
            lower(strip_accents(companies.city)), '[0-9]+(er|e|eme)?\b|\b(cedex|arrondissement)\b', ' ', 'g'
        ) as town,
        regexp_replace(companies.phone, '[^0-9]+', '', 'g') as digits
    from unified.companies as companies
    cross join ref.settings as settings
    left join ref.countries as countries on lower(strip_accents(trim(companies.country))) = countries.name
    left join unified.organisation_names as names on companies.name = names.name
),

-- a site in another language, a shop or a blog is the same company's, unless nothing but a suffix would be left
shortened as (
    select
        *,
        regexp_replace(
            host, '^((www[0-9]*|m|fr|en|de|es|it|nl|uk|us|shop|store|boutique|blog|mail)\.)+', ''
        ) as short_host,
        regexp_replace(host, '^www[0-9]*\.', '') as long_host
    from stated
),

addressed as (
    select
        *,
        case
            when short_host not like '%.%' then long_host
            when regexp_matches(short_host, '^(ac|asso|co|com|edu|go|gouv|gov|ne|net|or|org)\.[a-z]{2}$') then long_host
            else short_host
        end as site
    from shortened
)

select
    addressed.company_key,
    addressed.tool,
    addressed.record_id,
    registrations.registration_key,
    registrations.registration_form,
    addressed.country_code,
    case
        when exact.domain is null and wider.domain is null and regexp_matches(
            addressed.site, '^([\p{L}\p{N}_-]+\.)+(\p{L}{2,}|xn--[a-z0-9-]+)$'
        ) then addressed.site
    end as domain_key,
    addressed.name_key,
    nullif(regexp_replace(
        trim(regexp_replace(addressed.town, '[^\p{L}]+', ' ', 'g')), '\b(saint|sainte|ste)\b', 'st', 'g'
    ), '') as place_key,
    case when length(addressed.digits) >= 8 then right(addressed.digits, 8) end as phone_key
from addressed
left join unified.company_registrations as registrations on addressed.company_key = registrations.company_key
left join ref.shared_domains as exact on addressed.site = exact.domain
-- what lies below a platform's domain is the platform's too
left join ref.shared_domains as wider
    on regexp_extract(addressed.site, '[^.]+\.[^.]+$') = wider.domain and wider.kind = 'platform'
