"""The content of a file -> whether studytool wrote it: sheets, keys, banks, reports are no documents.

Whoever works and builds in one folder would else be asked what the false statements of an old sheet say, with
the sheet as the source.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping

from studytool.broken import BROKEN_PACKAGE
from studytool.errors import UnreadableSource
from studytool.sources.encoding import decode
from studytool.sources.formats import Content, format_of

LONGEST_ITEM = 1 << 16  # bytes of a line of a bank
HEAD = 4096  # bytes of a page in which it says what made it
_MARK = re.compile(rb'<meta name="generator" content="studytool">')
_FORMAT = re.compile(r'^\s*\{\s*"format":\s*"studytool-')
_AUTHOR = re.compile(rb"<dc:creator>studytool</dc:creator>")
_ITEM = frozenset(("id", "kind", "asks", "stem", "key"))  # of a line of a bank
_NAMES = frozenset(("姓名", "name"))


def refuse(content: Content) -> None:
    """Raises UnreadableSource for what studytool has written itself, and for tables of answers to it."""
    told = _TELLS.get(format_of(content))
    if told is not None and told(content.data):
        raise UnreadableSource(
            "是 studytool 写出的试卷、题库或成绩，不是文献；请移到别的文件夹（题库请用 studytool import）"
        )


def _pdf(data: bytes) -> bool:
    if b"studytool" not in data:
        return False  # its keywords are not compressed; this spares the opening of every other file
    import pypdfium2  # noqa: PLC0415 - only for a file of ours

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return False
    try:
        return bool(document.get_metadata_value("Keywords") == "studytool")
    finally:
        document.close()


def _word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("docProps/core.xml") as part:
            return _AUTHOR.search(part.read(HEAD)) is not None  # no more: it may be a bomb
    except (KeyError, *BROKEN_PACKAGE):
        return False


def _page(data: bytes) -> bool:
    return _MARK.search(data[:HEAD]) is not None


def _json(data: bytes) -> bool:
    text = data[:HEAD].decode("utf-8", errors="replace").lstrip("\ufeff")
    if _FORMAT.match(text):
        return True
    line = data[:LONGEST_ITEM].split(b"\n", 1)[0]
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.keys() >= _ITEM


def _table(data: bytes) -> bool:
    """Our table of questions, or a table of answers: 姓名, 卷别, 1, 2, 3."""
    try:
        first = decode(data[:HEAD].rpartition(b"\n")[0] or data).lstrip("\ufeff").split("\n", 1)[0]
        names = [name.strip() for name in next(csv.reader([first.replace("\0", "")]), [])]
    except (UnreadableSource, csv.Error):
        return False  # whoever reads it says what is wrong
    if names[:3] == ["编号", "题型", "类别"]:
        return True
    numbered = sum(name.isdecimal() for name in names)
    return numbered > 1 and not _NAMES.isdisjoint(names)


_TELLS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": _pdf,
    "docx": _word,
    "html": _page,
    "json": _json,
    "csv": _table,
}
