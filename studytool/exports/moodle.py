"""Deck -> Moodle XML. Blanks become a cloze question, so that several blanks stay one question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, zip_longest
from xml.etree import ElementTree as ET

from studytool.exports.deck import Deck, Exported
from studytool.exports.feedback import feedback, listed, shown, unsaid
from studytool.exports.moodle_weights import share
from studytool.exports.sheet.shuffle import may_be_shuffled
from studytool.exports.wording import CHOICES, pairs, rights
from studytool.model import BLANK, RIGHT, Item, ItemKind
from studytool.model.names import ASKS, KIND_NAMES, STATUSES

_TYPES = {
    ItemKind.CLOZE: "cloze",
    ItemKind.SINGLE_CHOICE: "multichoice",
    ItemKind.MULTIPLE_RESPONSE: "multichoice",
    ItemKind.TRUE_FALSE: "truefalse",
    ItemKind.SHORT_ANSWER: "essay",
    ItemKind.MATCHING: "matching",
    ItemKind.ORDERING: "ordering",
}
# Moodle takes back only some of its escapes, but every entity.
_CLOZE_SPECIAL = re.compile(r"[\\~#}{]")
_NAME_LENGTH = 60


def export(deck: Deck) -> Exported:
    quiz = ET.Element("quiz")
    category = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(category, "category"), f"$course$/{_category(deck.title)}")
    missing: Counter[str] = Counter()
    for item in deck.items:
        if item.kind is ItemKind.MULTIPLE_RESPONSE and not _wrong_share(item):
            missing["正确或错误选项超过十个的多选题"] += 1
        else:
            quiz.append(_question(item, deck))
    ET.indent(quiz)
    data = ET.tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n"
    return Exported(data, missing + unsaid(deck.items), missing=missing.total())


def _category(title: str) -> str:
    """A slash would open a category inside a category; Moodle writes a plain one twice."""
    return title.replace("/", "//") or "学习"


def _question(item: Item, deck: Deck) -> ET.Element:
    question = ET.Element("question", type=_TYPES[item.kind])
    plain = re.sub(r"\s+", " ", item.stem)
    _text(ET.SubElement(question, "name"), f"{KIND_NAMES[item.kind]}：{plain[:_NAME_LENGTH]}")
    _html(question, "questiontext", _cloze(item) if item.kind is ItemKind.CLOZE else shown(item.stem))
    _html(question, "generalfeedback", feedback(item, deck))
    if item.kind is not ItemKind.CLOZE:
        _leaf(question, "defaultgrade", "1")
    _leaf(question, "penalty", "0.3333333")
    _leaf(question, "hidden", "0")
    _leaf(question, "idnumber", item.id)
    _body(question, item)
    _tags(question, item, deck)
    return question


def _body(question: ET.Element, item: Item) -> None:
    """What only questions of the item's kind have."""
    if item.kind in CHOICES:
        _choice(question, item)
    elif item.kind is ItemKind.TRUE_FALSE:
        for name in ("true", "false"):
            is_right = (name == "true") == (item.key == (RIGHT,))
            _text(ET.SubElement(question, "answer", fraction="100" if is_right else "0"), name)
    elif item.kind is ItemKind.SHORT_ANSWER:
        _leaf(question, "responseformat", "editor")
        _html(question, "graderinfo", listed(item.key))
    elif item.kind is ItemKind.MATCHING:
        _matching(question, item)
    elif item.kind is ItemKind.ORDERING:
        _ordering(question, item)


def _choice(question: ET.Element, item: Item) -> None:
    _leaf(question, "single", "true" if item.kind is ItemKind.SINGLE_CHOICE else "false")
    _leaf(question, "shuffleanswers", "true" if may_be_shuffled(item.options) else "false")
    _leaf(question, "answernumbering", "ABCD")
    right = share(len(item.key)) or "100"
    wrong = "0" if item.kind is ItemKind.SINGLE_CHOICE else _wrong_share(item)
    for text in item.options:
        fraction = right if text in item.key else wrong
        answer = ET.SubElement(question, "answer", fraction=fraction, format="html")
        _text(answer, shown(text))


def _wrong_share(item: Item) -> str:
    """What a wrong option of a multiple response takes away; empty if Moodle knows no such weight."""
    wrong = share(len(item.options) - len(item.key))
    return f"-{wrong}" if wrong and share(len(item.key)) else ""


def _matching(question: ET.Element, item: Item) -> None:
    _leaf(question, "shuffleanswers", "true")
    used = {pair.right for pair in pairs(item)}
    extra = (("", text) for text in rights(item) if text not in used)
    for left, right in chain(pairs(item), extra):
        sub = ET.SubElement(question, "subquestion", format="html")
        _leaf(sub, "text", shown(left))
        _text(ET.SubElement(sub, "answer"), right)


def _ordering(question: ET.Element, item: Item) -> None:
    """Part of Moodle since 4.4; before, a plug-in. The weight of an answer is its place."""
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", len(item.key))):
        _leaf(question, name, str(value))
    _leaf(question, "gradingtype", "ABSOLUTE_POSITION")
    _leaf(question, "showgrading", "SHOW")
    for place, text in enumerate(item.key, 1):
        _text(ET.SubElement(question, "answer", fraction=str(place), format="html"), shown(text))


def _cloze(item: Item) -> str:
    """The stem with each blank as a short answer of its own, other accepted answers included."""
    between = (shown(part).replace("{", "&#123;") for part in item.stem.split(BLANK))
    return "".join(chain.from_iterable(zip_longest(between, _blanks(item), fillvalue="")))


def _blanks(item: Item) -> Iterable[str]:
    for part, accepted in zip_longest(item.key, item.accepted, fillvalue=()):
        texts = dict.fromkeys((str(part), *accepted))
        answers = "~".join(f"%100%{_typed(text)}" for text in texts)
        yield f"{{1:SHORTANSWER:{answers}}}"


def _typed(text: str) -> str:
    """An answer to type; a star would stand for any text."""
    return _CLOZE_SPECIAL.sub(lambda found: f"&#{ord(found[0])};", shown(text)).replace("*", "\\*")


def _tags(question: ET.Element, item: Item, deck: Deck) -> None:
    tags = ET.SubElement(question, "tags")
    names = (deck.source_title(item), ASKS[item.asks], STATUSES[item.status], *item.tags)
    for name in dict.fromkeys(names):
        _text(ET.SubElement(tags, "tag"), name)


def _html(parent: ET.Element, name: str, content: str) -> None:
    _text(ET.SubElement(parent, name, format="html"), content)


def _text(parent: ET.Element, content: str) -> None:
    _leaf(parent, "text", content)


def _leaf(parent: ET.Element, name: str, content: str) -> None:
    ET.SubElement(parent, name).text = content
