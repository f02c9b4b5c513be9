"""A page's elements -> the same with what is raised in them marked as raised, links to notes among it.

A mark is known by what stands around it (<sup>, a link to #fn1), which is gone once the page is text.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from studytool.sources.raised import CLOSES, MARK, NUMBERS, OPENS, lowered, raised

LONGEST = 20  # characters; a longer raised part is a word or a line set small
_TO_NOTE = re.compile(r"#\w*(?:fn|ftn|edn|note|cite|ref|zhu)", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_RAISED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sup|super|superscript|(?:foot|end)?note-?(?:ref|mark)|reference|Mso(?:Foot|End)noteReference)(?:$|[\s_-])",
    re.IGNORECASE,
)
_INLINE = frozenset(("span", "font", "i", "em", "b", "strong", "small", "a", "sup"))
_NUMBER = re.compile(NUMBERS)


def mark_raised(tree: LexborHTMLParser) -> None:
    """Sets what is raised between the marks of `raised`, in the tree."""
    for node in tree.css("sup, [style*=super], [class*=sup i], [class*=note i], [class*=eference i]"):
        if node.tag == "sup" or _is_raised(node):
            _raise(node)
    for node in tree.css("sub"):
        behind = (node.next.text_content or "") if node.next is not None and node.next.tag == "-text" else ""
        if node.text() and behind[:1].isdigit():
            node.replace_with(lowered(_words(node), behind))
    _raise_links(tree)


def _is_raised(node: LexborNode) -> bool:
    """Does an inline element's look or name say that it is raised, and is it a mark or a number?"""
    said = node.attributes
    named = _RAISED_STYLE.search(said.get("style") or "") or _RAISED_CLASS.search(said.get("class") or "")
    words = _words(node) if named and node.tag in _INLINE else ""
    return bool(words) and len(words) <= LONGEST and bool(MARK.fullmatch(words) or _NUMBER.fullmatch(words))


def _raise(node: LexborNode) -> None:
    words = _words(node)
    if words and len(words) <= LONGEST and OPENS not in words:
        linked = node.css_first("a") is not None or _is_link(node.parent)
        _replace(node, f"[{words}]" if linked and _NUMBER.fullmatch(words) else words)


def _raise_links(tree: LexborHTMLParser) -> None:
    """A link to a note whose words are a mark is one, whether or not it is raised."""
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
