"""Features: what is compared of each contact, numbered and in the lake's own order, in memory."""

from __future__ import annotations

from warehouse.lake import Connection

SCRATCH = "scratch"

FEATURES = f"""
    create or replace table {SCRATCH}.features as
    select
        cast(row_number() over (order by keys.contact_key) as integer) as contact,
        keys.contact_key,
        keys.first_key,
        keys.first_root,
        keys.last_key,
        keys.name_key,
        keys.generation_key,
        left(keys.first_key, 1) as first_initial,
        left(keys.last_key, 1) as last_initial,
        strftime(keys.birth_date, '%Y%m%d') as birth_digits,
        case when not inbox.is_shared then keys.email_key end as email_key,
        case when not inbox.is_shared then keys.mailbox_key end as mailbox_key,
        case when not inbox.is_shared then split_part(keys.email_key, '@', 2) end as email_domain,
        -- who has the name has an address made of it: that says no more than the name does
        case
            when not inbox.is_shared
            and not contains(split_part(keys.mailbox_key, '@', 1), replace(keys.last_key, ' ', ''))
            and not contains(split_part(keys.mailbox_key, '@', 1), replace(keys.first_key, ' ', ''))
                then split_part(keys.mailbox_key, '@', 1)
        end as email_user,
        case when not line.is_shared then keys.phone_e164 end as phone_e164,
        keys.street_key,
        trim(keys.street_key, '0123456789 ') as road_key,
        keys.address_2_key,
        keys.city_key,
        keys.postcode_key,
        keys.region_key,
        keys.employer_key,
        keys.is_organisation
    from unified.contact_keys as keys
    left join unified.inboxes as inbox on keys.email_key = inbox.email_key
    left join unified.phone_lines as line on keys.phone_e164 = line.phone_e164
"""


def gather(con: Connection) -> None:
    """Build `scratch.features`, one row per contact: `contact` (a number), `contact_key` and what is compared.

    What many people share says nothing of one: shared inboxes and phone lines are left out.
    """
    con.execute(f"attach if not exists ':memory:' as {SCRATCH}")
    con.execute(FEATURES)
