"""Word lists, terms with their expansions, templates and trained weights that come with the package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def text(name: str) -> str:
    """The text of the data file `name`."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def tables(name: str) -> Mapping[str, Any]:
    """The tables of a TOML file, read once; they are for reading only."""
    return tomllib.loads(text(name))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a word list: its lines, without comments (`#`) and empty lines."""
    stripped = (line.partition("#")[0].strip() for line in text(name).splitlines())
    return tuple(line for line in stripped if line)
