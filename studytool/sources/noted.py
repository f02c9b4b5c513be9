"""What is said of a file (sources.toml, front matter, meta tags) -> SourceNote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from studytool import toml
from studytool.errors import StudyError
from studytool.limits import FIRST_YEAR, LAST_YEAR
from studytool.model import ArticleNote, JointNote, SourceNote

FILE_NAME = "sources.toml"

# What an entry for a file, and one for an article, may say.
SAYS = ("title", "issuer", "date", "kind", "articles", "joints")
ARTICLE_SAYS = ("title", "byline", "issuer", "date", "kind")

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
# The last characters of the name of an organ or a paper. A person's name never ends so.
_ORGAN = re.compile(
    r"[\w《》（）()·、 ]{0,40}"
    r"(?:中央|委员会|[省市区县州]委|政府|国务院|人大|政协|[部局厅署院办室处社报网台会]|杂志|支部)"
)


def date_in(text: str) -> date | None:
    """The first full date in `text`, if it can be the day of a document: some pages say 0001-01-01."""
    found = _DATE.search(text)
    if not found:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if can_be(day) else None


def can_be(day: date) -> bool:
    """Can this be the day of a document? Any other is a slip."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def organ_in(text: str) -> str | None:
    """`text`, if it names an organ or a paper (and not a person or an address)."""
    return text if text and _ORGAN.fullmatch(text) else None


def completed(note: SourceNote, by: SourceNote) -> SourceNote:
    """`note` with its gaps filled: what a person said goes before what the file says."""
    gaps = {name: getattr(by, name) for name in SourceNote.__slots__ if not getattr(note, name)}
    return replace(note, **gaps)


def notes_in(text: str, path: str) -> dict[str, SourceNote]:
    """The entries of a sources.toml: file name -> note."""
    return {name: _note(entry, f"{path} 的 [{name}]") for name, entry in _tables(text, path)}


def unknown_in(text: str, path: str) -> Iterator[str]:
    """What a sources.toml says in words nobody reads: a key misspelt, a line outside any entry."""
    entries = dict(_tables(text, path))
    yield from (f"{key} 不属于任何文件" for key in _parsed(text, path) if key not in entries)
    for name, entry in entries.items():
        yield from _unknown(entry, SAYS, f"[{name}]")
        of_articles = entry.get("articles")
        for title, article in of_articles.items() if isinstance(of_articles, dict) else ():
            yield from _unknown(article, ARTICLE_SAYS, f"[{name}] 文章“{title}”")


def _unknown(entry: Mapping[str, object], known: Sequence[str], where: str) -> Iterator[str]:
    return (f"{where}的 {key} 不认识，只认 {'、'.join(known)}" for key in entry if key not in known)


def _tables(text: str, path: str) -> Iterator[tuple[str, dict[str, object]]]:
    return ((name, entry) for name, entry in _parsed(text, path).items() if isinstance(entry, dict))


def _parsed(text: str, path: str) -> dict[str, object]:
    try:
        return toml.parsed(text)
    except ValueError as problem:
        raise StudyError(f"{path}：不是正确的 TOML（{problem}）；请改正或删掉它") from None


def _note(entry: Mapping[str, object], where: str) -> SourceNote:
    texts = {key: _text(entry, key, where) for key in ("title", "issuer", "kind")}
    return SourceNote(
        texts["title"],
        texts["issuer"],
        _date(entry, where),
        texts["kind"],
        tuple(_articles(entry.get("articles", {}), where)),
        tuple(_joints(entry.get("joints", []), where)),
    )


def _articles(entries: object, where: str) -> Iterator[ArticleNote]:
    """`["file.txt".articles."title or id"]` with what it should be."""
    if not isinstance(entries, dict):
        raise StudyError(f'{where}：articles 应是表；请写成 ["文件名".articles."原标题"]')
    for of, entry in entries.items():
        if not isinstance(entry, dict):
            raise StudyError(f'{where}：articles 的“{of}”应是表；请写成 ["文件名".articles."{of}"]')
        inside = f"{where} 的文章“{of}”"
        title, byline, issuer, genre = (
            _text(entry, key, inside) for key in ("title", "byline", "issuer", "kind")
        )
        yield ArticleNote(of, title, byline, issuer, _date(entry, inside), genre)


def _joints(entries: object, where: str) -> Iterator[JointNote]:
    """`joints = [{left = "…", right = "…"}, {left = "…", open = true}]`."""
    remedy = f'{where}：看不懂 joints；请写成 joints = [{{left = "前半句末尾", right = "后半句开头"}}]'
    if not isinstance(entries, list):
        raise StudyError(remedy)
    for entry in entries:
        left = _text(entry, "left", where) if isinstance(entry, dict) else None
        right = _text(entry, "right", where) if left else None
        if not left or bool(right) == bool(entry.get("open")):
            raise StudyError(remedy)
        yield JointNote(left, right)


def _text(entry: Mapping[str, object], key: str, where: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise StudyError(f'{where}：{key} 应是文字；请写成 {key} = "…"')
    return value or None


def _date(entry: Mapping[str, object], where: str) -> date | None:
    value = entry.get("date")
    if value is None or value == "":
        return None
    said = value.date() if isinstance(value, datetime) else value
    found = said if isinstance(said, date) else date_in(str(said))
    if found is None or not can_be(found):
        years = f"年份 {FIRST_YEAR} 到 {LAST_YEAR}"
        raise StudyError(f"{where}：日期 {value} 不对；请写成 date = 2024-09-01，{years}")
    return found
