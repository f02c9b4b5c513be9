"""A QTI package -> items: choices, blanks, orders, matches and free answers, one of them in each item.

The key is what `correctResponse` says of the very interaction; a mapping only adds what is worth as much.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from studytool.imports.answers import STATEMENTS, Unclear
from studytool.imports.entry import Entry, Imported, Problem, imported
from studytool.imports.marked import filled, only, pairs
from studytool.imports.qti_packages import items
from studytool.imports.qti_text import GAP, interactions, rubrics, seen
from studytool.imports.remarks import Corrected, Remarks, of_paragraphs
from studytool.model import RIGHT, WRONG, ItemKind

_UNIT = "题"  # XML keeps no lines: questions are counted


def read(data: bytes, bank: str) -> Imported:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, member in enumerate(items(data, bank), 1):
        try:
            if member.root is None:
                raise Unclear(member.reason)
            entries.append(_entry(number, member.root))
        except Unclear as unclear:
            problems.append(Problem(number, member.name[-24:], str(unclear), _UNIT))
    return imported(entries, bank, problems)


class Asked(NamedTuple):
    """What an interaction asks."""

    kind: ItemKind
    key: tuple[str, ...]
    options: tuple[str, ...] = ()
    accepted: tuple[tuple[str, ...], ...] = ()


def _entry(number: int, root: ET.Element) -> Entry:
    body = root.find("itemBody")
    if body is None:
        raise Unclear("缺少 itemBody")
    if root.find("assessmentStimulusRef") is not None:
        raise Unclear("材料在另一个文件里，不能导入")
    stem, asked, said = seen(body), _asked(root, body), _remarks(root)
    told = said.of_false(stem) if asked.key == (WRONG,) else Corrected(said.explanation)
    return Entry(
        line=number,
        unit=_UNIT,
        stem=stem,
        kind=asked.kind,
        options=asked.options,
        key=asked.key,
        accepted=asked.accepted,
        id=root.get("label") or root.get("identifier"),
        evidence=said.evidence,
        **said.place._asdict(),
        **told._asdict(),
    )


def _remarks(root: ET.Element) -> Remarks:
    """The remarks of ours. Of other people's, each is for those who chose one of the options."""
    for feedback in root.iter("modalFeedback"):
        found = of_paragraphs([seen(node) for node in feedback.iter("p")])
        if found:
            return found
    return Remarks()


def _asked(root: ET.Element, body: ET.Element) -> Asked:
    """What the one interaction of the body asks; blanks may be several."""
    found = interactions(body)
    if not found:
        raise Unclear("题里没有作答的地方")
    if all(node.tag == GAP for node in found):
        return _gaps(root, found)
    if len(found) > 1:
        raise Unclear(f"一题里有 {len(found)} 处作答，请拆成几题")
    if found[0].tag not in _READERS:
        raise Unclear(f"不支持 {found[0].tag} 这种题型")
    return _READERS[found[0].tag](root, found[0])


def _gaps(root: ET.Element, fields: list[ET.Element]) -> Asked:
    accepted = tuple(_accepted(_declaration(root, field), number) for number, field in enumerate(fields, 1))
    return Asked(ItemKind.CLOZE, tuple(texts[0] for texts in accepted), (), accepted)


def _accepted(declaration: ET.Element, number: int) -> tuple[str, ...]:
    """The right answer of a gap, and others that a mapping gives as much for."""
    worth = {entry.get("mapKey", "").strip(): _value(entry) for entry in declaration.iter("mapEntry")}
    most = max(worth.values(), default=0.0)
    right = _correct(declaration) or [text for text, value in worth.items() if value == most > 0][:1]
    if len(right) != 1 or not right[0]:
        raise Unclear(f"第 {number} 个空应有一个正确答案，这里有 {len(right)} 个")
    if worth.get(right[0], most) < most:
        raise Unclear(f"第 {number} 个空的正确答案得分不是最高的")
    return tuple(
        dict.fromkeys((right[0], *(text for text, value in worth.items() if value == most > 0 and text)))
    )


def _value(entry: ET.Element) -> float:
    try:
        return float(entry.get("mappedValue") or 0)
    except ValueError:
        raise Unclear("答案的得分（mappedValue）应为数字") from None


