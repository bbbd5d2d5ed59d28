"""Features: what is compared of each contact, numbered and in the lake's own order, in memory."""

from __future__ import annotations

from warehouse.lake import Connection

SCRATCH = "scratch"

STATED = """
    keys.contact_key,
    keys.first_key,
    keys.first_root,
    keys.last_key,
    keys.name_key,
    keys.generation_key,
    left(keys.first_key, 1) as first_initial,
    left(keys.last_key, 1) as last_initial,
    strftime(keys.birth_date, '%Y%m%d') as birth_digits,
    keys.email_key,
    keys.mailbox_key,
    split_part(keys.email_key, '@', 2) as email_domain,
    -- a misspelt address is of the same domain, and who is another person has another initial
    left(keys.email_key, 1) || substr(keys.email_key, instr(keys.email_key, '@')) as email_kin,
    translate(keys.email_key, '0123456789', '') as email_letters,
    -- who has the name has an address made of it: that says no more than the name does
    case
        -- most are, and this is quick to see
        when not starts_with(keys.mailbox_key, keys.first_key) and not starts_with(keys.mailbox_key, keys.last_key)
        and not contains(translate(split_part(keys.mailbox_key, '@', 1), '.-_', ''), replace(keys.last_key, ' ', ''))
        and not contains(translate(split_part(keys.mailbox_key, '@', 1), '.-_', ''), replace(keys.first_key, ' ', ''))
            then split_part(keys.mailbox_key, '@', 1)
    end as email_user,
    keys.phone_e164,
    keys.street_key,
    trim(keys.street_key, '0123456789 ') as road_key,
    nullif(regexp_extract(keys.street_key, '^[0-9]+[a-z]*'), '') as house_key,
    keys.address_2_key,
    keys.city_key,
    keys.postcode_key,
    keys.region_key,
    keys.employer_key,
    keys.is_organisation
"""


def features(unified: str, among: str = "") -> str:
    """A SELECT of what is compared of each contact in a schema `unified`; the number `who` stands for its key.

    Of all contacts, or of those whose `who` is in a relation. What many people share says nothing of one: shared
    inboxes and phone lines are left out.
    """
    kept = f"where hash(contact_key) in (from {among})" if among else ""
    return f"""
        with own as (
            select keys.* replace (
                case when inbox.email_key is null then keys.email_key end as email_key,
                case when inbox.email_key is null then keys.mailbox_key end as mailbox_key,
                case when line.phone_e164 is null then keys.phone_e164 end as phone_e164
            )
            from (from {unified}.contact_keys {kept}) as keys
            left join (select email_key from {unified}.inboxes where is_shared) as inbox
                on keys.email_key = inbox.email_key
            left join (select phone_e164 from {unified}.phone_lines where is_shared) as line
                on keys.phone_e164 = line.phone_e164
        )
        select hash(keys.contact_key) as who, {STATED} from own as keys
    """


def gather(con: Connection, among: str = "") -> None:
    """Build `scratch.features`, one row per contact: `contact` (a number), `contact_key` and what is compared."""
    con.execute(f"attach if not exists ':memory:' as {SCRATCH}")
    con.execute(f"""
        create or replace table {SCRATCH}.features as
        select cast(row_number() over () as integer) as contact, stated.*
        from (from ({features("unified", among)}) order by contact_key) as stated
    """)
