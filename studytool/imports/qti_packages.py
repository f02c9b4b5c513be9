"""A zip with questions in QTI -> its items, with the names of QTI 2.1, whichever version they are in.

QTI 2.2 and 3.0 ask and answer the same way; 3.0 spells the names with hyphens. QTI 1.2 is another format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import StudyError
from studytool.imports.archives import refuse_bomb
from studytool.imports.declared import root_of

_LARGEST = 4_000_000  # bytes of one question; more is no question but an attack
_MANIFEST = "imsmanifest.xml"
_READ = {
    "http://www.imsglobal.org/xsd/imsqti_v2p1": "2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p2": "2.2",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0": "3.0",
}
_WHICH = "能读的是 QTI 2.1、2.2 和 3.0"
_ITEMS = ("assessmentItem", "qti-assessment-item")
_VERSION = re.compile(r"v?(\d)p(\d)")
_OLD = "questestinterop"  # the root of QTI 1
# What other zips hold, and what to do with them.
_OTHERS = (
    (
        ("collection.anki2", "collection.anki21", "collection.anki21b"),
        "是 Anki 卡组，请把文件名改成 .apkg 再导入",
    ),
    (("word/document.xml",), "是 Word 文件，请把文件名改成 .docx 再导入"),
    (("xl/workbook.xml",), "是 Excel 工作簿，请把文件名改成 .xlsx 再导入"),
    (("ppt/presentation.xml",), "是幻灯片，不是题库"),
)


class Member(NamedTuple):
    """A file of a package: an item, or why it cannot be one."""

    name: str
    root: ET.Element | None
    reason: str = ""


def items(data: bytes, bank: str) -> Iterator[Member]:
    """Each question with the name of its file; one tree at a time, as it takes twenty times the bytes."""
    refuse_bomb(data, bank)
    count, version = 0, ""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_kind(archive.namelist(), bank)
            for info in archive.infolist():
                if not info.filename.lower().endswith((".xml", ".qti")) or info.filename == _MANIFEST:
                    continue
                if info.file_size >= _LARGEST:
                    count += 1
                    yield Member(info.filename, None, "这个文件太大，不像一道题")
                    continue
                root = root_of(archive.read(info), bank)
                member = _member(info.filename, root)
                version = version or _old_version(root)
                if member:
                    count += 1
                    yield member
    except BROKEN_PACKAGE:
        raise StudyError(f"“{bank}”不是 QTI 的压缩包，请重新导出。") from None
    if not count and version:
        raise StudyError(f"“{bank}”是 QTI {version} 的题库，{_WHICH}，请在原来的系统里另选版本导出。")
    if not count:
        raise StudyError(f"“{bank}”里没有读到试题（QTI 的 assessmentItem），{_WHICH}。")


def _check_kind(names: list[str], bank: str) -> None:
    """Raises StudyError for a zip of another program."""
    for members, what in _OTHERS:
        if any(member in names for member in members):
            raise StudyError(f"“{bank}”{what}。")


def _old_version(root: ET.Element) -> str:
    space, _, name = root.tag.rpartition("}")
    if name != _OLD:
        return ""
    found = _VERSION.search(space)
    return f"{found[1]}.{found[2]}" if found else "1.2"


def _member(name: str, root: ET.Element) -> Member | None:
    """The item a file holds, if it holds one."""
    space, _, tag = root.tag.rpartition("}")
    if tag not in _ITEMS:
        return None
    version = _READ.get(space.removeprefix("{"))
    if version is None:
        found = _VERSION.search(space)
        told = f"QTI {found[1]}.{found[2]}" if found else f"命名空间 {space.removeprefix('{') or '空'}"
        return Member(name, None, f"这道题的版本是 {told}，{_WHICH}")
    return Member(name, _called(root, hyphens=version == "3.0"))


def _called(root: ET.Element, *, hyphens: bool) -> ET.Element:
    """The tree with the names of QTI 2.1, without namespaces."""
    for node in root.iter():
        tag = node.tag.rpartition("}")[2]
        node.tag = _joined(tag.removeprefix("qti-")) if hyphens and tag.startswith("qti-") else tag
        if hyphens:
            node.attrib = {_joined(name): value for name, value in node.attrib.items()}
    return root


def _joined(name: str) -> str:
    """response-identifier as responseIdentifier."""
    first, *others = name.split("-")
    return first + "".join(other.capitalize() for other in others)
