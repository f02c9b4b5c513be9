"""Lines with their looks -> the same, with what only the page says as furniture: a catalogue's card, a menu,
the values of fields, days that are not those of the text; and what only looks like furniture as prose.

`furniture` knows a line by itself; these are known by the lines around them. A page says when it was put up:
that is the day of a news item; of a paper whose own number names another year, or of a text somebody
handed in, it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, islice

from studytool.articles import dates, fields, furniture
from studytool.articles.lines import spaced
from studytool.articles.looks import Look, Seen

_ABOVE = 60  # lines, in which a page is described
_LONG = 60  # characters; a longer line is the text

# A name on a line of its own, whose value stands on the next. A writer signs with it, and behind an empty
# count the title may follow.
_NAME = re.compile(rf"(?:{fields.ORIGIN}|分类|栏目)[:：]")
_LONGEST_VALUE = 20
_ENTRY = re.compile(rf"(?:{fields.ORIGIN}|{fields.COUNTS}|{fields.OF_A_CATALOGUE}) ?[:：] ?.{{0,60}}")
_ENTRIES = 2  # so many are a catalogue's, one may be the text's: 四个意识：… is what a handout teaches

_MENU, _WORD = 8, 6  # so many lines of so few characters, one after the other, are a menu
_MARKED = re.compile(
    r"[，。、；：！？“”（）\d]|^[一二三四五六七八九十]、"
)  # text of a narrow column, a heading
_LENGTHS = 2  # lines of a column are of one length, and the last of each paragraph of another
_NARROWEST = 4  # characters; no column is so narrow

_HEAD = 20  # lines, in which a paper tells its number
# Its own, on a line of its own or before its name; a paper cites the numbers of others.
_NUMBER = re.compile(rf"{furniture.NUMBERED}(?:《.+)?")


def told_apart(seen: Sequence[Seen]) -> list[Seen]:
    """The lines with their looks, as what stands around them shows them."""
    read = _without_notes(_with_lists_of_works(_with_abstracts(seen)))
    return _without_strange_days(_without_catalogue(_without_menu(_without_values(read))))


def _as_furniture(one: Seen, why: str = "field of a page") -> Seen:
    return replace(one, look=Look.FURNITURE, why=why)


def _end_of_head(seen: Sequence[Seen]) -> int:
    """Where the text begins, if not far down."""
    return next((i for i, one in enumerate(seen[:_ABOVE]) if len(one.text) > _LONG), min(len(seen), _ABOVE))


# ---- abstracts and references -------------------------------------------------------------------------


def _is_journal(seen: Sequence[Seen]) -> bool:
    return any(one.why in (furniture.JOURNAL, furniture.CITED) for one in seen)


def _with_abstracts(seen: Sequence[Seen]) -> list[Seen]:
    """With abstracts and keywords as text, where no journal has printed them."""
    if _is_journal(seen):
        return list(seen)
    return [_as_prose(one) if one.why == furniture.ABSTRACT else one for one in seen]


def _with_lists_of_works(seen: list[Seen]) -> list[Seen]:
    """With works listed as text, where neither a heading says that they are references, nor their form and
    place: at the end of a piece."""
    found = list(seen)
    journal = _is_journal(seen)
    for at, one in enumerate(seen):
        if one.why == furniture.REFERENCES:
            break
        cited = one.why == furniture.CITED and (journal or _ends_piece(seen, at))
        if one.why in (furniture.CITED, furniture.LISTED) and not cited:
            found[at] = _as_prose(one)
    return found


# What a note below the text begins with.
_NOTE = re.compile(r"[\[［〔(（]\d{1,3}[\]］〕)）]|[①-⑳]|\d{1,3}[.．、]")
_OF_TEXT = (Look.PROSE, Look.BROKEN, Look.HEADING, Look.SHORT)


def _without_notes(seen: list[Seen]) -> list[Seen]:
    """Without what stands below a heading of notes: each begins with its number, and may go on."""
    found, within, open_note = list(seen), False, False
    for at, one in enumerate(seen):
        if one.why == furniture.REFERENCES:
            within, open_note = True, False
        elif within and one.look is not Look.FURNITURE:
            numbered = _NOTE.match(one.text) is not None
            within = one.look in _OF_TEXT and (numbered or open_note)
            open_note = one.look is Look.BROKEN or (numbered and one.look is not Look.PROSE)
            found[at] = _as_furniture(one, "note to the text") if within else one
    return found


def _ends_piece(seen: Sequence[Seen], at: int) -> bool:
    """Does no text follow below these references, but another piece, or nothing?"""
    following = (one.look for one in islice(seen, at + 1, None) if one.look is not Look.FURNITURE)
    return next(following, Look.MARKED) not in (Look.PROSE, Look.BROKEN)


def _as_prose(one: Seen) -> Seen:
    return replace(one, look=Look.PROSE, length=len(one.line.text), why=None)


# ---- fields -------------------------------------------------------------------------------------------


def _without_values(seen: Sequence[Seen]) -> list[Seen]:
    pairs = zip([None, *seen], seen, strict=False)
    return [
        _as_furniture(one) if before and _NAME.fullmatch(before.text) and _is_value(one) else one
        for before, one in pairs
    ]


def _is_value(one: Seen) -> bool:
    if one.line.level or len(one.text) > _LONGEST_VALUE or dates.genre_of(one.text):
        return False
    return one.look in (Look.SHORT, Look.NAMES)


def _without_catalogue(seen: list[Seen]) -> list[Seen]:
    """Without the fields of a library's card: 知识类型：析出资源, 分类号：K269.5."""
    above = seen[: _end_of_head(seen)]
    entries = [one.line.level == 0 and _ENTRY.fullmatch(spaced(one.line)) is not None for one in above]
    if sum(entries) < _ENTRIES:
        return seen
    pairs = zip(above, entries, strict=True)
    return [*(_as_furniture(one) if entry else one for one, entry in pairs), *seen[len(above) :]]


# ---- menus --------------------------------------------------------------------------------------------


def _without_menu(seen: list[Seen]) -> list[Seen]:
    """Without the words of a menu, each on a line of its own above the text."""
    kept: list[Seen] = []
    end = _end_of_head(seen)
    for is_word, run in groupby(seen[:end], _is_word):
        lines = list(run)
        menu = is_word and len(lines) >= _MENU and not _is_column({len(one.text) for one in lines})
        kept += [_as_furniture(one, "navigation") for one in lines] if menu else lines
    return [*kept, *seen[end:]]


def _is_word(one: Seen) -> bool:
    plain = one.look in (Look.SHORT, Look.NAMES, Look.FURNITURE)
    return plain and len(one.text) <= _WORD and not _MARKED.search(one.text)


def _is_column(lengths: set[int]) -> bool:
    return len(lengths) <= _LENGTHS and max(lengths) > _NARROWEST


# ---- days ---------------------------------------------------------------------------------------------


def _without_strange_days(seen: list[Seen]) -> list[Seen]:
    handed_in = any(one.why == furniture.REPRINT for one in seen)
    numbers = (_NUMBER.fullmatch(one.line.text) for one in seen[:_HEAD])
    years = {match["year"] for match in numbers if match}
    if not (handed_in or years):
        return seen
    return [
        _as_furniture(one, "day of the page")
        if one.look is Look.DATE and _is_strange(spaced(one.line), handed_in, years)
        else one
        for one in seen
    ]


def _is_strange(words: str, handed_in: bool, years: set[str]) -> bool:
    day = dates.find(words)
    if day is None or not dates.is_stamp(words):
        return False
    return handed_in or str(day.year) not in years
