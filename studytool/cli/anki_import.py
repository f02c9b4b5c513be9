"""What somebody did in Anki -> answers in the learner's log, and edits over the items.

A note carries the marks of what we exported. So a field is a person's edit only if it differs from what they
were given; where our own wording has changed since, ours stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import schedule
from studytool.cli import console, item_text
from studytool.errors import StudyError
from studytool.exports import anki_notes
from studytool.exports.deck import Deck
from studytool.imports import anki as notes
from studytool.imports.answers import Unclear
from studytool.model import Item, Mark, Rating, Review, Status
from studytool.store import anki_collection, banks, documents, edits, items, study
from studytool.store.anki_collection import Answered, Collection, Note
from studytool.store.edits import Action, Edit
from studytool.views import review

if TYPE_CHECKING:
    from studytool.store.bank import Bank

MODE = "anki"
# Our own answers come back from a deck exported with a schedule; Anki may have moved them by milliseconds.
SAME_ANSWER = timedelta(seconds=1)
BEFORE_ANKI, A_DAY = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=1)
SHOWN = 20


@dataclass(slots=True)
class Found:
    """What a collection says that the bank does not know yet."""

    matched: int = 0
    edits: list[tuple[Item, Item]] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    misdated: int = 0  # answers of a day on which nobody can have given them
    outdated: int = 0  # edited there, and changed by us since
    unclear: list[tuple[str, str]] = field(default_factory=list)  # (item id, why)


def take_back(bank: Bank, place: Path, learner: str | None, reviewer: str, sure: Callable[[], bool]) -> None:
    """Show what a collection holds that is new, and keep it if the person wants that."""
    who = learner or study.DEFAULT_LEARNER
    found = _compare(bank, anki_collection.read(place), who)
    _preview(place, found)
    if not (found.edits or found.answers):
        console.tell("没有要存的。")
        return
    if not sure():
        console.tell("没有存入。")
        return
    with bank.writing():
        done = edits.apply(bank, (_edit(old, new, reviewer) for old, new in found.edits), console.now())
        recorded = _record(bank, who, found.answers)
    console.tell(f"已存入 {recorded} 次复习（{who}），改了 {len(done.item_ids)} 题。")
    if done.forgotten:
        console.tell(f"其中改了答案的，已重置 {done.forgotten} 条学习记忆。")


def _preview(place: Path, found: Found) -> None:
    counts = f"新的复习 {len(found.answers)} 次，改动 {len(found.edits)} 题"
    console.tell(f"{place.name}：有本题库的 {found.matched} 题；{counts}。")
    for old, new in found.edits:
        console.show(review.edited(old, new))
    if found.misdated:
        console.tell(f"另有 {found.misdated} 次复习的日期不可能（早于 2000 年，或在明天以后）：没有取。")
    if found.outdated:
        console.tell(f"另有 {found.outdated} 题在 Anki 里改过，题库此后也改了：以题库为准，不取。")
    for item_id, reason in found.unclear[:SHOWN]:
        console.tell(f"{item_id} 在 Anki 里的改动没有取：{reason}")
    if len(found.unclear) > SHOWN:
        console.tell(f"没有取的改动还有 {len(found.unclear) - SHOWN} 题。")


def _compare(bank: Bank, collection: Collection, learner: str) -> Found:
    known = banks.known(bank, sorted({note.guid for note in collection.notes}))
    if not known:
        raise StudyError("这个 Anki 文件里没有本题库的题：请确认 --db 是导出卡组的题库")
    stamps = items.stamps(bank)
    deck = Deck("", (), sources=documents.titles(bank))
    found = Found()
    for note in collection.notes:
        item = known.get(note.guid)
        if item is None or len(note.fields) <= anki_notes.MARKS_FIELD:
            continue
        found.matched += 1
        if item.status is not Status.RETIRED:
            _compare_note(found, note, item, deck, int(stamps[item.id].timestamp()))
    ours = [one for one in collection.answers if one.guid in known]
    possible = [one for one in ours if BEFORE_ANKI <= one.at <= console.now() + A_DAY]
    found.misdated = len(ours) - len(possible)
    found.answers = _new_answers(bank, learner, possible)
    return found


def _compare_note(found: Found, note: Note, item: Item, deck: Deck, stamp: int) -> None:
    """What a person has changed in a note, into `found`."""
    current = anki_notes.fields(item, deck)
    now, theirs = anki_notes.marks(current), anki_notes.marks(note.fields)
    given = tuple(note.fields[anki_notes.MARKS_FIELD].split())
    if len(given) != len(now):
        given = now if note.changed_at > stamp else theirs  # a deck from before the marks
    elif given == now and note.changed_at > stamp and _evidence(note.fields) != _evidence(current):
        found.unclear.append((item.id, "依据取自原文，不能在 Anki 里改"))
    places = range(len(now))
    changed = [place for place in places if theirs[place] not in (given[place], now[place])]
    if not changed:
        return
    try:
        new = _reworded(note, item, [notes.FIELDS[place] for place in changed])
    except (Unclear, StudyError) as error:
        found.unclear.append((item.id, str(error)))
        return
    if new == item:
        return
    if any(given[place] != now[place] for place in changed):
        found.outdated += 1
    else:
        found.edits.append((item, new))


def _evidence(fields: Sequence[str]) -> list[str]:
    return notes.plain(fields[notes.EVIDENCE]).split()


def _reworded(note: Note, item: Item, names: list[str]) -> Item:
    """The item with the fields somebody edited. Raises Unclear or StudyError where it could not be asked."""
    texts = dict(zip(notes.FIELDS, note.fields[1:], strict=False))
    new = notes.edited(item, texts, names, anki_notes.own_remarks(item))
    item_text.check(new)
    return new


def _edit(old: Item, new: Item, reviewer: str) -> Edit:
    status = Status.DRAFT if old.status is Status.APPROVED else old.status
    return Edit(old.id, reviewer, Action.EDIT, edits.changes(old, new), "在 Anki 里改的", status)


def _new_answers(bank: Bank, learner: str, answers: Iterable[Answered]) -> list[Answered]:
    """The answers the learner's log does not have yet."""
    logged: dict[str, list[Review]] = {}
    for one in study.reviews(bank, learner):
        logged.setdefault(one.review.item_id, []).append(one.review)
    return [
        answer
        for answer in answers
        if not any(abs(old.reviewed_at - answer.at) < SAME_ANSWER for old in logged.get(answer.guid, ()))
    ]


def _record(bank: Bank, learner: str, answers: Iterable[Answered]) -> int:
    """Keep the answers, and what they leave in the learner's memory; how many."""
    from studytool.cli import settings

    wishes = settings.scheduling(bank, learner, settings.load())
    count = 0
    for answer in answers:
        before = study.memory_of(bank, learner, answer.guid)
        at = answer.at.astimezone()
        mark = Mark.WRONG if answer.rating is Rating.AGAIN else Mark.RIGHT
        given = Review(answer.guid, learner, at, (), mark, answer.rating, answer.seconds, MODE)
        late = before is not None and before.reviewed_at is not None and before.reviewed_at > at
        study.record(bank, given, None if late else schedule.review(before, answer.rating, at, wishes))
        count += 1
    return count
