"""Words, streams of chance and spellings the whole invention shares."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import polars as pl


@cache
def table(file: str) -> dict[str, Any]:
    """A data file beside this module."""
    return tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))


def words(section: str, key: str) -> pl.Series:
    """One list of words.toml; a blank inside a word is written as an underscore there."""
    return pl.Series(key, [word.replace("_", " ") for word in table("words.toml")[section][key].split()])


def chance(seed: int, topic: str) -> np.random.Generator:
    """The stream of chance of one topic, so that a new topic never shifts the draws of another."""
    return np.random.default_rng([seed, crc32(topic.encode())])


def picked(draws: np.random.Generator, choices: pl.Series, count: int) -> pl.Series:
    """`count` words drawn with replacement."""
    return choices.gather(draws.integers(0, len(choices), count))


def pick_weighted(draws: np.random.Generator, weights: Mapping[str, float], count: int) -> pl.Series:
    """`count` keys drawn according to their weights."""
    shares = np.array(list(weights.values()), dtype=float)
    return pl.Series(list(weights)).gather(draws.choice(len(shares), count, p=shares / shares.sum()))


def moments(draws: np.random.Generator, start: date, end: date, count: int) -> pl.Series:
    """`count` moments, to the second, in office hours of the days from `start` to the day before `end`."""
    days = draws.integers(0, (end - start).days, count)
    seconds = days * 86_400 + draws.integers(8 * 3_600, 19 * 3_600, count)
    return pl.Series(np.datetime64(datetime(start.year, start.month, start.day), "us") + seconds.astype("m8[s]"))


def unaccented(text: pl.Expr) -> pl.Expr:
    """The text without its accents."""
    return text.str.normalize("NFD").str.replace_all(r"\p{M}", "")


def slug(text: pl.Expr) -> pl.Expr:
    """Lower case letters and digits joined by hyphens, as in an address."""
    return unaccented(text).str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
