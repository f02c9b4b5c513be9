"""`studytool import`: somebody's questions, or what was done in Anki -> the bank, after a preview."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys
from studytool.cli.review import Reviewers, Yes, named, some_of
from studytool.errors import StudyError, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.cli.known_questions import Known
    from studytool.imports import Imported
    from studytool.model import Item, Status
    from studytool.store.bank import Bank
    from studytool.store.banks import Sorted

SHOWN_ITEMS, SHOWN_PROBLEMS = 200, 50
WHOLE = (".jsonl", ".json")  # formats that hold an item as it is
TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls")  # formats that pass through a spreadsheet


def import_bank(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="题库文件，或 Anki 的 .apkg、.colpkg、.anki2。")
    ],
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Anki 里的复习记在谁名下；默认本人。")
    ] = None,
    reviewer: Reviewers = None,
    yes: Yes = False,
) -> None:
    """导入别的题库，或把在 Anki 里学的、改的收回来；先列出读懂了什么、哪里不对，确认后才存。

    题库可以是 Word、文本、Excel、CSV、Moodle XML、GIFT、QTI、Markdown 或 JSON Lines。
    PDF 里没有分行，请先另存为 Word 或文本。

    例：studytool import 旧题库.docx        studytool import 卡组.apkg --yes
    """
    from studytool.cli import anki_import
    from studytool.store import anki_collection

    place = Path(os.path.abspath(file))  # noqa: PTH100 - a link is known by its own name
    if place.suffix.lower() in anki_collection.SUFFIXES:
        with console.open_bank(context) as bank:
            anki_import.take_back(bank, place, learner, named(reviewer), sure=lambda: _sure(yes=yes))
        return
    if learner is not None:
        raise StudyError(f"--learner 只用于 Anki 的文件：导入 {place.name} 请去掉它")
    understood = _read(place)
    for note in understood.notes:
        console.tell(f"{place.name}：{note}。")
    if not understood.items:
        raise StudyError(_nothing_understood(place.name, understood))
    with console.open_bank(context, create=True) as bank:
        troubled = _store(bank, place, understood, named(reviewer), yes=yes)
    if troubled:
        raise typer.Exit(2)


def _read(place: Path) -> Imported:
    """What a question bank says, whatever its format."""
    from studytool import imports, sources
    from studytool.model import BlockKind, Source
    from studytool.sources.content import content_of

    try:
        content = content_of(str(place))
        if imports.has_structure(place.name):
            return imports.read(place.name, content.data)
        document = sources.read_list(Source(str(place), place.name, ""))
    except UnreadableSource as error:
        reason = str(error).removeprefix(f"{place}：")
        raise StudyError(f"{place}：{reason}") from None
    text, blocks = document.text, document.blocks
    spans = (block.span for block in blocks if block.kind is BlockKind.TABLE_ROW)
    headings = (block.span.start for block in blocks if block.kind is BlockKind.HEADING)
    rows = [text[span.start : span.end] for span in spans]
    return imports.read_text(place.name, text, rows, _lines_of(text, headings))


def _lines_of(text: str, places: Iterable[int]) -> set[int]:
    """The numbers of the lines in which some places of a text are, given in their order."""
    found, line, at = set[int](), 1, 0
    for place in places:
        line += text.count("\n", at, place)
        at = place
        found.add(line)
    return found


def _unheard(found: Sorted) -> None:
    """What the file says of questions that the bank has, and an import does not take from a file."""
    for ours, what, remedy in (
        (found.unlike, "题型或答案的个数与题库里的不同", "请在 studytool review 里改"),
        (found.decided, "状态或标签与题库里的不同", "审定、停用和改标签请用 studytool review"),
        (
            found.placed,
            "依据、出处或日期与题库里的不同",
            "依据取自原文，题名和日期请用 studytool articles edit",
        ),
    ):
        if ours:
            ids = some_of([old.id for old, _ in ours])
            console.tell(f"{len(ours)} 题的{what}，没有采用（{ids}）：{remedy}。")


def _nothing_understood(name: str, understood: Imported) -> str:
    """One line for a file of which no question can be used: what is wrong first, and how much more."""
    if not understood.problems:
        return f"{name} 里没有读到试题：请检查它是不是题库，或另存为 Excel、文本再导入"
    first, *others = understood.problems
    more = f"（另有 {len(others)} 处）" if others else ""
    return f"{name} 里没有一道题读得懂：{first}{more}；请改正后再导入"


def _store(bank: Bank, place: Path, understood: Imported, reviewer: str, *, yes: bool) -> bool:
    """Show what was understood, and store it if the person says so; whether anything is wrong with it."""
    from studytool.cli import known_questions
    from studytool.store import banks

    known = known_questions.under_our_ids(bank, place.name, understood)
    understood = understood._replace(problems=(*understood.problems, *known.problems))
    given = _as_they_went(bank, place, known.items)
    found = banks.sort(bank, tuple(given.values()), complete=understood.complete)
    _preview(place, understood, found)
    _told(place, known)
    if not (found.new or found.back or found.reworded):
        console.tell("没有要存的。")
    elif not _sure(yes=yes):
        console.tell("没有存入。")
    else:
        _put(bank, place, found, reviewer)
    return bool(understood.problems)


def _put(bank: Bank, place: Path, found: Sorted, reviewer: str) -> None:
    """Store what the person has seen, and say how much it was."""
    from studytool.store import banks, edits
    from studytool.store.edits import Action, Edit

    changes = ((old, edits.changes(old, new)) for old, new in found.reworded)
    new = banks.entries(found.new, console.now())
    with bank.writing():
        added = banks.put(bank, str(place), place.name, new, console.now())
        added += banks.put_back(bank, str(place), place.name, found.back, console.now())
        done = edits.apply(
            bank,
            (Edit(old.id, reviewer, Action.EDIT, changed, status=_reopened(old)) for old, changed in changes),
            console.now(),
        )
    console.tell(f"已存入 {added} 题，改了 {len(done.item_ids)} 题；新题是待审，用 studytool review 审定。")
    if done.forgotten:
        console.tell(f"其中改了答案的，已重置 {done.forgotten} 条学习记忆。")


def _as_they_went(bank: Bank, place: Path, given: dict[str, Item]) -> dict[str, Item]:
    """The items of a file, those of ours without what a format or a spreadsheet has changed by itself."""
    from studytool.cli.known_questions import kept_spaces
    from studytool.cli.returned import as_it_went
    from studytool.cli.untouched import untouched
    from studytool.store import banks

    if place.suffix.lower() in WHOLE:
        return given
    known = banks.known(bank, list(given))
    given = given | untouched(bank, place, known, given)
    if place.suffix.lower() not in TABLES:
        return kept_spaces(known, given)
    back = {item_id: as_it_went(known[item_id], item) for item_id, item in given.items() if item_id in known}
    changed = [item_id for item_id, item in back.items() if item != given[item_id]]
    if changed:
        console.tell(
            f"{len(changed)} 题里有的写法被表格软件改了（如 62.8% 成了 62.80%），意思没变，"
            f"仍用题库里的写法（{some_of(changed)}）。"
        )
    return given | back


def _told(place: Path, known: Known) -> None:
    """What is said of questions the bank has, with both places: what is corrected, what is not taken."""
    from studytool.imports.entry import shown_key

    for old, new, where in known.corrected:
        console.tell(
            f"{place.name} {where.place}“{where.found}”：答案改为{shown_key(new)}，题库里（{old.id}，来自"
            f" {old.source}）是{shown_key(old)}；存入后以这里为准，题回到待审，学习记忆重置。"
        )
    for ids, what in (
        (known.edited, "在题库里改过，这份名单里还是原来的：仍用题库里的，要改回请用 studytool review"),
        (
            known.unlike,
            "的选项与题库里的不同，那一题不是从这份名单来的：没有采用，请在 studytool review 里改",
        ),
        (known.harder, "的难度与题库里的不同：没有采用"),
    ):
        if ids:
            console.tell(f"{len(ids)} 题{what}（{some_of(ids)}）。")


def _reopened(item: Item) -> Status:
    """The status after a correction from outside: whoever vouched for the old words must see the new ones."""
    from studytool.model import Status

    return Status.DRAFT if item.status is Status.APPROVED else item.status


def _sure(*, yes: bool) -> bool:
    """May it be stored? Without anybody to ask, only if the call says so: then it was a look only."""
    if yes:
        return True
    if not keys.at_terminal():
        console.tell("以上只是预览；要存入，请加 --yes。")
        return False
    return typer.confirm("存入题库吗？", err=True)


def _preview(place: Path, understood: Imported, found: Sorted) -> None:
    """What was understood, and what looks wrong, each in a line."""
    from collections import Counter

    from studytool.model.names import KIND_NAMES
    from studytool.views import items as views
    from studytool.views import review

    kinds = Counter(item.kind for item in understood.items)
    counts = "，".join(f"{KIND_NAMES[kind]} {count}" for kind, count in sorted(kinds.items()))
    console.tell(f"{place.name}：读懂 {len(understood.items)} 题{f'（{counts}）' if counts else ''}。")
    if found.new:
        console.show(views.listing(found.new[:SHOWN_ITEMS]))
        if len(found.new) > SHOWN_ITEMS:
            console.tell(f"只列出前 {SHOWN_ITEMS} 题，另有 {len(found.new) - SHOWN_ITEMS} 题。")
    for old, new in found.reworded:
        console.show(review.edited(old, new))
    known, reworded = found.known - len(found.back), len(found.reworded)
    again = f"重新启用撤回过的 {len(found.back)}，" if found.back else ""
    console.tell(f"新题 {len(found.new)}，{again}题库里已有 {known}，要改动 {reworded}。")
    _unheard(found)
    for problem in understood.problems[:SHOWN_PROBLEMS]:
        console.complain(f"{place.name} {problem}")
    if len(understood.problems) > SHOWN_PROBLEMS:
        console.complain(
            f"{place.name} 另有 {len(understood.problems) - SHOWN_PROBLEMS} 处：请先改正以上各处"
        )
