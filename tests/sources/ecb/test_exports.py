import re
from datetime import date
from decimal import Decimal


def test_reference_rates_are_read_newest_first_with_their_trailing_comma(drop):
    content = "Date,USD,JPY,CYP,XXX,\n2026-01-05,1.0871,161.23,N/A,7,\n2026-01-02,1.0900,160.90,N/A,8,\n"
    file = drop("ecb/eurofxref-hist.csv", content)
    assert (file.report, file.period_start, file.period_end) == ("exchange_rates", date(2026, 1, 2), date(2026, 1, 5))
    assert file.rows.select("date", "usd", "jpy", "cyp", "xxx").rows() == [
        (date(2026, 1, 5), Decimal("1.0871"), Decimal("161.23"), None, "7"),
        (date(2026, 1, 2), Decimal("1.0900"), Decimal("160.90"), None, "8"),
    ]
    assert file.rejected_cells.is_empty()
    assert "column_6" not in file.rows.columns


def test_every_currency_of_the_layout_reaches_the_mapping(known):
    tool = known["ecb"]
    rates = {field.name for field in tool.reports["exchange_rates"].fields.values() if field.type == "decimal"}
    [mapped] = re.findall(r"currency in \(([^)]*)\)", tool.mappings["exchange_rates"].read_text(encoding="utf-8"))
    assert set(re.findall(r"\w+", mapped)) == rates
