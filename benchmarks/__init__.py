"""What is measured: how long a night takes, and how right it is about who is who.

A package by its own file, because another one of this name comes with a dependency.
"""
