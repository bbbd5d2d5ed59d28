"""Where data comes from, and how each tool's export looks.

Belongs here: one folder per tool (its layout and its mapping SQL) and the reader that any layout drives.
Not here: where data is kept, what unified columns mean, or anything that names a tool outside its folder.
"""
