"""Item -> a QTI 2.1 assessmentItem: declarations, body, scoring, and feedback with the evidence.

Surprising: response processing is spelt out by the standard's own templates only, because many programs
read no other; they score all or nothing, and a blank's other accepted answers through its mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from studytool.exports.deck import Deck
from studytool.exports.feedback import notes, places, proof
from studytool.exports.sheet.shuffle import may_be_shuffled
from studytool.exports.wording import pairs, remarks, rights
from studytool.model import BLANK, RIGHT, WRONG, Item, ItemKind
from studytool.model.names import KIND_NAMES

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_RULES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
_NAME_LENGTH = 60


def assessment_item(item: Item, identifier: str, deck: Deck) -> ET.Element:
    root = ET.Element(
        "assessmentItem",
        {
            "xmlns": QTI,
            "identifier": identifier,
            "title": f"{KIND_NAMES[item.kind]}：{item.stem[:_NAME_LENGTH]}",
        },
        adaptive="false",
        timeDependent="false",
        label=item.id,
    )
    body = ET.Element("itemBody")
    _WRITERS[item.kind](root, body, item)
    score = ET.SubElement(
        root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    ET.SubElement(ET.SubElement(score, "defaultValue"), "value").text = "0"
    ET.SubElement(
        root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier"
    )
    root.append(body)
    _processing(root, item)
    _feedback(root, notes(item, deck))
    if remarks(item) and not proof(item, deck):
        _feedback(root, (*remarks(item), *places(item, deck)), shown=False)  # for the reader of our own
    return root


def _feedback(root: ET.Element, texts: Sequence[str], *, shown: bool = True) -> None:
    """Paragraphs that are seen after the answer; those not `shown` would be where FEEDBACK is “evidence”,
    which it never is."""
    if not texts:
        return
    feedback = ET.SubElement(
        root,
        "modalFeedback",
        outcomeIdentifier="FEEDBACK",
        identifier="evidence",
        showHide="hide" if shown else "show",  # hidden, or shown, only when FEEDBACK is “evidence”
    )
    for text in texts:
        _lined(ET.SubElement(feedback, "p"), text)


def _choice(root: ET.Element, body: ET.Element, item: Item) -> None:
    options = (RIGHT, WRONG) if item.kind is ItemKind.TRUE_FALSE else item.options
    single = item.kind is not ItemKind.MULTIPLE_RESPONSE
    right = [_option(options.index(text)) for text in item.key]
    _declare(root, "RESPONSE", "single" if single else "multiple", "identifier", right)
    interaction = _interaction(body, "choiceInteraction", item, maxChoices="1" if single else "0")
    free = item.kind is not ItemKind.TRUE_FALSE and may_be_shuffled(options)
    interaction.set("shuffle", "true" if free else "false")
    for index, text in enumerate(options):
        _lined(ET.SubElement(interaction, "simpleChoice", identifier=_option(index)), text)


def _cloze(root: ET.Element, body: ET.Element, item: Item) -> None:
    """The stem as a paragraph with a field for each blank."""
    parts = item.stem.split(BLANK)
    paragraph = ET.SubElement(body, "p")
    _lined(paragraph, parts[0])
    for number, (after, part) in enumerate(zip(parts[1:], item.key, strict=True)):
        name = _response(number)
        declaration = _declare(root, name, "single", "string", [part])
        accepted = dict.fromkeys((part, *(item.accepted[number] if number < len(item.accepted) else ())))
        mapping = ET.SubElement(declaration, "mapping", defaultValue="0")
        for text in accepted:
            ET.SubElement(mapping, "mapEntry", mapKey=text, mappedValue="1", caseSensitive="false")
        length = str(max(map(len, accepted)) * 2)
        field = ET.SubElement(
            paragraph, "textEntryInteraction", responseIdentifier=name, expectedLength=length
        )
        _lined(paragraph, after, field)


def _open(root: ET.Element, body: ET.Element, item: Item) -> None:
    """A free answer; its points stand in a rubric for those who mark."""
    _declare(root, "RESPONSE", "single", "string", ())
    rubric = ET.SubElement(body, "rubricBlock", view="scorer")
    listed = ET.SubElement(rubric, "ol")
    for point in item.key:
        _lined(ET.SubElement(listed, "li"), point)
    _interaction(body, "extendedTextInteraction", item)


def _matching(root: ET.Element, body: ET.Element, item: Item) -> None:
    targets = rights(item)
    right = [f"L{n} R{targets.index(pair.right)}" for n, pair in enumerate(pairs(item))]
    _declare(root, "RESPONSE", "multiple", "directedPair", right)
    interaction = _interaction(body, "matchInteraction", item, maxAssociations=str(len(item.key)))
    interaction.set("shuffle", "true")
    sides = (("L", [pair.left for pair in pairs(item)], "1"), ("R", targets, "0"))
    for sign, texts, most in sides:
        side = ET.SubElement(interaction, "simpleMatchSet")
        for index, text in enumerate(texts):
            choice = ET.SubElement(side, "simpleAssociableChoice", identifier=f"{sign}{index}", matchMax=most)
            _lined(choice, text)


def _ordering(root: ET.Element, body: ET.Element, item: Item) -> None:
    _declare(root, "RESPONSE", "ordered", "identifier", [_option(item.options.index(t)) for t in item.key])
    interaction = _interaction(body, "orderInteraction", item, shuffle="true")
    for index, text in enumerate(item.options):
        _lined(ET.SubElement(interaction, "simpleChoice", identifier=_option(index)), text)


_WRITERS = {
    ItemKind.CLOZE: _cloze,
    ItemKind.SINGLE_CHOICE: _choice,
    ItemKind.MULTIPLE_RESPONSE: _choice,
    ItemKind.TRUE_FALSE: _choice,
    ItemKind.SHORT_ANSWER: _open,
    ItemKind.MATCHING: _matching,
    ItemKind.ORDERING: _ordering,
}


def _option(index: int) -> str:
    return f"option_{index}"


def _response(number: int) -> str:
    """The first response is called RESPONSE, as the standard's scoring templates expect."""
    return "RESPONSE" if number == 0 else f"RESPONSE_{number + 1}"


