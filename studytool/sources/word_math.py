"""Word's formulas -> text on one line: 30.6, 3/5, (a+b)², √2.

Figures are set as formulas by those who copy them from elsewhere; without them a sentence says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from studytool.sources.raised import power

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def written(formula: Any) -> str:
    """A formula, or a part of one, as people type it."""
    return "".join(_written(formula))


def _written(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == M + "t":
            yield child.text or ""
        elif tag == M + "f":
            yield f"{_whole(child, 'num')}/{_whole(child, 'den')}"
        elif tag == M + "sSup":
            yield _part(child, "e") + power(_part(child, "sup"))
        elif tag == M + "rad":
            yield f"√{_whole(child, 'e')}"
        elif tag == M + "d":
            yield f"({written(child)})"
        elif isinstance(tag, str):
            yield from _written(child)


def _part(element: Any, name: str) -> str:
    found = element.find(M + name)
    return "" if found is None else written(found)


def _whole(element: Any, name: str) -> str:
    """A part, in brackets where it would else run into what is beside it."""
    text = _part(element, name)
    return text if text.replace(".", "").isalnum() else f"({text})"
