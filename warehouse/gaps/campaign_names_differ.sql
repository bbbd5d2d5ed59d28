-- One campaign goes by several names.
-- grain: one row per tool and name
-- severity: medium
-- owner: marketing
-- check: mart.campaign_identities
-- fix: Agree on one name and rename the campaign in the other tools.
select distinct
    campaigns.name as subject,
    'mart.campaign_identities' as row_table,
    concat_ws('/', identities.tool, identities.campaign_name) as row_key
from mart.campaign_identities as identities
inner join mart.campaigns as campaigns on identities.campaign_key = campaigns.campaign_key
where campaigns.name_variants > 1
