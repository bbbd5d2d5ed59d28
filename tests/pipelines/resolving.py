"""Resolve contacts that are stated by their keys, as the night does once the keys are there."""

from pipelines.resolve import resolve


def resolved(company, keys, links=(), decisions=(), **tables):
    """The people that resolve makes of contacts, as a set of strings such as `abc`: keys, exact links, decisions."""
    given = {"unified.inboxes": [], "unified.phone_lines": [], "unified.external_ids": [], **tables}
    given["unified.contact_keys"] = [{"contact_key": key, **stated} for key, stated in keys.items()]
    given["unified.contact_links"] = [{"contact_key": a, "linked_key": b, "match_rule": rule} for a, b, rule in links]
    for name, rows in {"ref.shared_domains": [], **given}.items():
        company.staging.write(name, rows)
    con = company.staging.con
    con.execute("delete from lake.ops.decisions")
    for number, (kind, one, other) in enumerate(decisions):
        con.execute(
            "insert into lake.ops.decisions (decision_id, kind, subject, other_subject) values (?, ?, ?, ?)",
            [f"d{number}", kind, one, other],
        )
    resolve(company.staging)
    found = company.rows(
        "select string_agg(contact_key, '' order by contact_key) from unified.contact_clusters group by cluster_key"
    )
    return {key for (key,) in found}
