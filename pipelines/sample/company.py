"""The whole invented company."""

from datetime import date

from pipelines.sample.ads import ads
from pipelines.sample.campaigns import campaigns
from pipelines.sample.deals import deals
from pipelines.sample.organisations import besides, organisations
from pipelines.sample.people import people
from pipelines.sample.rates import rates
from pipelines.sample.records import contacts, members
from pipelines.sample.sends import sends
from pipelines.sample.shoppers import shoppers
from pipelines.sample.words import table
from sources.invented import Company


def invent(customers: int, seed: int, until: date) -> Company:
    """The company as it stands on the morning of `until`, with two years of history."""
    start = date(until.year - 2, until.month, 1)
    employers = organisations(customers, seed, start, until)
    population = people(customers, employers, seed, start, until)
    crm = contacts(population, employers, seed, until)
    mailing_list = members(population, seed, start, until)
    plan = campaigns(start, until)
    return Company(
        name=table("markets.toml")["company"]["name"],
        until=until,
        seed=seed,
        organisations=employers,
        besides=besides(employers, seed),
        contacts=crm,
        members=mailing_list,
        shoppers=shoppers(population, seed, start, until),
        deals=deals(crm, plan, seed, start, until),
        ads=ads(plan, seed, start, until),
        sends=sends(plan, len(mailing_list), seed, start, until),
        rates=rates(seed, start, until),
    )
