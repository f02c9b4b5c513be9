"""Elements of a QTI item -> the text people see of them; feedback and hidden parts are no part of it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from studytool.imports.answers import Unclear
from studytool.imports.markup import BLOCK, BLOCKS, check_shown, flowing, settled, styled
from studytool.model import BLANK

_UNSEEN = (
    "feedbackInline", "feedbackBlock", "modalFeedback", "rubricBlock", "stylesheet", "script", "style",
)  # fmt: skip
_VARIABLE = ("printedVariable", "templateInline", "templateBlock")
GAP = "textEntryInteraction"
_LINES = frozenset((*BLOCKS, "simpleChoice", "simpleAssociableChoice", "prompt", "rubricBlock"))


def seen(root: ET.Element) -> str:
    """The text of an element, with a blank for each field; of other interactions only what they ask."""
    return settled(_pieces(root))


def interactions(body: ET.Element) -> list[ET.Element]:
    """Where something is to be answered, in the order of the text."""
    return [node for node in body.iter() if node.tag.endswith("Interaction")]


def rubrics(body: ET.Element) -> list[ET.Element]:
    """What only those who mark are told."""
    return [node for node in body.iter("rubricBlock") if "scorer" in (node.get("view") or "").split()]


def _pieces(root: ET.Element) -> Iterator[str]:
    """In the order of the text; without recursion, as elements may be nested as deep as somebody likes."""
    stack: list[ET.Element | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node is root or not _is_unseen(node):
            stack += reversed(_parts(node, inside=node is root))


def _is_unseen(node: ET.Element) -> bool:
    is_told = node.tag == "rubricBlock" and "candidate" in (node.get("view") or "").split()
    return node.tag in _UNSEEN and not is_told


def _parts(node: ET.Element, *, inside: bool) -> list[ET.Element | str]:
    """A node's texts and elements, each element followed by the text behind it."""
    check_shown(node.tag)
    if node.tag in _VARIABLE:
        raise Unclear("题里的内容由程序变出来（变量、模板），不能导入")
    if node.tag == GAP:
        return [BLANK]
    if node.tag.endswith("Interaction") and not inside:
        return [BLOCK, *node.findall("prompt"), BLOCK]
    if node.tag == "br":
        return ["\n"]
    edge = BLOCK if node.tag in _LINES else ""
    text = node.text or ""
    parts: list[ET.Element | str] = [edge, flowing(text if len(node) else styled(node.tag, text))]
    for child in node:
        parts += [child, flowing(child.tail or "")]
    return [*parts, edge]
