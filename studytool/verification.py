"""Kept evidence, and the files it came from -> what cannot be found there again.

The file is read anew and the ranges are cut from it: they must give the evidence, up to white space,
the width of characters and the form of quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from studytool import sources
from studytool.errors import UnreadableSource
from studytool.model import Source
from studytool.store import documents
from studytool.store.bank import Bank
from studytool.store.items import Evidence

FOLD = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Verification:
    """How many pieces of evidence were looked for, and which were not found: (item id, reason)."""

    checked: int
    failed: tuple[tuple[str, str], ...]


def verify(evidence: Iterable[Evidence], bank: Bank) -> Verification:
    """Look for each piece of evidence in its file; `evidence` comes document by document."""
    checked = 0
    failed: list[tuple[str, str]] = []
    for path, pieces in groupby(evidence, key=lambda piece: piece.path):
        text = _text(path, bank)
        for piece in pieces:
            checked += 1
            if text is None:
                failed.append((piece.item_id, f"读不到来源文件 {path}"))
            elif not is_found(piece, text):
                failed.append((piece.item_id, f"依据与 {path} 的原文不符"))
    return Verification(checked, tuple(failed))


def is_found(piece: Evidence, text: str) -> bool:
    """Do the ranges of `text` give the evidence?"""
    cut = "".join(text[span.start : span.end] for span in piece.ranges)
    return bool(piece.ranges) and _normal(cut) == _normal(piece.text)


def _text(path: str, bank: Bank) -> str | None:
    kept = documents.text_of(bank, path)
    if kept is not None:
        return kept
    try:
        return sources.read(Source(path, PurePath(path).name, digest="")).text
    except UnreadableSource:
        return None


def _normal(text: str) -> str:
    return SPACE.sub("", unicodedata.normalize("NFKC", text).translate(FOLD))
