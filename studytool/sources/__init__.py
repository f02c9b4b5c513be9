"""Bytes -> Document: files, folders, archives and standard input, in any format people are given.

Text and Markdown keep every character of the file in its place (the marks of notes in Markdown are
blanked), so offsets into `Document.text` are offsets into the decoded file. For all other formats the
text is built here, one paragraph a line, the same bytes for the same file. A table of texts (.csv,
.json) is one document with a heading for each record.
Libraries for a format are loaded when the first file of that format is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from studytool.errors import UnreadableSource
from studytool.model import Document, Source
from studytool.sources import own
from studytool.sources.assembly import Extract
from studytool.sources.confined import confined
from studytool.sources.content import content_of
from studytool.sources.discovery import Discovery, Skipped, again, discover, notes
from studytool.sources.formats import REFUSED, Content, check_size, format_of
from studytool.sources.noted import completed

__all__ = [
    "READERS",
    "Discovery",
    "Skipped",
    "again",
    "discover",
    "notes",
    "read",
    "read_list",
    "read_or_skip",
    "taken_in",
]


class Reader(Protocol):
    """Reads the content of one format; raises UnreadableSource with what is wrong and the remedy."""

    def __call__(self, content: Content) -> Extract: ...


# Format -> the module and function that read it. By name, because some load a large library.
READERS: Mapping[str, str] = {
    "text": "studytool.sources.plain:read",
    "markdown": "studytool.sources.plain:read_markdown",
    "docx": "studytool.sources.word:read",
    "pdf": "studytool.sources.pdf:read",
    "html": "studytool.sources.web:read",
    "csv": "studytool.sources.records:read_csv",
    "json": "studytool.sources.records:read_json",
    "image": "studytool.sources.scan:read",
}
CONFINED = ("pdf",)  # of these, a library reads what may never end
# A list of questions needs more of some formats: what its questions show that is no text.
LIST_READERS: Mapping[str, str] = {"docx": "studytool.sources.word:read_marked"}
LISTED_IN_PDF = (
    "是 PDF：PDF 里没有分行，题和选项会连在一起，题库不能从 PDF 导入；请用 Word 打开它，或另找原稿，"
    "存为 .docx 或 .txt 再导入"
)


def read(source: Source) -> Document:
    """The content of `source`, its note filled with what the file says of itself."""
    try:
        return _document(source, content_of(source.path))
    except UnreadableSource as problem:
        raise UnreadableSource(f"{source.path}：{problem}") from None


def read_list(source: Source) -> Document:
    """The content of a list of questions: what cannot be told of one in a format is refused, or marked."""
    content = content_of(source.path)
    if format_of(content) == "pdf":
        raise UnreadableSource(LISTED_IN_PDF)
    extract = _extract(content, {**READERS, **LIST_READERS})
    return Document(source, extract.text, extract.blocks)


def read_or_skip(source: Source) -> Document | Skipped:
    """Like `read`, but not of what we wrote ourselves; what cannot be read is a value too, so that a batch
    goes on."""
    try:
        return taken_in(source, content_of(source.path))
    except UnreadableSource as problem:
        return Skipped(source.path, str(problem))


def taken_in(source: Source, content: Content) -> Document:
    """The content of `source`, wherever its bytes were fetched; raises UnreadableSource, also for what
    studytool wrote itself."""
    own.refuse(content)
    return _document(source, content)


def _document(source: Source, content: Content) -> Document:
    extract = _extract(content, READERS)
    note = completed(source.note, extract.note)
    return Document(Source(source.path, source.name, source.digest, note), extract.text, extract.blocks)


def _extract(content: Content, readers: Mapping[str, str]) -> Extract:
    if not content.data:
        raise UnreadableSource("是空文件；请换一个有内容的文件")
    kind = format_of(content)
    if kind not in READERS:
        raise UnreadableSource(REFUSED.get(kind, "是压缩包；请直接给出它的路径，不要放在压缩包里"))
    check_size(len(content.data), kind)
    reader = _reader(readers[kind])
    extract = confined(reader, content) if kind in CONFINED else reader(content)
    if not extract.blocks or not extract.text.strip("\ufeff \t\r\n\u3000"):
        raise UnreadableSource("里面没有读到文字；请换一个有内容的文件")
    return extract


def _reader(place: str) -> Reader:
    module, _, function = place.partition(":")
    return cast(Reader, getattr(import_module(module), function))
