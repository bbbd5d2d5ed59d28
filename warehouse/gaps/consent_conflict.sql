-- One tool says a person agreed to be mailed and another that they withdrew.
-- grain: one row per contact record that states one side
-- severity: high
-- owner: marketing
-- check: mart.consents
-- fix: Do not mail them; find out which statement is later and correct the other tool.
with contradicted as (
    select
        customer_id,
        channel
    from mart.consents
    group by customer_id, channel
    having bool_or(value = 'granted') and bool_or(value = 'withdrawn')
)

select distinct
    'consent to ' || consents.channel as subject,
    'mart.consents' as row_table,
    concat_ws('/', consents.tool, consents.record_type, consents.record_id) as row_key
from mart.consents as consents
inner join contradicted
    on consents.customer_id = contradicted.customer_id and consents.channel = contradicted.channel
where consents.value in ('granted', 'withdrawn')
