"""A small company's nights, made by the same functions as a whole one's, but of the tables only that are asked for."""

import pytest

from pipelines import refer, resolve, resolve_companies, who_is_who
from pipelines.build import build, expose_raw, night_models
from pipelines.load import load
from pipelines.publish import publish
from pipelines.runs import begin_run
from warehouse import dictionary

LAYOUT = """
title: Members
kind: crm
languages: [en]
reports:
  people:
    grain: one row per person
    feeds: [contacts]
    needs: [record_id, last_name]
    restates: [record_id]
    fields:
      record_id: {type: id, required: true, en: [No.]}
      first_name: {type: text, en: [First name]}
      last_name: {type: text, en: [Last name]}
      email: {type: text, en: [E-mail]}
      phone: {type: text, en: [Phone]}
      birth_date: {type: date, en: [Born]}
      street: {type: text, en: [Street]}
      postcode: {type: text, en: [Postcode]}
      city: {type: text, en: [City]}
      company: {type: text, en: [Company]}
"""
HEADER = "No.,First name,Last name,E-mail,Phone,Born,Street,Postcode,City,Company\n"
OTHERWISE = {resolve_companies.TABLE: resolve_companies.resolve_companies}
# publishing keeps what the next night must know of these
REMEMBERED = {"mart.customer_identities", "mart.company_identities", "mart.gaps"}
READS = {**resolve.TABLES, resolve_companies.TABLE: resolve_companies.READS}


def drop_people(company, tool, rows):
    """Drop a tool's export of people, with a layout of its own beside it."""
    company.drop(f"{tool}/layout.yml", LAYOUT)
    company.drop(f"{tool}/people.csv", HEADER + rows)


def night(company, asked, run_id="tonight"):
    """Load, build, resolve and publish `asked` and all that they are made of; commands find the copies afterwards."""
    work, staging = company.workspace, company.staging
    load(work, staging, work.dropped())
    begin_run(staging, run_id, work.as_of)
    refer.refer(work, staging)
    models, made = night_models(work), set()
    people = set(who_is_who.span(models))
    needed = _needed(models, asked)
    needed |= _needed(models, people) if needed & people else set()
    for name in (name for name in models if name in needed):
        # they are built together, before whatever reads one of them
        is_reader = name not in people and bool(models[name].depends_on & people)
        if not people <= made and (name == who_is_who.END or is_reader):
            who_is_who.identify(staging, models)
            staging.give_verdict(who_is_who.END, True)
            made |= people
        if name in people:
            continue
        for other in sorted(set(models[name].depends_on) & set(OTHERWISE) - made):
            OTHERWISE[other](staging)
            made |= {table for table, make in OTHERWISE.items() if make is OTHERWISE[other]}
        expose_raw(work, staging, [models[name]])
        build(staging, models[name])
        staging.give_verdict(name, True)
    for name in REMEMBERED - needed:
        staging.write(name, [])
        staging.give_verdict(name, True)
    there = needed | REMEMBERED
    few = {name: table for name, table in dictionary.tables().items() if name in there or name[:4] in ("ref.", "ops.")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dictionary, "tables", lambda: few)
        publish(staging, models, run_id)


def _needed(models, asked):
    needed, ahead = set(), list(asked)
    while ahead:
        name = ahead.pop()
        if name not in needed:
            needed.add(name)
            ahead += models[name].depends_on if name in models else READS.get(name, ())
    return needed
