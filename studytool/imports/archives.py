"""Bytes that claim to be an archive or XML -> the same, unless they are made to overflow whoever reads them.

An office file or a package of questions packs some ten times; what unpacks to hundreds of times its size, or
XML that defines its own abbreviations (which can unfold without end), is no question bank.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from itertools import count
from xml.etree import ElementTree as ET
from xml.parsers import expat
from zipfile import ZipFile

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import StudyError
from studytool.limits import LARGEST, MEGABYTE

LARGEST_PART = 64 * MEGABYTE
MOST_MEMBERS = 20_000  # a QTI package has a file for each question
# What may pack well without harm: an empty sheet of a template is 200 times smaller packed.
MOST_RATIO, HARMLESS = 200, MEGABYTE
MOST_ELEMENTS = 2_000_000  # of XML; a question has some thirty, and each takes twenty times its bytes
HARMLESS_WHOLE = 16 * MEGABYTE  # of all members, each of which may be harmless


def refuse_bomb(data: bytes, bank: str) -> None:
    """Raises StudyError where an archive would unpack to what no question bank is."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except BROKEN_PACKAGE:
        return  # whoever opens it says what it should have been
    sizes = [info.file_size for info in infos]
    packed_too_well = any(info.file_size > max(HARMLESS, MOST_RATIO * info.compress_size) for info in infos)
    packed_too_well = packed_too_well or sum(sizes) > max(HARMLESS_WHOLE, MOST_RATIO * len(data))
    if len(infos) > MOST_MEMBERS or packed_too_well or max(sizes, default=0) > LARGEST_PART:
        raise StudyError(f"“{bank}”解开后大得不正常，像压缩炸弹，没有读：请检查它的来历，重新导出。")
    if sum(sizes) > LARGEST:
        raise StudyError(f"“{bank}”解开后超过 {LARGEST // MEGABYTE} MB：请分成几个文件再导入。")


def xml_root(data: bytes, bank: str) -> ET.Element:
    """The root of the XML. Raises StudyError where it defines entities or is a flood of elements, or one of
    BROKEN_PACKAGE."""
    elements = count(1)

    def refuse(*_: object) -> None:
        raise StudyError(f"“{bank}”里定义了实体（<!ENTITY>），题库用不着，没有读：请检查它的来历，重新导出。")

    def counted(*_: object) -> None:
        if next(elements) > MOST_ELEMENTS:
            raise StudyError(f"“{bank}”里的元素多得不正常，没有读：请检查它的来历，或分成几个文件再导入。")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = counted
    with suppress(expat.ExpatError):  # what is wrong with it is said below
        parser.Parse(data, True)
    return ET.fromstring(data)