def _interaction(body: ET.Element, name: str, item: Item, **attributes: str) -> ET.Element:
    interaction = ET.SubElement(body, name, {"responseIdentifier": "RESPONSE", **attributes})
    _lined(ET.SubElement(interaction, "prompt"), item.stem)
    return interaction


def _lined(parent: ET.Element, text: str, behind: ET.Element | None = None) -> None:
    """Adds a text to an element, behind its last child if there is one; XML keeps no line breaks."""
    first, *lines = text.split("\n")
    if behind is None:
        parent.text = first
    else:
        behind.tail = first
    for line in lines:
        ET.SubElement(parent, "br").tail = line


def _declare(
    root: ET.Element, name: str, cardinality: str, base_type: str, values: Iterable[str]
) -> ET.Element:
    declaration = ET.SubElement(
        root, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base_type
    )
    right = [str(value) for value in values]
    if right:
        correct = ET.SubElement(declaration, "correctResponse")
        for value in right:
            ET.SubElement(correct, "value").text = value
    return declaration


def _processing(root: ET.Element, item: Item) -> None:
    """Scores: a template for one response; for several blanks the sum of their mappings."""
    if item.kind is ItemKind.SHORT_ANSWER:
        return
    if item.kind is not ItemKind.CLOZE or len(item.key) == 1:
        rule = "map_response" if item.kind is ItemKind.CLOZE else "match_correct"
        ET.SubElement(root, "responseProcessing", template=f"{_RULES}{rule}")
        return
    outcome = ET.SubElement(ET.SubElement(root, "responseProcessing"), "setOutcomeValue", identifier="SCORE")
    total = ET.SubElement(outcome, "sum")
    for number in range(len(item.key)):
        ET.SubElement(total, "mapResponse", identifier=_response(number))
