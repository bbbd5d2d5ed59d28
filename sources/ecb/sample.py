"""An invented history of the reference rates, in the zip the European Central Bank offers."""

from pathlib import Path

import polars as pl

from sources.invented import Company, Planted
from sources.invented_files import drop, zipped


def write(company: Company, folder: Path) -> Planted:
    """Write `eurofxref-hist.zip`: one row per working day, newest first, `N/A` where a currency was not quoted."""
    wide = company.rates.pivot("currency", index="rate_date", values="rate", maintain_order=True)
    table = wide.sort("rate_date", descending=True).rename({"rate_date": "Date"}).fill_null("N/A")
    # The bank ends every line with a comma.
    content = table.with_columns(pl.lit("").alias("")).write_csv(quote_style="never")
    archive = zipped({"eurofxref-hist.csv": content.encode()}, company.until)
    drop(folder, "eurofxref-hist.zip", archive, company.until)
    return Planted(settings={"owner": "finance"})
