"""Other people's question banks -> items as they were understood, and problems; nothing is stored here.

Formats with a structure of their own are read from bytes by `read`; question lists, from whatever file their
text was taken, by `read_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, cast

from studytool.errors import StudyError
from studytool.imports.entry import Imported, Problem

__all__ = ["IMPORTERS", "Imported", "Importer", "Problem", "has_structure", "read", "read_text"]


class Importer(NamedTuple):
    """A format: its name for people, the module whose `read(data, bank)` understands it."""

    title: str
    module: str


# By the end of the file's name; every other file is a question list whose text `sources` reads.
IMPORTERS: Mapping[str, Importer] = {
    ".jsonl": Importer("JSON Lines", "studytool.imports.jsonl"),
    ".csv": Importer("CSV 题库表", "studytool.imports.tables"),
    ".xlsx": Importer("Excel 题库表", "studytool.imports.tables"),
    ".gift": Importer("Moodle GIFT 题库", "studytool.imports.gift"),
    ".xml": Importer("Moodle XML 题库", "studytool.imports.moodle"),
    ".zip": Importer("QTI 题库（2.1、2.2、3.0）", "studytool.imports.qti"),
    ".md": Importer("Markdown 题库", "studytool.imports.markdown"),
}


# Other ends of names for the same, as people and programs give them; what it is shows when it is read.
_ALSO = {".tsv": ".csv", ".xls": ".xlsx", ".xlsm": ".xlsx", ".et": ".xlsx", ".json": ".jsonl"}


def has_structure(name: str) -> bool:
    """Whether `read` understands the file; if not, its text is for `read_text`."""
    return _suffix(name) in IMPORTERS


def _suffix(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return _ALSO.get(suffix, suffix)


def read(name: str, data: bytes) -> Imported:
    """The items of a bank in one of the formats of IMPORTERS; `name` is the file's base name."""
    suffix = _suffix(name)
    if suffix not in IMPORTERS:
        raise StudyError(f"不认识“{name}”的格式，可用的有：{'、'.join(IMPORTERS)}，或 Word、文本题库。")
    reader = cast("Callable[[bytes, str], Imported]", import_module(IMPORTERS[suffix].module).read)
    return reader(data, name)


def read_text(
    name: str, text: str, table_rows: Sequence[str] = (), headings: Collection[int] = ()
) -> Imported:
    """The items of a question list, or of a table or GIFT file that does not say so, given its text.

    `table_rows` are those of its lines that the document has in tables, `headings` the numbers of those that
    it has as headings."""
    from studytool.imports import gift, question_list, tables, with_tables  # noqa: PLC0415 - for imports alone

    if tops := with_tables.tops_among(table_rows):
        return with_tables.read(text, name, tops, headings)
    if tables.is_table(text):
        return tables.read_text(text, name)
    return gift.read_text(text, name) if gift.is_gift(text) else question_list.read(text, name, headings)
