"""Where data lives and what every table and column means.

Here: opening the lake, the SQL models (the path is the table's name), the data dictionary `columns.yml`,
the staging database in which a night is built aside, and the published copy that people read.
Not here: files of the tools (`sources`), what happens in which order (`pipelines`, `assets`).
"""
