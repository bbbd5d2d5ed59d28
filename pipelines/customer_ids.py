"""Customer ids: who was published under which id, night by night, and what became of the ids of the night before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from warehouse.staging import Staging

# contacts that tonight are somebody else than the night before, nobody any more, or for the first time somebody
MOVES = """
    create or replace temp table moves as
    with tonight as (
        select concat_ws('/', tool, record_type, record_id) as contact_key, customer_id, linked_at
        from mart.customer_identities
    ),
    before as (select contact_key, customer_id from ops.customer_ids where until_night is null)
    select
        coalesce(tonight.contact_key, before.contact_key) as contact_key,
        before.customer_id as old_customer_id,
        tonight.customer_id,
        tonight.linked_at
    from tonight
    full outer join before on tonight.contact_key = before.contact_key
    where tonight.customer_id is distinct from before.customer_id
"""

CHANGES = """
    create or replace temp table changes as
    with moved as (
        select old_customer_id, customer_id, count(*) as contact_count
        from moves
        where old_customer_id is not null and customer_id is not null
        group by all
    )
    select
        *,
        case
            when customer_id not in (select customer_id from ops.customer_ids) then 'split'
            when customer_id not in (select customer_id from ops.customer_ids where until_night is null) then 'restored'
            when old_customer_id in (select customer_id from mart.customer_identities) then 'moved'
            else 'merged'
        end as change
    from moved
"""

CHURN = """
    select
        (
            select count(distinct customer_id) from moves
            where customer_id not in (select customer_id from ops.customer_ids)
            and customer_id not in (select customer_id from changes)
        ),
        (select count(distinct old_customer_id) from changes where change = 'merged'),
        (select count(distinct customer_id) from changes where change in ('split', 'restored')),
        (
            select count(distinct old_customer_id) from moves
            where old_customer_id not in (select customer_id from mart.customer_identities)
            and old_customer_id not in (select old_customer_id from changes)
        ),
        (select coalesce(sum(contact_count), 0) from changes)
"""

NIGHT = """
    select 1 + coalesce(max(greatest(coalesce(since_night, 0), coalesce(until_night, 0))), 0) from ops.customer_ids
"""

# the last stretch of each contact that comes back to the customer it was when it went
BACK = """
    create or replace temp table back as
    with returned as (
        select ids.contact_key, ids.until_night, ids.customer_id = moves.customer_id as is_same
        from moves
        inner join ops.customer_ids as ids on moves.contact_key = ids.contact_key
        where moves.old_customer_id is null
        qualify row_number() over (partition by ids.contact_key order by ids.until_night desc) = 1
    )
    select contact_key, until_night from returned where is_same
"""


class Churn(NamedTuple):
    """What became of customers since the night before, each number of customers but the last, which is of contacts."""

    customers_new: int
    customers_merged: int
    customers_split: int
    customers_gone: int
    contacts_moved: int

    @property
    def sentence(self) -> str:
        """As people read it; says nothing of what did not happen."""
        told = {
            "new": self.customers_new,
            "merged into another": self.customers_merged,
            "split from another": self.customers_split,
            "in no export any more": self.customers_gone,
        }
        said = ", ".join(f"{count:,} {what}" for what, count in told.items() if count)
        if self.contacts_moved:
            said += f"; {self.contacts_moved:,} contact{'s' * (self.contacts_moved > 1)} changed customer"
        return said or "nobody new, merged or split"


def churn(staging: Staging) -> Churn:
    """What the identities in staging change of those that were published last."""
    con = staging.con
    con.execute(MOVES)
    con.execute(CHANGES)
    [counts] = con.execute(CHURN).fetchall()
    return Churn(*map(int, counts))


def remember(staging: Staging) -> Churn:
    """Keep who is published under which id, and where old ids lead to; called inside the publishing transaction.

    A stretch of nights in which a contact was one customer is one row. A night that changes nothing leaves no trace.
    """
    con = staging.con
    found = churn(staging)
    [(night,)] = con.execute(NIGHT).fetchall()
    con.execute(BACK)
    con.execute(
        "insert into lake.ops.customer_id_history by name"
        " select ? as night, run_date as changed_on, changes.* from changes cross join ref.settings",
        [night],
    )
    con.execute(
        "update lake.ops.customer_ids set until_night = ? where until_night is null"
        " and contact_key in (select contact_key from moves where old_customer_id is not null)",
        [night],
    )
    con.execute(
        "update lake.ops.customer_ids as ids set until_night = null from back"
        " where ids.contact_key = back.contact_key and ids.until_night = back.until_night"
    )
    con.execute(
        "insert into lake.ops.customer_ids (contact_key, customer_id, linked_at, since_night)"
        " select contact_key, customer_id, linked_at, ? from moves"
        " where customer_id is not null and contact_key not in (select contact_key from back)",
        [night],
    )
    return found
