"""What is said of a file (sources.toml, front matter, meta tags) -> SourceNote."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime

from studytool.errors import StudyError
from studytool.model import SourceNote

FILE_NAME = "sources.toml"

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
# The last characters of the name of an organ or a paper. A person's name never ends so.
_ORGAN = re.compile(
    r"[\w《》（）()·、 ]{0,40}"
    r"(?:中央|委员会|[省市区县州]委|政府|国务院|人大|政协|[部局厅署院办室处社报网台会]|杂志|支部)"
)


def date_in(text: str) -> date | None:
    """The first full date in `text`."""
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def organ_in(text: str) -> str | None:
    """`text`, if it names an organ or a paper (and not a person or an address)."""
    return text if text and _ORGAN.fullmatch(text) else None


def completed(note: SourceNote, by: SourceNote) -> SourceNote:
    """`note` with its gaps filled: what a person said goes before what the file says."""
    return SourceNote(
        note.title or by.title,
        note.issuer or by.issuer,
        note.published_on or by.published_on,
        note.genre or by.genre,
    )


def notes_in(text: str, path: str) -> dict[str, SourceNote]:
    """The entries of a sources.toml: file name -> note."""
    try:
        entries = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise StudyError(f"{path}：不是正确的 TOML（{problem}）；请改正或删掉它") from None
    return {
        name: _note(entry, f"{path} 的 [{name}]")
        for name, entry in entries.items()
        if isinstance(entry, dict)
    }


def _note(entry: Mapping[str, object], where: str) -> SourceNote:
    texts = {key: _text(entry, key, where) for key in ("title", "issuer", "kind")}
    return SourceNote(texts["title"], texts["issuer"], _date(entry, where), texts["kind"])


def _text(entry: Mapping[str, object], key: str, where: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise StudyError(f'{where}：{key} 应是文字；请写成 {key} = "…"')
    return value or None


def _date(entry: Mapping[str, object], where: str) -> date | None:
    value = entry.get("date")
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    found = value if isinstance(value, date) else date_in(str(value))
    if found is None:
        raise StudyError(f"{where}：看不懂日期 {value}；请写成 date = 2024-09-01")
    return found
