"""A source -> its stamp: what its items depend on, so that only what changed is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec

from studytool.model import Source, SourceNote

# What has no say in the items of a document, by its place in the package; a change in anything else makes all
# items anew.
NO_SAY = frozenset(
    {
        "cli",
        "cluster.py",
        "scheduler.py",
        "exports",
        "grading",
        "imports",
        "marking",
        "quiz",
        "store",
        "views",
        "__init__.py",
        "__main__.py",
    }
    | {"fitting.py", "moved.py", "recipes.py", "schedule.py", "settings.py", "stamps.py", "verification.py"}
    | {"data/fonts", "data/anki", "data/page"}
)


def stamp(source: Source) -> str:
    """What a document's items depend on, as one string: bytes, note and rules."""
    scans = "\nocr" if source.name.lower().endswith(".pdf") and _reads_scans() else ""
    return hashlib.sha256(f"{source.digest}\n{_said(source.note)}\n{rules()}{scans}".encode()).hexdigest()


@cache
def _reads_scans() -> bool:
    """Is what recognises scanned pages installed? Once it is, they can be read among others of a PDF."""
    return find_spec("rapidocr") is not None


@lru_cache(1024)
def _said(note: SourceNote) -> str:
    return repr(note)  # most files share one note, and writing it takes longer than the digest


@cache
def rules() -> str:
    """A digest of all that has a say in the items of a document, beside itself.

    Not of the libraries: each of their releases would make a million documents anew, few to another end."""
    return digest_of(files("studytool"))


def digest_of(package: Traversable) -> str:
    """The digest of the rules in a folder of the package's layout."""
    digest = hashlib.sha256()
    for file in _files_with_a_say(package):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files_with_a_say(folder: Traversable, within: str = "") -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        place = f"{within}{entry.name}"
        if place in NO_SAY:
            continue
        if entry.is_dir():
            yield from _files_with_a_say(entry, f"{place}/")
        elif entry.name.endswith((".py", ".txt", ".toml", ".json", ".tsv")):
            yield entry
