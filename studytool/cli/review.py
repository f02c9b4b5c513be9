"""`studytool review`: drafts, best first -> approved, edited or retired, with who decided and when."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys, leaving
from studytool.cli.counts import SHOWN
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.errors import StudyError
from studytool.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.model import ItemFilter
    from studytool.store.bank import Bank

Reviewers = Annotated[
    str | None, typer.Option("--reviewer", metavar="NAME", help="审题人；默认是系统用户名。")
]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问，直接做。")]


def _status(text: str) -> Status:
    """The status somebody names, in English or Chinese."""
    from studytool.model.names import STATUSES

    known = {**{one.value: one for one in Status}, **{name: one for one, name in STATUSES.items()}}
    if text not in known:
        raise StudyError(f"--status {text[:SHOWN]}：没有这种状态；可以是 {'、'.join(STATUSES.values())}")
    return known[text]


def review(
    context: typer.Context,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    flagged: Annotated[
        bool, typer.Option("--flagged", help="只看学员有疑问、或自己算对的题，包括已审的。")
    ] = False,
    status: Annotated[
        Status | None,
        typer.Option("--status", metavar="STATUS", parser=_status, help="看 已审 或人工 停用 的题，可再改。"),
    ] = None,
    approve_all: Annotated[
        bool, typer.Option("--approve-all", help="审定符合筛选条件的全部待审题；学员有疑问的留下。")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="撤销自己的上一步（可以是一次成批审定），不看筛选条件。")
    ] = False,
    reviewer: Reviewers = None,
    yes: Yes = False,
) -> None:
    """逐题审定：先看来源有变动的，再从最好的看起；审定、修改、停用，随时可停。

    例：studytool review --source 公报        studytool review --status 已审 --find 京津冀
    """
    from studytool.cli.reviewing import Reviewing
    from studytool.store import dossiers

    chosen = item_filter(kind, source, article, tag, find)
    if undo:
        filtered = chosen != item_filter(None, None, None, None, None) or flagged or status is not None
        _refuse_beside_undo(approve_all=approve_all, filtered=filtered)
    if approve_all:
        _refuse_to_approve(status, flagged=flagged)
    who = named(reviewer)
    if not (approve_all or undo or keys.at_terminal()):
        raise StudyError("review 要在终端里逐题看：请在终端运行，或用 --approve-all 成批审定")
    with console.open_bank(context) as bank:
        if undo:
            _undo(bank, who)
        elif approve_all:
            _approve_all(bank, chosen, who, yes=yes)
        else:
            leaving.leave_as_by_ctrl_c()
            queue = dossiers.queue(bank, chosen, flagged=flagged, status=status)
            done = Reviewing(bank, who, queue).run()
            console.tell(done.summary())


def _refuse_beside_undo(*, approve_all: bool, filtered: bool) -> None:
    """What is undone is the last step, whatever it was: nothing can be done or chosen beside it."""
    if approve_all:
        raise StudyError("--approve-all 与 --undo 相反：请去掉其中一个")
    if filtered:
        raise StudyError("--undo 撤销整个上一步，不看筛选条件：请去掉筛选条件")


def _refuse_to_approve(status: Status | None, *, flagged: bool) -> None:
    """Who approves in bulk answers for each of these items: only drafts nobody doubts are taken."""
    if flagged:
        raise StudyError("--approve-all 不审学员有疑问的题：请去掉 --approve-all，用 --flagged 逐题看")
    if status is Status.RETIRED:
        raise StudyError("--approve-all 不审停用的题：请去掉 --approve-all，用 --status 停用 逐题看")
    if status is Status.APPROVED:
        raise StudyError("--status 已审 的题已经审定：请去掉 --approve-all，逐题再看")


def named(reviewer: str | None) -> str:
    """Who decides: as the call says, or the name the system knows the person by."""
    if reviewer is not None:
        if not reviewer.strip():
            raise StudyError("--reviewer 是空的：请写上审题人的名字")
        return reviewer.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise StudyError("不知道审题人是谁：请用 --reviewer 写上名字") from error


def confirmed(question: str) -> bool:
    """Does the person at the terminal say yes? Without one, the call has to say it."""
    if not keys.at_terminal():
        raise StudyError(f"{question}确认请加 --yes")
    return typer.confirm(question, err=True)


def _approve_all(bank: Bank, chosen: ItemFilter, who: str, *, yes: bool) -> None:
    from dataclasses import replace

    from studytool.store import dossiers, edits, items

    drafts = items.select(bank, replace(chosen, statuses=(Status.DRAFT,)))
    unclear = dossiers.unclear(bank)
    ids = [item.id for item in drafts if item.id not in unclear]
    left = len(drafts) - len(ids)
    if left:
        console.tell(
            f"{left} 题不能成批审定（学员有疑问或自己算对，或来源有变动）：请用 studytool review 逐题看。"
        )
    if not ids:
        console.tell("没有符合条件的待审题。")
        return
    if not yes and not confirmed(f"将审定 {len(ids)} 题，审题人 {who}。"):
        raise typer.Abort
    edits.approve(bank, ids, who, console.now())
    console.tell(f"已审定 {len(ids)} 题。撤销：studytool review --undo")


SHOWN_NAMES = 5


def some_of(names: Sequence[str]) -> str:
    """A few of the ids, or of the learners' names, for a line."""
    return "、".join(names[:SHOWN_NAMES]) + ("……" if names[SHOWN_NAMES:] else "")


def _undo(bank: Bank, who: str) -> None:
    from studytool.store import dossiers, undoing
    from studytool.views.review import ACTIONS

    undone = undoing.undo(bank, who, console.now())
    done = dossiers.batch(bank, undone.batch) if undone.item_ids else None
    if done is None:
        console.tell(f"{who} 没有可以撤销的。")
        return
    when = f"{done.at.astimezone():%Y-%m-%d %H:%M}"
    restored = f"{len(undone.item_ids)} 题恢复原样（{some_of(undone.item_ids)}）"
    console.tell(f"已撤销 {when} 的“{ACTIONS[done.action]}”，{restored}。")
