"""Ranked spans of a sentence -> JSON, or the sentence with them marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from studytool.ranker import RankedSpan

SHOWN = 3


def as_json(text: str, ranked: Sequence[RankedSpan]) -> list[dict[str, object]]:
    """The spans as the contract has them: offsets in the sentence, best first."""
    return [
        {
            "start": one.span.start,
            "end": one.span.end,
            "text": one.span.of(text),
            "asks": one.asks,
            "score": round(one.score, 4),
        }
        for one in ranked
    ]


def sentence(text: str, ranked: Sequence[RankedSpan]) -> Text:
    """The sentence with its best spans underlined, and the spans named behind it."""
    shown = Text(text)
    for one in ranked[:SHOWN]:
        shown.stylize("bold underline", one.span.start, one.span.end)
    names = "、".join(f"{one.span.of(text)} {one.score:.2f}" for one in ranked[:SHOWN])
    return shown.append(f"\n  {names}\n", style="dim")
