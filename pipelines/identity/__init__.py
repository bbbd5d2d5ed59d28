"""Identity: how probable it is that two contacts are one person, and what follows from it.

Here: what is compared, which pairs, how they score, and what is concluded. Not here: exact keys and rules, which are
SQL models in `warehouse/unified`, and who gets which customer_id (`warehouse/mart/customer_identities.sql`).
"""
