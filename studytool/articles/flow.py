"""Elements and Links -> Drafts: each article's elements in reading order.

The page is cut into runs wherever reading jumps: before a head, behind an article's end, at the far
halves of a broken sentence. A far half is inserted behind the break with all that follows it, and
reading then returns to where it was. The surprising decision: a head right before a continuation is
the head of the article that was broken off, wherever that article's beginning stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from studytool.articles.contents import letters
from studytool.articles.elements import Element, End, Head, Heading, Hole, Note, Prose
from studytool.articles.joints import Link


@dataclass(slots=True)
class Run:
    """Elements read without a jump, by index; `head` opens it; `loose`: nothing says whose it is."""

    indices: list[int]
    head: Head | None = None
    loose: bool = False


@dataclass(slots=True)
class Draft:
    """An article to be: its head and its runs."""

    head: Head
    runs: list[int] = field(default_factory=list)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """The elements, the drafts with their elements in reading order, and the links that hold."""

    elements: tuple[Element, ...]
    drafts: tuple[tuple[Head, tuple[int, ...], str | None], ...]
    links: dict[int, Link]


def flow(elements: Sequence[Element], links: Sequence[Link]) -> Flow:
    """Puts every element into its article and in order."""
    return _Flow(elements, links).read()


class _Flow:
    def __init__(self, elements: Sequence[Element], links: Sequence[Link]) -> None:
        self.elements = list(elements)
        self.links = {one.left: one for one in links}
        self.far = {
            one.left: one.right
            for one in links
            if one.right is not None and self._is_far(one.left, one.right)
        }
        self.runs = self._cut()
        self.run_of = {i: n for n, run in enumerate(self.runs) for i in run.indices}
        self.drafts: list[Draft] = []
        self.owner: dict[int, Draft] = {}
        self.inserted: dict[int, int] = {}

    def read(self) -> Flow:
        self._own()
        for left, right in sorted(self.far.items()):
            self._resolve(left, right)
        result = []
        for draft in self.drafts:
            order = self._order(draft)
            notes = [e.text for i in order if isinstance(e := self.elements[i], Note) and e.text]
            result.append((draft.head, tuple(order), notes[0] if notes else None))
        return Flow(tuple(self.elements), tuple(result), self.links)

    def _is_far(self, left: int, right: int) -> bool:
        if right < left:
            return True
        between = self.elements[left + 1 : right]
        return any(isinstance(e, End | Prose) for e in between)

    # ---- runs ----------------------------------------------------------------------------------------

    def _cut(self) -> list[Run]:
        rights = set(self.far.values())
        runs: list[Run] = []
        fresh, loose = True, False
        title = None
        for index, element in enumerate(self.elements):
            if isinstance(element, Head):
                if title and element.title and letters(title) == letters(element.title):
                    runs[-1].head = _merged(runs[-1].head, element)
                    continue
                runs.append(Run([], element))
                fresh, loose, title = False, False, element.title
                continue
            if isinstance(element, Hole):
                continue
            if isinstance(element, Note) and runs:
                runs[-1].indices.append(index)
                fresh, loose = True, True
                continue
            if fresh or (index in rights and runs[-1].indices):
                runs.append(Run([], None, loose or not runs))
                title = None if loose else title
                fresh, loose = False, False
            runs[-1].indices.append(index)
            if isinstance(element, Prose) and (element.ends or index in self.far):
                fresh, loose = True, element.ends
        return runs

    def _own(self) -> None:
        for number, run in enumerate(self.runs):
            if run.head or run.loose or not self.drafts:
                self.drafts.append(Draft(run.head or Head(sure=False)))
            self.drafts[-1].runs.append(number)
            self.owner[number] = self.drafts[-1]

    # ---- far joints ----------------------------------------------------------------------------------

    def _resolve(self, left: int, right: int) -> None:
        a, b = self.run_of[left], self.run_of[right]
        head = self.runs[b].head
        if a == b:
            return
        if head is None:
            self._insert(a, b)
        elif head.title is None:
            self._merge_into(a, b)
        elif self._untitled(a):
            self._claim(a, b)
        elif cut := self._second_beginning(a, left):
            self._claim(self._split(a, cut), b)
        elif not head.sure:
            self._demote(b, right)
            self._merge_into(a, b)
        elif self.links[left].confidence >= 1.0:  # a person has said so
            self._behead(b, right)
            self._insert(a, b)
        else:  # two articles that both have a beginning and a head: the joint must be wrong
            self.links[left] = Link(left, None, 0.0)
            self.far.pop(left)

    def _demote(self, run: int, right: int) -> None:
        """The head was a section's after all: it follows the paragraph it had cut in two."""
        head = self.runs[run].head
        assert head is not None
        self.elements.append(Heading(head.passage, head.title or "", 3))
        indices = self.runs[run].indices
        indices.insert(indices.index(right) + 1, len(self.elements) - 1)
        self.runs[run].head = None

    def _behead(self, run: int, right: int) -> None:
        """The head is that of the paragraphs behind the continuation that stands first under it."""
        indices, head = self.runs[run].indices, self.runs[run].head
        where = indices.index(right) + 1
        self.runs[run].indices, self.runs[run].head = indices[:where], None
        self.runs.append(Run(indices[where:], head))
        number = len(self.runs) - 1
        self.run_of.update(dict.fromkeys(indices[where:], number))
        draft = self.owner[number] = self.owner[run]
        draft.runs.insert(draft.runs.index(run) + 1, number)
        if run in self.inserted:
            self.inserted[number] = self.inserted.pop(run)

    def _untitled(self, run: int) -> bool:
        return self.owner[run].head.title is None

    def _insert(self, a: int, b: int) -> None:
        """A headless continuation goes behind the break."""
        self._move(b, self.owner[a])
        self.inserted[a] = b

    def _merge_into(self, a: int, b: int) -> None:
        """All of the second draft belongs to the first: its head was a label only."""
        first, second = self.owner[a], self.owner[b]
        if first is not second:
            first.head = _merged(first.head, second.head, keep_title=True)
            for run in list(second.runs):
                self._move(run, first)
        self.inserted[a] = b

    def _claim(self, a: int, b: int) -> None:
        """The article that begins in `a` has its title at `b`."""
        first, second = self.owner[a], self.owner[b]
        if first is not second:
            second.head = _merged(second.head, first.head, keep_title=True)
            runs = list(first.runs)
            for run in runs:
                self._move(run, second)
            second.runs = runs + [r for r in second.runs if r not in runs]
        self.inserted[a] = b

    def _move(self, run: int, draft: Draft) -> None:
        self.owner[run].runs.remove(run)
        draft.runs.append(run)
        draft.runs.sort()
        self.owner[run] = draft

    def _second_beginning(self, run: int, left: int) -> int | None:
        """Where the numbering of sections starts again within a run: another article begins one
        paragraph before it."""
        seen_second = False
        previous: int | None = None
        for index in self.runs[run].indices:
            element = self.elements[index]
            if isinstance(element, Heading) and element.level == 2:
                if (
                    seen_second
                    and re.match("一[、.．]", element.text)
                    and previous is not None
                    and index < left
                ):
                    return previous
                seen_second = seen_second or bool(re.match("[二三四五六七八九]", element.text))
            previous = index if isinstance(element, Prose) else None
        return None

    def _split(self, run: int, at: int) -> int:
        """Cuts the run before element `at`; the rest is a draft of its own."""
        indices = self.runs[run].indices
        where = indices.index(at)
        rest = Run(indices[where:], None, True)
        self.runs[run].indices = indices[:where]
        self.runs.append(rest)
        number = len(self.runs) - 1
        self.run_of.update(dict.fromkeys(rest.indices, number))
        draft = Draft(Head(sure=False), [number])
        self.drafts.append(draft)
        self.owner[number] = draft
        if run in self.inserted:
            self.inserted[number] = self.inserted.pop(run)
        return number

    # ---- order ---------------------------------------------------------------------------------------

    def _order(self, draft: Draft) -> list[int]:
        behind = {b for a, b in self.inserted.items() if self.owner[a] is draft and self.owner[b] is draft}
        order: list[int] = []
        done: set[int] = set()

        def emit(run: int) -> None:
            while run not in done:
                done.add(run)
                order.extend(self.runs[run].indices)
                run = self.inserted.get(run, run)

        for run in [r for r in draft.runs if r not in behind] + draft.runs:
            lead = self._is_lost_lead(run, order, done)
            if lead:
                order[:0] = self.runs[run].indices
                done.add(run)
            else:
                emit(run)
        return order

    def _is_lost_lead(self, run: int, order: list[int], done: set[int]) -> bool:
        """A whole paragraph in the middle of a broken sentence, in an article that begins with a section
        heading: its opening, printed apart."""
        if run in done or run in self.inserted or not order or self.runs[run].head:
            return False
        inside = [self.elements[i] for i in self.runs[run].indices]
        first = self.elements[order[0]]
        return (
            isinstance(first, Heading)
            and len(inside) <= 2
            and all(isinstance(e, Prose) and not e.broken for e in inside)
        )


def _merged(head: Head | None, other: Head, keep_title: bool = False) -> Head:
    """One head of two parts of a head: what the first has stays."""
    if head is None:
        return other
    filled = {name: getattr(other, name) for name in Head.__slots__ if getattr(head, name) is None}
    if keep_title:
        filled.pop("kicker", None)
    return replace(head, **filled)
