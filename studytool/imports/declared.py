"""XML in the encoding it declares -> its root; the parser knows no Chinese encoding.

A file that was saved anew as UTF-8 and still declares GBK would be read as other characters without an
error: where the bytes are sound UTF-8, it is refused.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from xml.etree import ElementTree as ET

from studytool.errors import StudyError
from studytool.imports.archives import xml_root

_DECLARATION = re.compile(
    rb"\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"'][^>]{0,200}>"
)
_CODECS = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "x-x-big5", "cp950", "ms950"), "cp950"),
    "big5-hkscs": "big5hkscs",
}


def root_of(data: bytes, bank: str) -> ET.Element:
    """The root of the XML. Raises as `xml_root` does, and StudyError where the declaration is not true."""
    bare = data.removeprefix(BOM_UTF8)
    declared = _DECLARATION.match(bare)
    codec = _CODECS.get(declared[1].decode().lower()) if declared else None
    if not declared or not codec:
        return xml_root(data, bank)
    rest = bare[declared.end() :]
    if not rest.isascii() and _decodes(rest, "utf-8"):
        if bare is data:
            name = declared[1].decode()
            raise StudyError(f"“{bank}”声明的编码是 {name}，内容却是 UTF-8，请改正声明，或重新导出。")
        return xml_root(rest, bank)
    return xml_root(_decoded(rest, codec, bank).encode(), bank)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, codec: str, bank: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise StudyError(f"“{bank}”的内容不是它声明的编码，请另存为 UTF-8 再导入。") from None
