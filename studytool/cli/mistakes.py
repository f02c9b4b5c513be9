"""`studytool mistakes`: what was wrong, how often; practising it, printing it, and leaving the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console, keys
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter, refuse_two
from studytool.cli.settings import Learner, load, tell_if_unknown
from studytool.limits import MOST

if TYPE_CHECKING:
    from studytool.model import Item, ItemFilter
    from studytool.store.bank import Bank
    from studytool.store.mistakes import Missed


def mistakes(
    context: typer.Context,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    practice: Annotated[bool, typer.Option("--practice", help="现在就练这些题。")] = False,
    count: Annotated[
        int | None, typer.Option(min=1, max=MOST, metavar="N", help="只要错得最多的 N 题。")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="印成练习卷：.pdf、.docx 或 .html。")
    ] = None,
    learner: Learner = None,
    json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档。")] = False,
) -> None:
    """错题本：错过哪些题、各错几次；不在同一天连对两次，就移出错题本。

    例：studytool mistakes        studytool mistakes --practice        studytool mistakes -o 错题.pdf
    """
    from studytool.quiz import MISTAKES
    from studytool.store import asides, study
    from studytool.views import mistakes as views

    refuse_two(practice=practice, output=output, json=json)
    if practice:
        keys.need_terminal("mistakes --practice")
    settings = load()
    name = learner or settings.learner
    with console.open_bank(context) as bank:
        tell_if_unknown(bank, learner)
        book = _book(bank, name, item_filter(kind, source, article, tag, find))
        aside = asides.holds(bank, name, console.now().date()) if practice else {}
        missed = tuple(one for one in book if one.item_id not in aside)[:count]
        cards = study.cards(bank, name, tuple(one.item_id for one in missed))
        if practice and book:
            from studytool.cli.quiz import practise

            if cards:
                practise(bank, name, cards, settings, MISTAKES)
            else:
                console.tell("错题本里的题都搁置了：要练，先用 studytool cards --held 恢复")
            return
    found = [(one, card.item) for one, card in zip(missed, cards, strict=True)]
    if json:
        console.show_json([views.as_json(one, item) for one, item in found])
    elif output and found:
        _print([item for _, item in found], output)
    else:
        console.show(views.listing(found))


def _book(bank: Bank, learner: str, chosen: ItemFilter) -> tuple[Missed, ...]:
    """The mistakes that are not forgiven yet, the most frequent first."""
    from studytool.quiz.progress import forgiven
    from studytool.store import mistakes as store

    found = store.missed(bank, learner, chosen)
    return tuple(one for one in found if not forgiven(one.since))


def _print(items: list[Item], output: str) -> None:
    from collections import Counter

    from studytool.cli import papers
    from studytool.exports import sheet

    counts = Counter(item.kind for item in items)  # of every kind, also of those a paper does without
    papers.put(sheet.plan(items, sheet.Wishes(title="错题练习", counts=counts)), output, private=True)
