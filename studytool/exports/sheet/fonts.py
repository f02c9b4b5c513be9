"""Where the fonts of the printed sheets are, and whether an item can be set in them.

The surprising decision: an item with a character that no font has is left off the paper. A hole in
a question is a wrong question; a missing question is nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from studytool import data
from studytool.errors import StudyError
from studytool.model import Item


def folder() -> Path:
    """The folder of the fonts that come with the package."""
    return Path(data.__file__).parent / "fonts"


@cache
def characters() -> frozenset[str]:
    """Every character that at least one of the fonts has, and the space."""
    return frozenset(data.text("fonts/characters.txt")) - {"\n"} | {" "}


# Radicals and compatibility ideographs, which PDF files use in place of the characters themselves.
_DISGUISED = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


def clean(text: str) -> str:
    """The text as it is printed: white space as single spaces, without characters nobody sees."""
    text = _DISGUISED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return " ".join(_UNSEEN.sub("", text).split())


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that cannot be printed, each once, in order."""
    return tuple(char for char in dict.fromkeys(clean(text)) if char not in characters())


def refuse_unprintable(option: str, text: str) -> None:
    """Raises StudyError for words of a person that would come out as a gap, or as nothing."""
    if text and not clean(text):
        raise StudyError(f"{option} 是空的：请写上内容，或去掉它")
    if missing(text):
        raise StudyError(f"{option} 里的“{''.join(missing(text))}”没有字体可以印；请换一种写法")


def drawable(text: str) -> str:
    """The text with a mark in place of every character no font has: for names and running text."""
    return "".join(char if char in characters() else "□" for char in clean(text))


def printable(item: Item) -> bool:
    """Whether every character an item would bring onto the paper or its key can be printed."""
    texts = (item.stem, *item.key, *item.options, item.evidence, item.article, item.explanation or "")
    text = "".join(texts)
    return not _in_need_of_another().search(text) or characters().issuperset(clean(text))


@cache
def _in_need_of_another() -> re.Pattern[str]:
    """A character that is not printed as it is; nearly no item has one, and a pattern tells so eight times as
    fast as a set."""
    as_they_are = _DISGUISED.sub("", "".join(sorted(characters())))
    return re.compile(f"[^{re.escape(as_they_are)}]")
