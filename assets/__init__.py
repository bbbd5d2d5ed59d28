"""What exists and when it is refreshed: Dagster assets, checks, the nightly schedule and the sensor for new files.

An asset is a few lines that call a pipeline. Not here: how anything is computed (`pipelines`, `warehouse`).
"""
