"""The text of a sources.toml and a correction -> its text with the correction; all else stays as it is.

The surprising decision: nothing is rewritten but the lines that say the same thing. A correction is
added at the end as a table of its own, which TOML allows anywhere, so comments and order survive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from studytool import named
from studytool.errors import StudyError, UnreadableSource
from studytool.limits import LARGEST_NOTE
from studytool.model import ArticleNote, JointNote, SourceNote
from studytool.sources.content import STANDARD_INPUT, file_of
from studytool.sources.noted import FILE_NAME, completed, notes_in

_HEADER = re.compile(r"(?m)^[ \t]*\[")
_COMMENTS = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*\Z")
BY_HAND = "请在其中手工写入这处更正"


def with_article(text: str, name: str, note: ArticleNote, remark: str, path: str) -> str:
    """The text of `path` that says `note` of an article of the file `name`; `remark` is for its readers."""
    before = next((n for n in _note(text, name, path).articles if n.of == note.of), ArticleNote(note.of))
    merged = ArticleNote(note.of, *(getattr(note, f) or getattr(before, f) for f in _ARTICLE_FIELDS))
    header = f"[{_quoted(name)}.articles.{_quoted(note.of)}]"
    lines = [f"{key} = {value}" for key, value in _values(merged)]
    kept = re.search(rf"(?m)^{re.escape(header)}[ \t]*\n(#.*)$", text)
    words = kept.group(1) if kept else f"# {' '.join(remark.split())}"
    added = "\n".join([header, words, *lines]) + "\n"
    changed = _appended(_without_table(text, header), added)
    return _checked(changed, path, any(n == merged for n in _note_or_none(changed, name, path).articles))


def with_joint(text: str, name: str, joint: JointNote, path: str) -> str:
    """The text of `path` that says `joint` of the file `name`, instead of what it said of its left side."""
    header = f"[[{_quoted(name)}.joints]]"
    kept = _without_table(text, header, f"left = {_quoted(joint.left)}")
    side = f"right = {_quoted(joint.right)}" if joint.right else "open = true"
    changed = _appended(kept, f"{header}\nleft = {_quoted(joint.left)}\n{side}\n")
    return _checked(changed, path, joint in _note_or_none(changed, name, path).joints)


def place_of(path: str) -> str:
    """The sources.toml beside the document at `path`, or beside the archive it is in."""
    if path == STANDARD_INPUT:
        raise StudyError("标准输入读入的文字没有文件可写更正：请先存成文件再读入")
    return str(Path(file_of(path)).with_name(FILE_NAME))


def text_of(place: str) -> str:
    """What the sources.toml says now; nothing if there is none."""
    if not named.is_there(place):
        return ""
    try:
        return named.bytes_of(place, LARGEST_NOTE).decode("utf-8-sig")
    except UnreadableSource as problem:
        raise StudyError(f"{place}：{problem}") from None
    except UnicodeDecodeError:
        raise StudyError(f"{place}：不是 UTF-8 文字；{BY_HAND}") from None


def noted(note: SourceNote, text: str, name: str, place: str) -> SourceNote:
    """The note of the file `name` once its sources.toml says `text`."""
    said = _note(text, name, place)
    return completed(said, note)


_ARTICLE_FIELDS = ("title", "byline", "issuer", "published_on", "genre")


def _values(note: ArticleNote) -> Iterable[tuple[str, str]]:
    for key, value in (("title", note.title), ("byline", note.byline), ("issuer", note.issuer)):
        if value:
            yield key, _quoted(value)
    if note.published_on:
        yield "date", note.published_on.isoformat()
    if note.genre:
        yield "kind", _quoted(note.genre)


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's escapes are among its own, but for the one of the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _without_table(text: str, header: str, line: str | None = None) -> str:
    """The text without the tables under `header` (that have `line`); comments above the next table stay."""
    at = 0
    while (start := _line_at(text, header, at)) >= 0:
        following = _HEADER.search(text, start + len(header))
        end = following.start() if following else len(text)
        if following:
            end -= len(_COMMENTS.search(text[start:end]).group())  # type: ignore[union-attr]
        body = text[start:end].splitlines()[1:]
        if line is None or line in body:
            text = text[:start].rstrip("\n") + "\n\n" * bool(text[:start].strip()) + text[end:].lstrip("\n")
            at = start
        else:
            at = end
    return text


def _line_at(text: str, header: str, start: int) -> int:
    found = re.compile(rf"(?m)^{re.escape(header)}[ \t]*$").search(text, start)
    return found.start() if found else -1


def _appended(text: str, added: str) -> str:
    kept = text.rstrip("\n")
    return f"{kept}\n\n{added}" if kept else added


def _note(text: str, name: str, path: str) -> SourceNote:
    return notes_in(text, path).get(name, SourceNote())


def _note_or_none(text: str, name: str, path: str) -> SourceNote:
    """What the changed text says; nothing, if it has come to contradict itself."""
    try:
        return _note(text, name, path)
    except StudyError:
        return SourceNote()


def _checked(text: str, path: str, said: bool) -> str:
    """The text, if it says what it should: a table written in another way may stand against it."""
    if not said:
        raise StudyError(f"{path}：已有写法与这处更正冲突；{BY_HAND}")
    return text
