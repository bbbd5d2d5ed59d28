-- One tool says a person agreed to be contacted and another that they withdrew.
-- grain: one row per contact record that states one side
-- severity: high
-- owner: marketing
-- check: mart.customer_consents
-- fix: Do not contact them; find out which statement is later and correct the other tool.
select distinct
    'consent to ' || resolved.channel as subject,
    'mart.consents' as row_table,
    concat_ws('/', consents.tool, consents.record_type, consents.record_id) as row_key
from mart.customer_consents as resolved
inner join unified.consent_positions as positions
    on
        resolved.customer_id = positions.customer_id
        and resolved.channel = positions.channel
        and resolved.purpose is not distinct from positions.purpose
inner join mart.consents as consents on positions.statement_id = consents.statement_id
where resolved.state = 'conflict'
