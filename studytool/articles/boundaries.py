"""Lines with their looks -> Elements: heads of articles, section headings, prose, author notes.

A head may have kicker, title, subtitle, byline and date; it may also be a byline or a label alone,
whose title stands elsewhere on the page. The surprising decision: an unmarked short line is a title
only on evidence (a byline, the contents page, its place); else it is a section heading, and beside a
hole left by a picture it is a caption.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, islice, takewhile

from studytool import datelines
from studytool.articles import bulletins, furniture, headings, names, news, others, signatures, so_far, titles
from studytool.articles.contents import Front, letters
from studytool.articles.elements import Element, Gap, Head, Heading, Hole, Note, Prose
from studytool.articles.heads import read_head
from studytool.articles.lines import HAN, spaced
from studytool.articles.looks import Look, Seen
from studytool.model import Passage

_OPENING_LABEL = re.compile(
    r"编者按|开栏的话|编者的话|编者语|前言|引言|序言|总纲|总则|总论|结语|结束语|后记|核心提示|内容摘要|摘要|内容|正文"
)
_BRACKETED = re.compile(r"（[^（）]{2,30}）")  # names and notes below a text, not above one
_LONGEST_HEAD = 12  # lines
# Characters; what is longer is the text, unless the head goes on to say when, where or by whom.
_LONGEST_SUBTITLE, _LONGEST_SUMMARY = 60, 120
_NO_HEAD = (Look.PROSE, Look.BROKEN, Look.NOTE, Look.SIGNATURE, Look.ANNEX, Look.HEADING)
_SIGNED = (Look.DATE, Look.BYLINE, Look.NAMES)


def elements(seen: Sequence[Seen], front: Front) -> list[Element]:
    """The document's elements in the order of the source."""
    reader = _Reader(seen, front)
    index = 0
    while index < len(seen):
        index = reader.step(index)
    return reader.found


