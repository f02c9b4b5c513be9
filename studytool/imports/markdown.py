"""A Markdown page, ours or anybody's -> the plain lines of a question list, which are then read as such."""

from __future__ import annotations

import re
from dataclasses import replace

from studytool.imports import question_list
from studytool.imports.decoding import decoded
from studytool.imports.entry import Imported
from studytool.imports.origins import Origin, origin_of
from studytool.model import Item

_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?)")
_QUOTE = re.compile(r"^\s*>\s?(?!依据)")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_ORIGIN = re.compile(r"^\s*\*出处：(.*)\*\s+`([^`]*)`\s*$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(data: bytes, bank: str) -> Imported:
    rows = decoded(data, bank).replace("\r\n", "\n").split("\n")
    found = question_list.read("\n".join(map(_plain, rows)), bank)
    places = {line[2]: origin_of(_unescaped(line[1])) for line in map(_ORIGIN.match, rows) if line}
    items = (_placed(item, places.get(item.id)) for item in found.items)
    return found._replace(items=tuple(items))


def _placed(item: Item, place: Origin | None) -> Item:
    return replace(item, **place._asdict()) if place else item


def _plain(row: str) -> str:
    """A line without Markdown's marks; one line stays one line, so that problems name the right one."""
    row = _ORIGIN.sub(r"编号：\2", _QUOTE.sub("依据：", _MARKS.sub("", row)))
    return _unescaped(_BOLD.sub(r"\1", row))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
