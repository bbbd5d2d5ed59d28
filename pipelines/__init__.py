"""How data moves, as plain functions named by verbs: load, resolve, build, check, publish; and the command line.

Usable without Dagster. Not here: how a tool's export looks (`sources`), what a table means (`warehouse`),
when something is refreshed (`assets`).
"""
