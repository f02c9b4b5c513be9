"""The beginning of a file and its name -> its format, and what of it is refused with which remedy.

A format is recognised by its content first and by its suffix second, because people rename files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from posixpath import splitext
from typing import NamedTuple

from studytool.broken import BROKEN_ARCHIVE
from studytool.errors import UnreadableSource
from studytool.limits import LARGEST, MEGABYTE
from studytool.named import too_large

SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".bmp": "image",
    ".tif": "image",
    ".tiff": "image",
    ".webp": "image",
    ".zip": "zip",
}

# What a file of each format may weigh. A book of a million characters is 3 MB of text; what is
# larger than this is a dump to be split, and reading it would take the memory of everything else.
LIMITS: Mapping[str, int] = {
    "text": 64 * MEGABYTE,
    "markdown": 64 * MEGABYTE,
    "csv": 64 * MEGABYTE,
    "json": 64 * MEGABYTE,
    "html": 16 * MEGABYTE,
    "docx": 128 * MEGABYTE,
    "pdf": LARGEST,
    "image": 64 * MEGABYTE,
}

# First bytes -> format. Ordered: the first that fits decides.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"SQLite format 3\0", "database"),
    (b"GIF8", "gif"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
)

# Formats we know and do not read -> what it is and the remedy.
REFUSED: Mapping[str, str] = {
    "ole": "这是旧版 Word/WPS 文件（.doc、.wps），读不了；请用 Word 或 WPS 打开，另存为 .docx 再试",
    "locked": "这个 Office 文件设了密码，读不了；请去掉密码后再试",
    "rtf": "这是 RTF 文件，读不了；请用 Word 打开，另存为 .docx 再试",
    "packed": "这种压缩包读不了；请解压后再试，或改用 .zip",
    "database": "这是数据库，不是文章；请换成文字文件",
    "program": "这是程序文件，不是文章；请换成文字文件",
    "gif": "这是 GIF 图片，读不了；请另存为 .png 再试",
    "xlsx": "这是电子表格，读不了；请另存为 .csv 再试",
    "pptx": "这是演示文稿，读不了；请另存为 .pdf 再试",
    "odf": "这是 OpenDocument 文件（.odt、.fodt 等），读不了；请用 Word 或 WPS 打开，另存为 .docx 再试",
    "ofd": "这是 OFD 版式文件，读不了；请用阅读器打开，另存为 .pdf 再试",
    "xml document": "这是 XML 格式的 Word 文件，读不了；请用 Word 打开，另存为 .docx 再试",
    "moodle": "这是 Moodle XML 题库，不是文献；请存为 .xml 文件，用 studytool import 导入",
    "xml": "这是 XML 数据，不是文章；请把要读的文字另存为 .txt 或 .docx 再试",
    "package": "这是一种打包文件，里面没有 Word 正文；请另存为 .docx 再试",
}

# A file that tells by its name what it is not, when its content does not say.
REFUSED_SUFFIXES: Mapping[str, str] = {
    ".doc": "ole",
    ".wps": "ole",
    ".rtf": "rtf",
    ".xls": "xlsx",
    ".xlsx": "xlsx",
    ".et": "xlsx",
    ".ppt": "pptx",
    ".pptx": "pptx",
    ".odt": "odf",
    ".fodt": "odf",
    ".ofd": "ofd",
    ".xml": "xml",
    ".rar": "packed",
    ".7z": "packed",
    ".gz": "packed",
}

# The member that tells what kind of package a zip is.
PACKAGES: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("META-INF/manifest.xml", "odf"),
    ("OFD.xml", "ofd"),
    ("[Content_Types].xml", "package"),
)

# What an XML file has near its beginning, lower case -> its format; the first that is there decides.
XML_ROOTS: tuple[tuple[bytes, str], ...] = (
    (b"<html", "html"),
    (b"<!doctype html", "html"),
    (b"<office:document", "odf"),
    (b"<w:worddocument", "xml document"),
    (b"<pkg:package", "xml document"),
    (b"<quiz", "moodle"),
)

Whole = str | io.BytesIO  # a path, or the bytes


class Content(NamedTuple):
    """The bytes of one source; `suffix` is the lower-case suffix of its name, with the dot."""

    suffix: str
    data: bytes


def suffix_of(path: str) -> str:
    return splitext(path)[1].lower()


def format_of(content: Content, whole: Whole | None = None) -> str:
    """The format of `content`, a value of SUFFIXES or a key of REFUSED.

    `whole` is the file itself where `content` holds only its beginning: packages tell what they are
    at their end.
    """
    head = content.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = next((name for start, name in SIGNATURES if head.startswith(start)), None)
    if found is None and b"%PDF-" in content.data[:1024]:
        found = "pdf"  # viewers take junk before the mark, so do we
    if found == "zip":
        return _package(whole or io.BytesIO(content.data), content.suffix)
    if found == "ole":
        return _compound(whole or io.BytesIO(content.data))
    return found or _textual(head, content.suffix)


def check_size(size: int, kind: str) -> None:
    limit = LIMITS.get(kind, LARGEST)
    if size > limit:
        raise UnreadableSource(too_large(limit))


def _textual(head: bytes, suffix: str) -> str:
    named = SUFFIXES.get(suffix, "text")
    if named in {"text", "html"} and head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    narrow = head.replace(b"\0", b"").lstrip(b"\xff\xfe").lower()  # XML may be in two-byte characters
    if named in {"text", "markdown"} and (narrow.startswith(b"<?xml") or suffix == ".xml"):
        return next((kind for root, kind in XML_ROOTS if root in narrow), "xml")
    if suffix in REFUSED_SUFFIXES:
        return REFUSED_SUFFIXES[suffix]
    # A text with the suffix of a PDF or a picture is damaged, not a text.
    return named


def _package(whole: Whole, suffix: str) -> str:
    try:
        with zipfile.ZipFile(whole) as archive:
            names = set(archive.namelist())
    except BROKEN_ARCHIVE:
        return REFUSED_SUFFIXES.get(suffix, "docx" if SUFFIXES.get(suffix) == "docx" else "zip")
    return next((kind for member, kind in PACKAGES if member in names), "zip")


def _compound(whole: Whole) -> str:
    """Old Office files and encrypted new ones are both OLE containers."""
    if isinstance(whole, str):
        with Path(whole).open("rb") as stream:
            data = stream.read(LARGEST)
    else:
        data = whole.getvalue()
    return "locked" if "EncryptedPackage".encode("utf-16-le") in data else "ole"
