-- Euro reference rates, a row for each currency that was quoted.
-- grain: one row per working day and currency.
select
    'ecb' as tool,
    upper(currency) as currency,
    date as rate_date,
    rate,
    _file_id,
    _row_number
from raw_ecb.exchange_rates
unpivot (
    rate for currency in (
        usd, jpy, bgn, cyp, czk, dkk, eek, gbp, huf, ltl, lvl, mtl, pln, rol, ron, sek, sit, skk, chf, isk, nok,
        hrk, rub, trl, try, aud, brl, cad, cny, hkd, idr, ils, inr, krw, mxn, myr, nzd, php, sgd, thb, zar
    )
)
