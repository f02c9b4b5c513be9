"""A page's elements -> the same with what is raised in them marked as raised, links to notes among it.

A mark is known by what stands around it (<sup>, a link to #fn1), which is gone once the page is text.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studytool.sources.raised import CLOSES, MARK, OPENS, lowered, raised

LONGEST = 20  # characters; a longer raised part is a word or a line set small
_TO_NOTE = re.compile(r"#\w*(?:fn|ftn|edn|note|cite|ref|zhu)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:[-–—,，]\d{1,3})*")


def mark_raised(tree: LexborHTMLParser) -> None:
    """Sets what is raised between the marks of `raised`, in the tree."""
    for node in tree.css("sup"):
        words = _words(node)
        if words and len(words) <= LONGEST and OPENS not in words:
            linked = node.css_first("a") is not None or _is_link(node.parent)
            _replace(node, f"[{words}]" if linked and _NUMBER.fullmatch(words) else words)
    for node in tree.css("sub"):
        behind = (node.next.text_content or "") if node.next is not None and node.next.tag == "-text" else ""
        if node.text() and behind[:1].isdigit():
            node.replace_with(lowered(_words(node), behind))
    for link in tree.css('a[href*="#"]'):
        words = _words(link)
        to_note = _TO_NOTE.search(link.attributes.get("href") or "") is not None
        if words and (MARK.fullmatch(words) or (to_note and _NUMBER.fullmatch(words))):
            _replace(link, f"[{words}]" if _NUMBER.fullmatch(words) else words)


def _words(node: LexborNode) -> str:
    return "".join((node.text() or "").split())


def _is_link(node: LexborNode | None) -> bool:
    return node is not None and node.tag == "a"


def _replace(node: LexborNode, words: str) -> None:
    node.replace_with(raised(words))


def cleared(text: str) -> str:
    """A page's source without the characters that mark what is raised."""
    return text.replace(OPENS, "").replace(CLOSES, "") if OPENS in text or CLOSES in text else text
