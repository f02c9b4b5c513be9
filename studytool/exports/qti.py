"""Deck -> a QTI 2.1 package: a zip with a manifest, one test, and one file an item."""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree as ET

from studytool.exports.archive import packed
from studytool.exports.deck import Deck, Exported
from studytool.exports.feedback import unsaid
from studytool.exports.qti_items import QTI, assessment_item
from studytool.model import Item
from studytool.model.names import KIND_NAMES

_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_TEST_FILE = "test.xml"


def export(deck: Deck) -> Exported:
    names = {item.id: _identifier(item) for item in deck.items}
    members = [("imsmanifest.xml", _xml(_manifest(deck, names))), (_TEST_FILE, _xml(_test(deck, names)))]
    questions = ((names[item.id], assessment_item(item, names[item.id], deck)) for item in deck.items)
    members.extend((_file(name), _xml(question)) for name, question in questions)
    return Exported(packed(members), +unsaid(deck.items))


def _identifier(item: Item) -> str:
    """An identifier must be a name of XML, which our ids need not be; a hash of the id always is."""
    return "item_" + hashlib.sha256(item.id.encode()).hexdigest()[:24]


def _file(identifier: str) -> str:
    return f"items/{identifier}.xml"


def _manifest(deck: Deck, names: dict[str, str]) -> ET.Element:
    manifest = ET.Element("manifest", xmlns=_CP, identifier="studytool_manifest")
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    test = _resource(resources, "studytool_test", "imsqti_test_xmlv2p1", _TEST_FILE)
    for item in deck.items:
        identifier = names[item.id]
        ET.SubElement(test, "dependency", identifierref=identifier)
        _resource(resources, identifier, "imsqti_item_xmlv2p1", _file(identifier))
    return manifest


def _resource(resources: ET.Element, identifier: str, kind: str, file: str) -> ET.Element:
    resource = ET.SubElement(resources, "resource", identifier=identifier, type=kind, href=file)
    ET.SubElement(resource, "file", href=file)
    return resource


def _test(deck: Deck, names: dict[str, str]) -> ET.Element:
    """The items in one part, in sections by kind."""
    test = ET.Element("assessmentTest", xmlns=QTI, identifier="studytool_test", title=deck.title)
    part = ET.SubElement(
        test, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual"
    )
    sections: dict[str, ET.Element] = {}
    for item in deck.items:
        kind = item.kind.value
        if kind not in sections:
            title = KIND_NAMES[item.kind]
            sections[kind] = ET.SubElement(
                part, "assessmentSection", identifier=kind, title=title, visible="true"
            )
        identifier = names[item.id]
        ET.SubElement(sections[kind], "assessmentItemRef", identifier=identifier, href=_file(identifier))
    return test


def _xml(root: ET.Element) -> bytes:
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data
