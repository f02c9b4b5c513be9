"""A QTI 2.1 package -> items: choices, blanks, orders, matches and free answers of one prompt each."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import StudyError
from studytool.imports.answers import STATEMENTS, Unclear
from studytool.imports.archives import refuse_bomb, xml_root
from studytool.imports.entry import Entry, Imported, Problem, imported
from studytool.model import BLANK, ItemKind

_Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
_LARGEST = 4_000_000  # bytes of one question; more is no question but an attack

_UNIT = "题"  # XML keeps no lines: questions are counted


def read(data: bytes, bank: str) -> Imported:
    refuse_bomb(data, bank)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, (name, root) in enumerate(_items(data, bank), 1):
        try:
            entries.append(_entry(number, root))
        except Unclear as unclear:
            problems.append(Problem(number, name[-24:], str(unclear), _UNIT))
    return imported(entries, bank, problems)


def _items(data: bytes, bank: str) -> Iterator[tuple[str, ET.Element]]:
    """Each question with the name of its file; one tree at a time, as it takes twenty times the bytes."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.filename.endswith(".xml") and member.file_size < _LARGEST:
                    root = xml_root(archive.read(member), bank)
                    if root.tag == f"{_Q}assessmentItem":
                        yield member.filename, root
    except BROKEN_PACKAGE:
        raise StudyError(f"“{bank}”不是 QTI 2.1 的压缩包，请重新导出。") from None


def _entry(number: int, root: ET.Element) -> Entry:
    body = root.find(f"{_Q}itemBody")
    if body is None:
        raise Unclear("缺少 itemBody")
    stem = "".join(node.text or "" for node in body.iter(f"{_Q}prompt"))
    kind, key, options = _asked(root, body)
    accepted = _accepted(root) if kind is ItemKind.CLOZE else ()
    notes = [node.text or "" for node in root.findall(f"{_Q}modalFeedback/{_Q}p")]
    evidence = next((note.removeprefix("依据：") for note in notes if note.startswith("依据：")), "")
    return Entry(
        line=number,
        unit=_UNIT,
        stem=_blanked(body) if kind is ItemKind.CLOZE else stem,
        kind=kind,
        options=options,
        key=key,
        accepted=accepted,
        id=root.get("label") or root.get("identifier"),
        evidence=evidence,
    )


def _asked(root: ET.Element, body: ET.Element) -> tuple[ItemKind, tuple[str, ...], tuple[str, ...]]:
    """Kind, key and options, by the interaction the body has."""
    names = ("simpleChoice", "simpleAssociableChoice")
    texts = {
        node.get("identifier", ""): "".join(node.itertext())
        for name in names
        for node in body.iter(_Q + name)
    }
    right = [value for values in _correct(root).values() for value in values]
    if body.find(f".//{_Q}textEntryInteraction") is not None:
        return ItemKind.CLOZE, tuple(right), ()
    if body.find(f".//{_Q}extendedTextInteraction") is not None:
        return ItemKind.SHORT_ANSWER, tuple("".join(node.itertext()) for node in body.iter(f"{_Q}li")), ()
    if body.find(f".//{_Q}matchInteraction") is not None:
        return ItemKind.MATCHING, *_matching(body, texts, right)
    key = tuple(texts[value] for value in right if value in texts)
    options = tuple(texts.values())
    if body.find(f".//{_Q}orderInteraction") is not None:
        return ItemKind.ORDERING, key, options
    if len(key) != len(right) or not key:
        raise Unclear("答案不在选项中，或者题型不支持")
    if set(options) <= set(STATEMENTS) and len(options) == 2:
        return ItemKind.TRUE_FALSE, tuple(STATEMENTS[text] for text in key), ()
    interaction = body.find(f".//{_Q}choiceInteraction")
    single = interaction is not None and interaction.get("maxChoices") == "1"
    return ItemKind.SINGLE_CHOICE if single else ItemKind.MULTIPLE_RESPONSE, key, options


def _matching(
    body: ET.Element, texts: dict[str, str], right: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pairs = [value.split() for value in right]
    if not all(len(pair) == 2 and set(pair) <= set(texts) for pair in pairs):
        raise Unclear("匹配题的答案应为成对的编号")
    sides = body.findall(f".//{_Q}simpleMatchSet")
    options = tuple("".join(node.itertext()) for node in sides[-1]) if sides else ()
    return tuple(f"{texts[left]}={texts[other]}" for left, other in pairs), options


def _correct(root: ET.Element) -> dict[str, list[str]]:
    return {
        declaration.get("identifier", ""): [
            v.text or "" for v in declaration.findall(f"{_Q}correctResponse/{_Q}value")
        ]
        for declaration in root.findall(f"{_Q}responseDeclaration")
    }


def _accepted(root: ET.Element) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(entry.get("mapKey", "") for entry in declaration.iter(f"{_Q}mapEntry"))
        or tuple(value.text or "" for value in declaration.iter(f"{_Q}value"))
        for declaration in root.findall(f"{_Q}responseDeclaration")
    )


def _blanked(body: ET.Element) -> str:
    """The body's text with a blank for each field."""
    parts: list[str] = []
    for node in body.iter():
        parts.append(BLANK if node.tag == f"{_Q}textEntryInteraction" else (node.text or ""))
        parts.append(node.tail or "" if node is not body and node.tag == f"{_Q}textEntryInteraction" else "")
    return "".join(parts).strip()