def _choice(root: ET.Element, interaction: ET.Element) -> Asked:
    declaration = _declaration(root, interaction)
    texts = _texts(interaction, "simpleChoice")
    right = _correct(declaration)
    key = tuple(texts[name] for name in right if name in texts)
    options = tuple(texts.values())
    if not key or len(set(right)) != len(key):
        raise Unclear("答案不在选项中，或者没有写明")
    statements = [STATEMENTS.get(text.strip().upper()) for text in options]
    if sorted(filter(None, statements)) == sorted((RIGHT, WRONG)) and len(options) == 2:
        return Asked(ItemKind.TRUE_FALSE, only([STATEMENTS[text.strip().upper()] for text in key]))
    most = interaction.get("maxChoices") or "1"
    if most == "1" or declaration.get("cardinality") == "single":
        return Asked(ItemKind.SINGLE_CHOICE, only(key), options)
    if most.isdecimal() and 0 < int(most) < len(key):
        raise Unclear(f"正确答案有 {len(key)} 个，却最多只能选 {most} 个")
    return Asked(ItemKind.MULTIPLE_RESPONSE, key, options)


def _order(root: ET.Element, interaction: ET.Element) -> Asked:
    texts = _texts(interaction, "simpleChoice")
    right = _correct(_declaration(root, interaction))
    if sorted(right) != sorted(texts):
        raise Unclear("排序题的答案应把所有选项各排一次")
    return Asked(ItemKind.ORDERING, tuple(texts[name] for name in right), tuple(texts.values()))


def _match(root: ET.Element, interaction: ET.Element) -> Asked:
    sides = [_texts(side, "simpleAssociableChoice") for side in interaction.findall("simpleMatchSet")]
    values = [value.split() for value in _correct(_declaration(root, interaction))]
    if len(sides) != 2 or not all(len(v) == 2 and v[0] in sides[0] and v[1] in sides[1] for v in values):
        raise Unclear("匹配题的答案应为成对的编号，先左后右")
    if sorted(left for left, _ in values) != sorted(sides[0]):
        raise Unclear("匹配题左边的每一项应各配一次")
    key = pairs([(sides[0][left], sides[1][right]) for left, right in values])
    return Asked(ItemKind.MATCHING, key, tuple(sides[1].values()))


def _open(root: ET.Element, _interaction: ET.Element) -> Asked:
    """A free answer; its points are the list in the rubric of those who mark, or the whole of it."""
    points: list[str] = []
    for rubric in rubrics(root):
        listed = list(filter(None, (seen(node) for node in rubric.iter("li"))))
        whole = seen(rubric)
        *before, last = whole.removesuffix("\n".join(listed)).strip().split("\n")
        has_more = last and (before or not last.endswith(("：", ":")))
        points += listed if listed and not has_more else filter(None, [whole])
    points = points or [text for node in root.iter("responseDeclaration") for text in _correct(node)]
    if not points:
        raise Unclear("论述题没有给出要点")
    return Asked(ItemKind.SHORT_ANSWER, tuple(points))


_READERS: dict[str, Callable[[ET.Element, ET.Element], Asked]] = {
    "choiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "extendedTextInteraction": _open,
}


def _texts(parent: ET.Element, tag: str) -> dict[str, str]:
    """The texts of the options, by their names."""
    nodes = list(parent.iter(tag))
    texts = dict(zip((node.get("identifier", "") for node in nodes), filled(map(seen, nodes)), strict=True))
    if len(texts) < len(nodes):
        raise Unclear("有两个选项用同一个编号")
    return texts


def _declaration(root: ET.Element, interaction: ET.Element) -> ET.Element:
    """What is right in an interaction."""
    name = interaction.get("responseIdentifier")
    found = [node for node in root.findall("responseDeclaration") if node.get("identifier") == name]
    if not name or len(found) != 1:
        raise Unclear(f"找不到作答处“{name or ''}”的答案（responseDeclaration）")
    return found[0]


def _correct(declaration: ET.Element) -> list[str]:
    values = declaration.findall("correctResponse/value")
    return list(filter(None, ((value.text or "").strip() for value in values)))
