-- What each contact states, in one number, by which the next night sees who changed.
-- grain: one row per contact record of a tool
-- kept: tonight
select
    concat_ws('/', contacts.tool, contacts.record_type, contacts.record_id) as contact_key,
    -- of two numbers in a national form, the country tells which they are
    hash(
        contacts.email,
        contacts.phone,
        contacts.first_name,
        contacts.last_name,
        contacts.full_name,
        contacts.company,
        contacts.street,
        contacts.house_number,
        contacts.address_line_2,
        contacts.city,
        contacts.postcode,
        contacts.region,
        contacts.country,
        contacts.birth_date,
        contacts.external_ids,
        contacts.successor_id,
        companies.country
    ) as fingerprint
from unified.contacts as contacts
left join unified.companies as companies
    on contacts.tool = companies.tool and contacts.company_record_id = companies.record_id
