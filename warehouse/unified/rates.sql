-- The rate into the base currency on every day with money: the last one published by then, at most a week old.
-- grain: one row per currency and day with money
with money as (
    select
        currency,
        coalesce(date, period_end) as date
    from unified.ad_performance
    union
    select
        currency,
        coalesce(closed_on, cast(created_at as date)) as date
    from unified.deals
),

-- rates are published for one euro
per_euro as (
    select
        currency,
        rate_date,
        rate
    from unified.exchange_rates
    union
    select distinct
        'EUR' as currency,
        rate_date,
        1 as rate
    from unified.exchange_rates
),

latest as (
    select
        money.currency,
        money.date,
        max(quoted.rate_date) as rate_date
    from money
    cross join ref.settings as settings
    inner join per_euro as quoted
        on
            money.currency = quoted.currency
            -- a deal may be expected to close in the future
            and quoted.rate_date <= least(money.date, settings.run_date)
            and quoted.rate_date >= least(money.date, settings.run_date) - interval 7 day
    inner join per_euro as base
        on settings.base_currency = base.currency and quoted.rate_date = base.rate_date
    where money.currency != settings.base_currency
    group by money.currency, money.date
)

select
    latest.currency,
    latest.date,
    cast(base.rate / quoted.rate as decimal(18, 10)) as rate,
    latest.rate_date
from latest
cross join ref.settings as settings
inner join per_euro as quoted on latest.currency = quoted.currency and latest.rate_date = quoted.rate_date
inner join per_euro as base on settings.base_currency = base.currency and latest.rate_date = base.rate_date
union all
select
    money.currency,
    money.date,
    1 as rate,
    money.date as rate_date
from money
inner join ref.settings as settings on money.currency = settings.base_currency
where money.date is not null
