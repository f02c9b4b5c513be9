"""Whole documents: what is asked of them, and what is not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from studytool import pipeline
from studytool.model import Block, BlockKind, Document, ItemKind, Source, Span

CASES = tomllib.loads((Path(__file__).parent / "fixtures" / "documents.toml").read_text(encoding="utf-8"))


def document(text: str) -> Document:
    """A text file of this text."""
    return Document(Source("/page.txt", "page.txt", "0"), text, (Block(BlockKind.LINES, Span(0, len(text))),))


@pytest.mark.parametrize("case", CASES["document"], ids=lambda case: case["name"])
def test_a_document_is_asked_of_what_it_says_and_of_nothing_else(case: dict[str, Any]) -> None:
    items = pipeline.harvest(document(case["text"].lstrip())).items
    stems = {item.stem for item in items}
    offered = {item.stem: list(item.options) for item in items if item.kind is ItemKind.SINGLE_CHOICE}
    for stem, options in case.get("options", {}).items():
        assert offered[stem] == options
    options = {option for item in items for option in item.options}
    assert options & set(case.get("offered_never", ())) == set()
    assert set(case["asked"]) <= stems
    assert {stem for stem in stems for words in case["never"] if words in stem} == set()
    blanked = [item.stem for item in items if item.kind is ItemKind.CLOZE]
    for words, most in case.get("at_most", {}).items():
        assert sum(words in stem for stem in blanked) <= most