class _Reader:
    """Walks over the lines once; knows what came before."""

    def __init__(self, seen: Sequence[Seen], front: Front) -> None:
        self.seen, self.piece_level = bulletins.pieces(seen)
        self.front = front
        self.found: list[Element] = []
        firsts = [s for s in seen if s.line.level == 1 and s.look is Look.MARKED]
        self.top_level = (
            1 if firsts else min((s.line.level for s in seen if s.look is Look.MARKED), default=0)
        )
        self.title_levels = self._title_levels()
        self.of_pieces = others.is_page(seen)
        self.many = sum(s.look in (Look.BYLINE, Look.NOTE, Look.EDITORIAL) for s in seen) >= 2

    def step(self, index: int) -> int:
        """Takes one element, or one group of lines without prose, and says where to go on."""
        one = self.seen[index]
        if index in self.front.dropped or one.look is Look.FURNITURE:
            self._drop(one)
            return index + 1
        if one.look in (Look.PROSE, Look.BROKEN):
            if news.comes_from_page(one.text) or self._is_sent_alone(index):
                self.found.append(Note(""))  # nothing here says whose it is
            self.found.append(Prose(one, one.look is Look.BROKEN, one.ends))
            return index + 1
        if one.look in (Look.NOTE, Look.ANNEX):
            self.found.append(Note(one.text if one.look is Look.NOTE else ""))
            return index + 1
        if one.look is Look.SIGNATURE:
            return self._read_signature(index)
        if one.look is Look.HEADING:
            return self._read_heading(index)
        end = self._group_end(index)
        self._read_group(index, end)
        return end

    def _is_sent_alone(self, index: int) -> bool:
        """Does a piece of a paper begin here without a headline of its own, below another's?"""
        signed = index > 0 and _BRACKETED.fullmatch(self.seen[index - 1].text) is not None
        return datelines.is_sent(self.seen[index].text) and so_far.has_told(self.found, signed=signed)

    def _read_heading(self, index: int) -> int:
        self._add_heading(self.seen[index], False)
        if not headings.on_two_lines(self.seen[index : index + 3]):
            return index + 1
        self._add_heading(self.seen[index + 1], True)
        return index + 2

    def _read_signature(self, index: int) -> int:
        lines = list(takewhile(lambda one: one.look is Look.SIGNATURE, self.seen[index:]))
        self.found.append(signatures.read(lines))
        return index + len(lines)

    def _drop(self, one: Seen) -> None:
        if one.ends and self.found and isinstance(self.found[-1], Prose):
            self.found[-1] = replace(self.found[-1], ends=True)
        self.found.append(Gap() if one.why == furniture.UNREAD else Hole())

    def _group_end(self, index: int) -> int:
        """Behind the lines that may belong to one head: up to prose, a numbered heading or a byline."""
        end = index
        while end < len(self.seen) and end not in self.front.dropped:
            one = self.seen[end]
            if one.look is Look.BROKEN and self._is_long_subtitle(index, end):
                end += 1
                continue
            if one.look in _NO_HEAD or one.why == furniture.UNREAD:
                break
            if end > index and self._begins_anew(index, end):
                break
            end += 1
        return max(end, index + 1)

    def _is_long_subtitle(self, start: int, index: int) -> bool:
        """A long line without any full stop between a marked title and more of its head."""
        text = self.seen[index].text
        if self.seen[start].look is not Look.MARKED or re.search(r"。|[，、]$", text):
            return False
        short = takewhile(lambda s: s.look in (Look.SHORT, *_SIGNED), self.seen[index + 1 :])
        after = [s.look for s in short]
        longest = _LONGEST_SUMMARY if any(look in _SIGNED for look in after) else _LONGEST_SUBTITLE
        return bool(after) and len(text) <= longest

    def _begins_anew(self, start: int, index: int) -> bool:
        """Does another head (or none at all) begin with this line of a group?"""
        near = self.seen[max(start, index - _LONGEST_HEAD) : index]
        one, previous = self.seen[index], self._above(near)
        before = [s.look for s in near if s.look is not Look.FURNITURE]
        if not before or before[-1] is Look.LABEL:
            return False
        if one.line.level == self.piece_level > 0 or self.seen[index - 1].why == furniture.TABLE_ROW:
            return True
        if one.look is Look.LABEL or (one.look is Look.EDITORIAL and self._titled(index)):
            return True
        if one.look not in (Look.SHORT, Look.MARKED):
            return False
        signed = any(look in (Look.BYLINE, Look.NAMES) for look in before)
        listed = self._listed(one) if not one.line.level else self._known(one) and not self._known(previous)
        lines = one.line.level == 1 == previous.line.level  # a title on several lines
        return signed or listed or (not lines and (one.line.level == 1 or one.line.gap >= 3))

    def _above(self, near: Sequence[Seen]) -> Seen:
        """The last of these lines; where that is a paper's number, the line above, its letterhead."""
        lettered = len(near) > 1 and near[-1].why == furniture.NUMBER_OF_PAPER
        return near[-2] if lettered else near[-1]

    def _titled(self, index: int) -> bool:
        """Does a title follow below this line? Else it is signed, as 新华社社论 below its title."""
        following = (s.look for s in self.seen[index + 1 :] if s.look not in (Look.DATE, Look.FURNITURE))
        return next(following, Look.PROSE) in (Look.SHORT, Look.MARKED, Look.NAMES, Look.BYLINE)

    def _title_levels(self) -> set[int]:
        """The heading levels most of whose headings the contents page lists: there all are titles."""
        by_level: dict[int, list[bool]] = {}
        for index, one in enumerate(self.seen):
            if one.look is Look.MARKED and index not in self.front.dropped:
                by_level.setdefault(one.line.level, []).append(self._listed(one))
        return {level for level, known in by_level.items() if sum(known) >= max(3, 0.6 * len(known))}

    def _listed(self, one: Seen) -> bool:
        key = letters(one.text)
        return len(key) >= 4 and key in self.front.titles

    def _known(self, one: Seen) -> bool:
        """Does the contents page list this line, or most of its level?"""
        return self._listed(one) or (one.look is Look.MARKED and one.line.level in self.title_levels)

    def _read_group(self, start: int, end: int) -> None:
        group = [s for s in self.seen[start:end] if s.look is not Look.FURNITURE]
        if len(group) < end - start:
            self.found.append(Hole())
        if self._is_signature(group) or self._goes_on_headline(end, group):
            self.found.append(Hole())
            return
        worded = (Look.MARKED, Look.SHORT, Look.BROKEN)
        wording = [s for s in group if s.look in worded or (s.look is Look.NAMES and s is group[0])]
        wording = [s for s in wording if not _OPENING_LABEL.fullmatch(letters(s.text))]
        wording = list(dropwhile(lambda s: _BRACKETED.fullmatch(s.text) is not None, wording))
        wording = wording[self._opened_at(end, wording) or 0 :]
        if (wording and self._in_an_archive(start)) or self._is_head(end, group, wording):
            self.found.append(read_head(group, wording, self._known))
            labels = [s for s in group if _OPENING_LABEL.fullmatch(letters(s.text))]
            self.found.extend(headings.heading(s.line) for s in labels)
        else:
            if self.of_pieces and wording and others.begin(self.found, wording, self.seen[end:]):
                self.found.append(Note(""))  # another piece, or a section of this one: nobody's
            self._plain(end, group, len(group) < end - start)

    def _is_signature(self, group: list[Seen]) -> bool:
        """Who signs the order that stands above a rule, and when."""
        return (
            [s.look for s in group[1:]] == [Look.DATE]
            and so_far.has_prose(self.found)
            and names.official(spaced(group[0].line))
        )

    def _goes_on_headline(self, end: int, group: list[Seen]) -> bool:
        """Who was there, on the last lines of a headline, which a summary of the news stands between."""
        match list(islice((one for one in reversed(self.found) if not isinstance(one, Hole)), 2)):
            case [Prose() as summary, Head()] if not (self.piece_level or datelines.is_sent(summary.text)):
                sent = self._text_follows(end) and datelines.is_sent(self.seen[end].text)
                return sent and all(news.tells_who_came(one.text) for one in group)
        return False

    def _is_head(self, end: int, group: list[Seen], wording: list[Seen]) -> bool:
        looks = {s.look for s in group}
        if Look.BYLINE in looks or Look.EDITORIAL in looks:
            return True
        if not wording:
            return Look.DATE in looks and all(isinstance(e, Hole) for e in self.found)
        opens = self._opens_news(end, wording[-1]) or self._opened_at(end, wording) is not None
        if opens or any(self._known(s) for s in wording):
            return True
        if looks & {Look.NAMES, Look.DATE, Look.ADDRESS} and group[0].look not in (Look.NAMES, Look.DATE):
            return True
        if any(s.line.level == self.top_level == 1 for s in wording) or not so_far.has_prose(self.found):
            return True
        return self._by_place(end, wording)

    def _opens_news(self, end: int, last: Seen) -> bool:
        """Does the text say below this line who sent it, and whence (本报讯, 新华社北京6月3日电), or the line
        itself what it is (短评：……); or is it one of the titles of a bulletin?"""
        if not self._text_follows(end):
            return False
        below = self.seen[end].text
        dated = datelines.opens_with_day(below) and so_far.is_whole(self.found)
        chaired = dated and news.names_chair(last.text)
        if chaired or news.is_labelled(last.text) or datelines.is_sent(below):
            return True
        return last.line.level == self.piece_level > 0

    def _opened_at(self, end: int, wording: list[Seen]) -> int | None:
        """Where among these stands the title of a paper or of rules that begin here? Several may follow."""
        if not self._text_follows(end):
            return None
        below = self.seen[end].text
        return next((at for at, one in enumerate(wording) if titles.opens(one.text, below)), None)

    def _in_an_archive(self, start: int) -> bool:
        """An archive of a newspaper says above each article on which page it stood."""
        return start > 0 and self.seen[start - 1].why == furniture.NEWSPAPER

    def _by_place(self, end: int, wording: list[Seen]) -> bool:
        """Evidence from where the lines stand: behind an ended article, before a new text."""
        hans = len(re.findall(f"[{HAN}]", wording[0].text))
        if not self._text_follows(end):
            return False
        is_news = so_far.is_whole(self.found) and news.is_headline([s.text for s in wording])
        if so_far.is_annex(self.found) or is_news:
            return True
        if hans < 6:
            return False
        first = wording[0].line
        near = first.level > 0 or first.gap < 3 or hans >= 12
        if (near and so_far.has_ended(self.found)) or any(s.text.startswith("——") for s in wording[1:]):
            return True
        alone = len(wording) == 1 and hans >= 10 and first.level == 0
        return self.many and alone and so_far.is_closing(self.found)

    def _text_follows(self, end: int) -> bool:
        return end < len(self.seen) and self.seen[end].look in (Look.PROSE, Look.BROKEN, Look.HEADING)

    def _plain(self, end: int, group: list[Seen], credited: bool) -> None:
        """No head: section headings, captions beside the hole a picture left, or loose words."""
        following = self.seen[end] if end < len(self.seen) else None
        for number, one in enumerate(group):
            hole = one.line.gap >= 3 or following is None or following.line.gap >= 3
            if one.look is Look.SHORT and (hole or credited) and not one.line.bold:
                self.found.append(Hole())
            elif one.line.level or number + 1 == len(group) or headings.is_double(group[number:]):
                self._add_heading(one, number > 0 and headings.is_double(group[number - 1 :]))
            else:
                self.found.append(Prose(one))

    def _add_heading(self, one: Seen, second: bool) -> None:
        heading = headings.heading(one.line)
        previous = self.found[-1] if self.found else None
        if second and isinstance(previous, Heading):
            self.found.pop()
            both = Passage.joined([previous.passage, heading.passage])
            heading = Heading(both, f"{previous.text} {heading.text}", previous.level)
        self.found.append(heading)
